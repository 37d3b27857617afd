"""Genres and years: figures agree with the titles they are made of."""

import shutil
from pathlib import Path

import duckdb
import pytest

from dashboards.reader import Release
from tests.integration.dashboards.shown import Opened, words
from warehouse import connect

SPAN = {"first_year": 1990, "last_year": 2026}
TYPES = pytest.mark.parametrize("title_type", ["movie", "tvEpisode", None])
OF_TYPE = "($title_type is null or title_type = $title_type)"


def asked(release: Release, statement: str, **parameters: object) -> dict[object, object]:
    """Two columns of an answer, the first as keys."""
    return dict(release.cursor().sql(statement, params=parameters).fetchall())


@TYPES
def test_a_genres_years_are_those_of_its_titles(release: Release, title_type: str | None) -> None:
    expected = asked(
        release,
        f"""
        select release_year, struct_pack(
            titles := count(*), mean := avg(rating_average::double),
            votes := sum(rating_average::double * vote_count) / sum(vote_count)
        )
        from marts.dim_titles
        where list_contains(genres, 'Drama') and {OF_TYPE} and release_year between 1990 and 2026
        group by all
        """,
        title_type=title_type,
    )
    rows = release.rows("genres/genre_years", genres=("Drama",), title_type=title_type, **SPAN)
    assert [row["release_year"] for row in rows] == list(range(1990, 2027))
    for row in rows:
        year = expected.get(row["release_year"]) or {"titles": 0, "mean": None, "votes": None}
        assert isinstance(year, dict)
        assert row["title_count"] == year["titles"]
        assert row["mean_title_rating"] == pytest.approx(year["mean"])
        assert row["mean_vote_rating"] == pytest.approx(year["votes"])
        assert (row["median_runtime_minutes"] is None) or title_type


@TYPES
def test_lift_is_made_of_titles_counted_once(release: Release, title_type: str | None) -> None:
    together = release.cursor().sql(
        f"""
        with titles as (
            select title_id, list_distinct(genres) as genres
            from marts.dim_titles where genres is not null and {OF_TYPE}
        )
        select
            count(*) filter (where list_has_all(genres, ['Comedy', 'Drama'])),
            count(*) filter (where list_contains(genres, 'Comedy')),
            count(*) filter (where list_contains(genres, 'Drama')),
            count(*)
        from titles
        """,
        params={"title_type": title_type},
    )
    [(both, comedies, dramas, all_titles)] = together.fetchall()
    [pair] = [
        row
        for row in release.rows("genres/pairs", title_type=title_type)
        if (row["genre"], row["other_genre"]) == ("Comedy", "Drama")
    ]
    assert pair["title_count"] == both
    assert pair["genre_share"] == pytest.approx(both / comedies)
    assert pair["lift"] == pytest.approx(both * all_titles / (comedies * dramas))


def test_a_types_pairs_are_those_of_the_report(release: Release) -> None:
    expected = asked(
        release,
        """
        select (genre.genre_name, other.genre_name), lift
        from marts.rpt_genre_pairs as pairs
        inner join marts.dim_genres as genre on pairs.genre_id = genre.genre_id
        inner join marts.dim_genres as other on pairs.other_genre_id = other.genre_id
        where title_type = 'movie'
        """,
    )
    pairs = release.rows("genres/pairs", title_type="movie")
    assert {(row["genre"], row["other_genre"]): row["lift"] for row in pairs} == pytest.approx(
        expected
    )


@pytest.mark.parametrize("decade", [None, 2010])
def test_a_summary_is_of_the_decades_titles(release: Release, decade: int | None) -> None:
    expected = asked(
        release,
        f"""
        select genre_name, count(*)
        from (select unnest(list_distinct(genres)) as genre_name, * from marts.dim_titles)
        where {OF_TYPE} and ($decade is null or release_year // 10 * 10 = $decade)
        group by all
        """,
        title_type="tvEpisode",
        decade=decade,
    )
    rows = release.rows(
        "genres/summary", title_type="tvEpisode", decade=decade, few=10, last_year=2026
    )
    assert {row["genre_name"]: row["title_count"] for row in rows} == expected
    assert all(
        (row["mean_title_rating"] is None) == (row["rated_title_count"] < 10) for row in rows
    )


@TYPES
def test_every_title_is_drawn_or_said_not_to_be(release: Release, title_type: str | None) -> None:
    span = release.rows("genres/span", title_type=title_type, earliest_year=1950)[0]
    [(all_titles, drawn)] = (
        release.cursor()
        .sql(
            f"select count(*), count(*) filter (where release_year between 1950 and $present) "
            f"from marts.dim_titles where {OF_TYPE}",
            params={"title_type": title_type, "present": span["present_year"]},
        )
        .fetchall()
    )
    said = span["undated_count"] + span["announced_count"] + span["early_count"]
    assert min(span["undated_count"], span["announced_count"], span["early_count"]) > 0
    assert (span["title_count"], said) == (all_titles, all_titles - drawn)


@pytest.mark.parametrize(
    "address",
    [
        {},
        {"title_type": "All types", "by": "Type", "mean": "Votes", "period": "1990s"},
        {"title_type": "TV episode", "genres": "Horror", "with": "Drama"},
        {
            "title_type": "<b>",
            "genres": "x",
            "years": "then",
            "by": "x",
            "period": "1s",
            "with": "x",
        },
    ],
)
def test_an_address_opens_every_section(opened: Opened, address: dict[str, str]) -> None:
    app = opened("genres", **address)
    assert not app.exception
    assert [header.value for header in app.header] == [
        "Output",
        "Ratings over time",
        "Runtimes over time",
        "Genres that go together",
        "Summary by genre",
    ]
    assert "<caption>Genres of titles of " in words(app)


def test_years_that_are_not_shown_are_not_called_unfinished(opened: Opened) -> None:
    app = opened("genres")
    first, last = app.slider(key="years").value
    assert f"{last}, shaded, is not over" in words(app)
    app.slider(key="years").set_range(first, last - 1).run()
    assert "is not over" not in words(app)


def test_without_titles_the_page_says_where_they_come_from(
    opened: Opened, published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "releases" / connect.published(published).name
    copy.parent.mkdir()
    shutil.copyfile(connect.published(published), copy)
    with duckdb.connect(copy) as writer:
        for table in ("rpt_titles_by_year", "rpt_genres_by_year", "rpt_genre_pairs"):
            writer.execute(f"delete from marts.{table}")
    (tmp_path / "warehouse.duckdb").symlink_to(copy)
    monkeypatch.setenv("ARTHOUSE_HOME", str(tmp_path))
    app = opened("genres")
    assert not app.exception
    assert "both come with IMDb" in words(app)
