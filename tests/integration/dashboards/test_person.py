"""A person's page: that no credit is missing, and that its figures are those of the tables."""

from collections import Counter
from pathlib import Path

import pytest

from dashboards import display
from dashboards.reader import Release
from tests.integration.dashboards.altered import altered
from tests.integration.dashboards.shown import Opened, words


def one(release: Release, statement: str) -> int:
    [(person_id,)] = release.cursor().execute(statement).fetchall()
    return int(person_id)


@pytest.fixture
def busiest(release: Release) -> int:
    """Who has most credits: mostly episodes."""
    return one(
        release,
        """
        select person_id from marts.fct_credits where person_id is not null
        group by all order by count(*) desc, person_id limit 1
        """,
    )


@pytest.fixture
def inferred(release: Release) -> int:
    """Somebody of whom only credits know."""
    return one(
        release,
        """
        select people.person_id from marts.dim_people as people
        inner join marts.fct_credits using (person_id)
        where people.is_inferred and people.person_name is null
        order by people.person_id limit 1
        """,
    )


def test_the_works_of_a_person_hold_every_credit(release: Release) -> None:
    people = release.cursor().execute(
        """
        select person_id, count(*) from marts.fct_credits where person_id is not null
        group by all order by count(*) desc, person_id limit 40
        """
    )
    for person_id, credit_count in people.fetchall():
        works = release.rows("person/works", person_id=person_id)
        assert sum(work["credit_count"] for work in works) == credit_count
        kinds = {(work["work_id"], work["category"]) for work in works}
        assert len(kinds) == len(works)


def test_episodes_stand_under_their_series(release: Release, busiest: int) -> None:
    works = release.rows("person/works", person_id=busiest)
    assert len(works) < sum(work["credit_count"] for work in works)
    episodes = {
        row[0]
        for row in release.cursor()
        .execute("select episode_id from marts.bridge_series_episodes")
        .fetchall()
    }
    assert not episodes & {work["work_id"] for work in works}
    longest = max(works, key=lambda work: work["episode_count"] or 0)
    assert longest["episode_count"] > 50
    assert longest["first_year"] == min(longest["years"])


def test_collaborators_are_those_of_the_credits(release: Release, busiest: int) -> None:
    series = dict(
        release.cursor()
        .execute("select episode_id, series_id from marts.bridge_series_episodes")
        .fetchall()
    )
    credited: dict[int, set[int]] = {}
    for title_id, person_id in (
        release.cursor()
        .execute(
            """
            select title_id, person_id from marts.fct_credits
            where category not in ('archive_footage', 'archive_sound') and person_id is not null
            """
        )
        .fetchall()
    ):
        credited.setdefault(title_id, set()).add(person_id)
    titles: Counter[int] = Counter()
    works: dict[int, set[int]] = {}
    for title_id, people in credited.items():
        if busiest in people:
            for person_id in people - {busiest}:
                titles[person_id] += 1
                works.setdefault(person_id, set()).add(series.get(title_id, title_id))
    together = sorted(
        (-len(works[person_id]), -count, person_id)
        for person_id, count in titles.items()
        if count > 1
    )
    found = release.rows("person/collaborators", person_id=busiest, row_limit=12)
    assert [
        (-row["work_count"], -row["title_count"], row["person_id"]) for row in found
    ] == together[:12]


def test_the_best_work_of_two_people_is_on_both_lists(release: Release, busiest: int) -> None:
    def mine(person_id: int) -> set[int]:
        return {work["work_id"] for work in release.rows("person/works", person_id=person_id)}

    found = release.rows("person/collaborators", person_id=busiest, row_limit=12)
    rated = [row for row in found if row["best_title_id"] is not None]
    assert rated
    for row in rated:
        assert row["best_title_id"] in mine(busiest) & mine(row["person_id"])


def test_best_and_best_known_come_before_what_imdb_names(release: Release) -> None:
    person_id = one(
        release,
        """
        select person_id from marts.rpt_people_careers
        where best_title_id <> best_known_title_id order by person_id limit 1
        """,
    )
    titles = release.rows("person/highlights", person_id=person_id)
    assert [title["is_best"] for title in titles].count(True) == 1
    assert titles[0]["is_best"]
    assert titles[1]["is_best_known"]
    assert titles[1]["vote_count"] >= titles[0]["vote_count"]


def test_our_number_and_imdbs_id_open_the_same_page(opened: Opened, busiest: int) -> None:
    ours, imdbs = opened("person", id=str(busiest)), opened("person", id=f"nm{busiest:07}")
    assert words(ours) == words(imdbs)
    assert f"https://www.imdb.com/name/nm{busiest:07}/" in words(ours)


def test_whom_no_feed_describes_has_a_page(opened: Opened, inferred: int) -> None:
    shown = words(opened("person", id=str(inferred)))
    assert "only credits name them" in shown
    assert f"Person nm{inferred:07}" in shown
    assert "1 credit on 1 work" in shown or "credits on" in shown


@pytest.mark.parametrize("given", ["", "0", "nm", "1e9", "<script>alert(1)</script>", "9" * 40])
def test_an_id_that_nobody_has_is_said_to_be_so(opened: Opened, given: str) -> None:
    shown = words(opened("person", id=given))
    assert "search for a name" in shown
    assert "<script" not in shown


def test_a_kind_of_credit_is_chosen_by_the_address(opened: Opened, release: Release) -> None:
    person_id = one(
        release,
        """
        select person_id from marts.fct_credits where person_id is not null
        group by all having count(distinct category) > 2
        order by count(distinct category) desc, person_id limit 1
        """,
    )
    works = release.rows("person/works", person_id=person_id)
    kind, _ = Counter(display.category(work["category"]) for work in works).most_common()[-1]
    given = {"id": str(person_id), "order": "best rated"}
    assert f"{kind}: best rated" in words(opened("person", credits=kind, **given))
    assert f"{kind}: best rated" not in words(opened("person", **given))


def test_an_order_or_page_that_is_not_there_breaks_nothing(opened: Opened, busiest: int) -> None:
    given = {"credits": "<b>", "order": "sideways", "page": "99999"}
    assert "newest first" in words(opened("person", id=str(busiest), **given))


def test_a_person_without_credits_still_has_a_page(
    opened: Opened, published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, busiest: int
) -> None:
    home = altered(
        published,
        tmp_path,
        "delete from marts.fct_credits",
        "delete from marts.rpt_people_careers",
        "delete from marts.bridge_people_known_titles",
    )
    monkeypatch.setenv("ARTHOUSE_HOME", str(home))
    shown = words(opened("person", id=str(busiest)))
    assert "No title credits this person." in shown
    assert "Nobody is credited" in shown
