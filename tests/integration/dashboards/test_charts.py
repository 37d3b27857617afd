"""Charts: the ranking is the published one until the prior changes, and says what it leaves out."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.reader import Release, Row
from tests.integration.dashboards.shown import Opened, words
from warehouse import connect

ALL = {
    "title_type": None,
    "genre": None,
    "decade": None,
    "min_votes": 0,
    "is_adult_shown": True,
}


def ranking(release: Release, **changes: object) -> list[Row]:
    """A page of the ranking, under the published prior unless told otherwise."""
    published = release.rows("charts/prior")[0]
    asked: dict[str, object] = {
        **ALL,
        "ranked_by": "top",
        "prior_votes": published["votes"],
        "prior_mean": published["mean"],
        "is_prior_changed": False,
        "page_size": 50,
        "skipped_count": 0,
    }
    return release.rows("charts/ranking", **(asked | changes))


def ids(rows: list[Row]) -> list[int]:
    return [row["title_id"] for row in rows]


def cells(app: AppTest) -> list[str]:
    return re.findall(r"<bdi>(.*?)</bdi>", words(app))


@pytest.fixture
def changed(
    published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[str], None]:
    """Let pages read a copy of the release on which a statement was run."""

    def change(statement: str) -> None:
        copy = tmp_path / "releases" / connect.published(published).name
        copy.parent.mkdir()
        shutil.copyfile(connect.published(published), copy)
        with duckdb.connect(copy) as writer:
            writer.execute(statement)
        (tmp_path / "warehouse.duckdb").symlink_to(copy)
        monkeypatch.setenv("ARTHOUSE_HOME", str(tmp_path))

    return change


def test_the_published_prior_gives_the_published_ranking(release: Release) -> None:
    [expected] = (
        release.cursor()
        .sql("select list(title_id order by overall_rank, title_id) from marts.rpt_top_titles")
        .fetchall()
    )
    first, second = ranking(release), ranking(release, skipped_count=50)
    assert ids(first + second) == expected[0][:100]
    assert [row["place"] for row in second] == list(range(51, 101))
    assert {row["published_place"] for row in first} == {None}


@pytest.mark.parametrize(("ranked_by", "sign"), [("top", 1), ("lowest", -1)])
def test_another_prior_ranks_anew_and_names_the_published_place(
    release: Release, ranked_by: str, sign: int
) -> None:
    rows = ranking(
        release, ranked_by=ranked_by, prior_votes=10.0, prior_mean=5.0, is_prior_changed=True
    )
    scores = [
        (row["vote_count"] * float(row["rating_average"]) + 10 * 5) / (row["vote_count"] + 10)
        for row in rows
    ]
    assert [row["weighted_rating"] for row in rows] == pytest.approx(scores)
    assert scores == sorted(scores, key=lambda score: -sign * score)
    published = ids(ranking(release, ranked_by=ranked_by, page_size=10_000))
    assert [row["published_place"] for row in rows] == [
        published.index(title_id) + 1 for title_id in ids(rows)
    ]
    assert ids(rows) != published[:50]


def test_the_lowest_and_the_most_voted_come_first(release: Release) -> None:
    everything = ranking(release, page_size=10_000)
    lowest = ranking(release, ranked_by="lowest", page_size=5)
    assert [row["weighted_rating"] for row in lowest] == sorted(
        row["weighted_rating"] for row in everything
    )[:5]
    voted = ranking(release, ranked_by="votes", page_size=5)
    assert [row["vote_count"] for row in voted] == sorted(
        (row["vote_count"] for row in everything), reverse=True
    )[:5]


@pytest.mark.parametrize(
    ("choice", "condition"),
    [
        ({"title_type": "movie"}, "title_type = 'movie'"),
        ({"genre": "Drama"}, "list_contains(genres, 'Drama')"),
        ({"decade": 2010}, "release_year between 2010 and 2019"),
        ({"min_votes": 1000}, "vote_count >= 1000"),
        ({"is_adult_shown": False}, "not is_adult"),
    ],
)
def test_a_choice_leaves_what_it_names(
    release: Release, choice: dict[str, object], condition: str
) -> None:
    [(expected,)] = (
        release.cursor()
        .sql(f"select list(title_id) from marts.rpt_top_titles where {condition}")
        .fetchall()
    )
    assert set(ids(ranking(release, **choice, page_size=10_000))) == set(expected)
    counts = release.rows("charts/counts", **(ALL | choice))[0]
    assert 0 < counts["chosen_count"] == len(expected) < counts["rated_count"]


def test_an_address_names_a_page_of_a_chart(opened: Opened) -> None:
    app = opened("charts", chart="Lowest rated", votes="0", page="2")
    assert not app.exception
    assert cells(app)[0] == "51"
    app.selectbox(key="type").select("Film").run()
    assert cells(app)[0] == "1", "another choice begins at its first page"


@pytest.mark.parametrize("votes", ["many", "1e400", "-1", "9" * 400])
def test_an_address_with_nonsense_is_the_page_as_it_is(opened: Opened, votes: str) -> None:
    nonsense = {
        "chart": "x", "type": "<b>", "genre": "x", "decade": "19x", "votes": votes,
        "m": "-5", "c": "99", "page": "999", "adult": "perhaps",
    }  # fmt: skip
    app = opened("charts", **nonsense)
    assert not app.exception
    assert cells(app) == cells(opened("charts"))


def test_a_prior_of_ones_own_is_told_from_the_published_and_given_back(opened: Opened) -> None:
    app = opened("charts", m="10", votes="0")
    assert "This ranking uses yours; the release was published with m = 25,000" in words(app)
    assert "Published" in words(app)
    app.button[0].click().run()
    assert "These are the published m and C" in words(app)
    assert cells(app) == cells(opened("charts", votes="0"))


def test_what_is_left_out_is_said(opened: Opened) -> None:
    said = r"Top rated: \d+ of \d+ rated titles\. Adult titles are left out\."
    assert re.search(said, words(opened("charts")))
    assert "rated titles is left: ask for fewer votes" in words(opened("charts", votes="99000000"))


def test_without_ratings_the_chart_says_where_they_come_from(
    opened: Opened, changed: Callable[[str], None]
) -> None:
    changed("delete from marts.rpt_top_titles")
    app = opened("charts")
    assert not app.exception
    assert "No title is rated: ratings come with IMDb" in words(app)


def test_on_a_first_night_movers_say_when_they_will_be_there(opened: Opened) -> None:
    app = opened("charts", chart="Movers")
    assert not app.exception
    assert "Nothing has moved yet: there are ratings of" in words(app)


def test_what_rose_is_not_among_what_fell(opened: Opened, changed: Callable[[str], None]) -> None:
    changed(
        """
        insert into marts.rpt_rating_movers
        select
            title_id, imdb_title_id, title_type, primary_title, release_year,
            date '2026-01-03', date '2026-01-01',
            rating_average, rating_average, 0, if(overall_rank % 2 = 0, 0.5, -0.25),
            vote_count, vote_count, if(overall_rank = 1, 77, -1), 1, 1
        from marts.rpt_top_titles
        where overall_rank <= 4
        """
    )
    up = opened("charts", chart="Movers", votes="0", adult="true")
    assert not up.exception
    assert "+0.500" in cells(up)
    assert "−0.250" not in cells(up)  # noqa: RUF001 - a true minus
    assert "1 January 2026" in cells(up)
    down = opened("charts", chart="Movers", moved="Rating down", votes="0", adult="true")
    assert "−0.250" in cells(down)  # noqa: RUF001
    assert "+0.500" not in cells(down)
    gained = opened("charts", chart="Movers", moved="Votes gained", votes="0", adult="true")
    assert cells(gained).count("+77") == 1
    assert cells(gained).count("1") == 1, "votes that were taken back are no gain"
