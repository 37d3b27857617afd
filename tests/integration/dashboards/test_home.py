"""Home: its figures against the tables, what changed and what did not, and what a search finds."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.reader import Release
from tests.integration.dashboards.altered import altered, emptied
from tests.integration.dashboards.shown import Opened, words
from warehouse import connect


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in app.header]


def value(release: Release, statement: str) -> object:
    return release.cursor().execute(statement).fetchall()[0][0]


def test_the_figures_are_those_of_the_tables(release: Release) -> None:
    facts = release.row("home/figures")
    assert facts
    every_title = "select count(*) from marts.dim_titles"
    every_person = "select count(*) from marts.dim_people"
    assert facts["title_count"] + facts["inferred_title_count"] == value(release, every_title)
    assert facts["person_count"] + facts["inferred_person_count"] == value(release, every_person)
    assert facts["inferred_title_count"] > 0
    assert facts["credit_count"] == value(release, "select count(*) from marts.fct_credits")
    assert facts["review_count"] == value(release, "select count(*) from marts.fct_reviews")


def test_the_run_accounts_for_every_row_of_every_feed(release: Release) -> None:
    feeds = release.rows("home/feeds")
    assert {row["feed"] for row in feeds} == {"imdb", "movielens", "reviews", "budgets", "pages"}
    for row in feeds:
        assert row["received_count"] == row["loaded_count"] + row["rejected_count"]
    assert sum(row["rejected_count"] for row in feeds) > 0


def test_a_refused_feed_is_in_the_run_without_a_snapshot(published: Path, tmp_path: Path) -> None:
    home = altered(
        published,
        tmp_path,
        "delete from ops.feed_snapshots where feed = 'pages'",
        "delete from ops.table_counts where feed = 'pages'",
        """
        insert into ops.gate_results (run_id, gate, suite, severity, verdict)
        select max(run_id), 'raw', 'raw.pages.reviews', 'refuse', 'refused' from ops.runs
        """,
    )
    changed = Release(connect.published(home))
    [pages] = [row for row in changed.rows("home/feeds") if row["feed"] == "pages"]
    assert pages["refused_count"] == 1
    assert pages["received_count"] is None
    run = changed.row("home/run")
    assert run
    assert run["refused_count"] == 1


def test_the_lists_hold_what_they_say(release: Release) -> None:
    rows = release.rows("home/picks", year=2026, row_limit=5)
    named = {
        name: [row for row in rows if row["list_name"] == name]
        for name in ("best", "quiet", "anniversary")
    }
    assert all(0 < len(found) <= 5 for found in named.values())
    best = value(
        release,
        "select max(weighted_rating) from marts.rpt_top_titles"
        " where title_type = 'movie' and is_adult is not true",
    )
    assert named["best"][0]["weighted_rating"] == best
    assert all(1000 <= row["vote_count"] <= 10_000 for row in named["quiet"])
    years = [row["release_year"] for row in named["anniversary"]]
    assert len(set(years)) == len(years)
    assert all((2026 - year) % 5 == 0 and 10 <= 2026 - year <= 100 for year in years)


def test_titles_open_on_the_day_of_their_first_release(release: Release) -> None:
    [(title_id, day)] = (
        release.cursor()
        .execute(
            """
            select title_id, min(release_date) as first_date
            from marts.fct_releases
            inner join marts.dim_titles using (title_id)
            where date_precision = 'day' and is_adult is not true and not is_inferred
            group by all order by title_id limit 1
            """
        )
        .fetchall()
    )

    def opened(year: int) -> set[int]:
        found = release.rows(
            "home/openings", year=year, month=day.month, day=day.day, row_limit=1000
        )
        return {row["title_id"] for row in found}

    assert title_id in opened(day.year + 1)
    assert title_id not in opened(day.year)


def test_a_first_night_has_nothing_to_compare(opened: Opened) -> None:
    app = opened()
    assert headings(app) == ["What changed"]
    assert "Nothing to compare yet" in words(app)
    assert "New titles" not in words(app)


def test_a_second_night_shows_new_titles_and_movers(
    opened: Opened, published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = altered(
        published,
        tmp_path,
        """
        update marts.dim_titles set first_seen_at = first_seen_at + interval 1 day
        where title_id in (
            select title_id from marts.rpt_top_titles where title_type = 'movie'
            order by title_id limit 2
        )
        """,
        """
        insert into marts.rpt_rating_movers by name
        select
            title_id, title_type, 'Mover ' || title_id as primary_title, release_year,
            date '2026-11-25' as rating_date, date '2026-11-24' as previous_rating_date,
            7.5 as rating_average, 7.8 as previous_rating_average, -0.3 as rating_change,
            0 as weighted_rating_change, 100 as vote_count, 91 as previous_vote_count,
            9 as new_vote_count, 1 as rating_rank, 1 as votes_rank
        from marts.rpt_top_titles order by title_id limit 1
        """,
    )
    monkeypatch.setenv("ARTHOUSE_HOME", str(home))
    shown = words(opened())
    assert "Nothing to compare yet" not in shown
    assert "<strong>2</strong>" in shown
    assert "2 films." in shown
    assert "7.5 (\N{MINUS SIGN}0.3)" in shown
    assert "+9 votes" in shown


def test_a_release_with_empty_tables_still_has_a_first_page(
    opened: Opened, published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ARTHOUSE_HOME", str(emptied(published, tmp_path)))
    shown = words(opened())
    assert "problem" not in shown
    assert "have not landed yet" in shown
    assert "none yet" in shown
    assert "Worth an evening" not in shown


def test_a_search_shows_titles_and_people_with_links(opened: Opened, release: Release) -> None:
    [(title_id, name)] = (
        release.cursor()
        .execute(
            """
            select title_id, primary_title from marts.rpt_top_titles
            where title_type = 'movie' order by vote_count desc, title_id limit 1
            """
        )
        .fetchall()
    )
    app = opened(q=name)
    assert f'href="title?id={title_id}"' in words(app)
    assert "What changed" not in headings(app)


def test_a_search_that_finds_nothing_says_what_to_try(opened: Opened) -> None:
    shown = words(opened(q="<zqxjvkwpfgh>"))
    assert "Fewer words find more" in shown
    assert "<zqxj" not in shown
    assert "&lt;zqxj" in shown


def test_blanks_are_no_search(opened: Opened) -> None:
    assert "What changed" in headings(opened(q="   "))
