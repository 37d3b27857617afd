"""The title page against the tables: all that they hold of a title, and nothing more than that."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from selectolax.lexbor import LexborHTMLParser
from streamlit.testing.v1 import AppTest

from dashboards import display, places
from dashboards.reader import Release
from tests.integration.dashboards import shown

Row = dict[str, Any]

_BLANKS = re.compile(r"\s+")


def seen(app: AppTest) -> str:
    """The words of the page as a person reads them, without the app's own style."""
    tree = LexborHTMLParser(shown.words(app))
    tree.strip_tags(["style"])
    return plain(tree.text(separator=" "))


def plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def ask(release: Release, statement: str, **parameters: object) -> list[Row]:
    found: list[Row] = (
        release.cursor().sql(statement, params=parameters).to_arrow_table().to_pylist()
    )
    return found


def first(release: Release, statement: str) -> int:
    """The title that a statement finds; the sample must have one."""
    [row, *_] = ask(release, statement)
    return int(row["title_id"])


# What few titles have, and the richest of them are asked for in turn.
_RARE = (
    "true",
    "title_id in (select title_id from marts.fct_reviews where reviewer_location is not null)",
    "title_id in (select title_id from marts.fct_credits where episode_count is not null)",
    "title_id in (select title_id from marts.bridge_titles_also_liked where evidence = 'ratings')",
)


@pytest.fixture(params=_RARE)
def rich(release: Release, request: pytest.FixtureRequest) -> Row:
    """The row of a title of which much is known, one of the richest."""
    title_id = first(
        release,
        f"""
        select title_id from marts.dim_title_facts
        semi join marts.fct_reviews using (title_id)
        semi join marts.fct_budgets using (title_id)
        semi join marts.fct_box_office using (title_id)
        semi join marts.fct_releases using (title_id)
        semi join marts.bridge_titles_also_liked using (title_id)
        semi join marts.bridge_titles_keywords using (title_id)
        semi join marts.bridge_titles_external_ids using (title_id)
        where {request.param}
        group by title_id
        order by count(*) desc, title_id
        """,
    )
    [row] = ask(release, "from marts.rpt_title_pages where title_id = $id", id=title_id)
    return row


# How the page writes what it does not write as it stands; None: only our own bookkeeping.
_WRITTEN: dict[str, Callable[[Any], str] | None] = {
    "title_id": None,
    "series_id": None,
    "person_id": None,
    "review_id": None,
    "evidence": None,
    "date_precision": None,
    "real_year": display.year,
    "rank": None,
    "liked_text": None,
    "score": lambda score: f"likeness {score:.2f} of 1",
    "name_source": None,
    "source": display.source,
    "fact_kind": None,
    "title_type": display.title_type,
    "runtime_minutes": display.runtime,
    "countries": places.country,
    "languages": places.language,
    "country_code": places.country,
    "country_name": None,
    "region": places.country,
    "language": places.language,
    "category": None,
    "issuer": None,
    "area": places.area,
    "amount_kind": lambda kind: {"opening_weekend": "Opening weekend"}.get(kind, kind.capitalize()),
    "rating_average": display.rating,
    "weighted_rating": lambda value: display.number(value, 2),
    "amount": display.number,
    "amount_usd": display.number,
    "amount_usd_real": display.number,
    "is_estimated": lambda estimated: "estimated" if estimated else "",
    "is_spoiler": lambda spoils: "gives the plot away" if spoils else "",
    "vote_count": display.number,
    "helpful_count": display.number,
}


def words(field: str, value: object) -> Iterator[str]:
    """The words in which the page shows a field of a row, and of the rows in it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from words(name, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(field, inner)
    elif value is not None:
        yield from _shown(field, value)


def _shown(field: str, value: object) -> Iterator[str]:
    written = _WRITTEN.get(field, _as_it_stands)
    if written:
        yield from filter(None, map(plain, written(value).split("\n\n")))


def _as_it_stands(value: object) -> str:
    if isinstance(value, date):
        return display.day(value)
    return f"{value:,}" if isinstance(value, Decimal) else str(value)


def test_a_title_page_shows_every_fact_of_its_row(opened: shown.Opened, rich: Row) -> None:
    app = opened("title", id=str(rich["title_id"]))
    assert not app.exception
    page = seen(app)
    shown = [(field, text) for field in rich for text in words(field, rich[field])]
    assert {field for field, _ in shown} > {
        "outline", "storyline", "keywords", "cast_members", "directors", "release_dates", "budgets",
        "box_office", "also_liked", "reviews", "external_ids", "filming_locations", "companies",
    }  # fmt: skip
    # What several fields say, such as a place of filming and a reviewer's, is there for each.
    fields = Counter(text for _, text in set(shown))
    assert [(text, n) for text, n in fields.items() if page.count(text) < n] == []


def test_every_credit_and_card_of_a_title_links_to_its_page(
    opened: shown.Opened, rich: Row
) -> None:
    page = shown.words(opened("title", id=str(rich["title_id"])))
    people = {one["person_id"] for one in rich["cast_members"] + rich["directors"]} - {None}
    titles = {one["title_id"] for one in rich["also_liked"]} - {None}
    assert people
    assert titles
    assert [one for one in people if f'href="person?id={one}"' not in page] == []
    assert [one for one in titles if f'href="title?id={one}"' not in page] == []


def test_a_title_is_named_by_our_id_imdbs_or_one_of_before(
    opened: shown.Opened, release: Release
) -> None:
    [row] = ask(
        release,
        """
        select primary_title, imdb_title_id, title_id, external_id from marts.dim_titles
        join marts.bridge_titles_external_ids using (title_id)
        where issuer = 'arthouse' and imdb_title_id is not null
        order by title_id limit 1
        """,
    )
    for asked in (row["title_id"], row["imdb_title_id"], row["external_id"]):
        assert plain(row["primary_title"]) in seen(opened("title", id=str(asked)))


@pytest.mark.parametrize("asked", ["", "tt99999999999", "-1", "<b>x</b>", "9" * 50])
def test_an_id_that_nobody_knows_is_answered_by_words_and_a_way_to_search(
    opened: shown.Opened, asked: str
) -> None:
    app = opened("title", id=asked)
    assert not app.exception
    assert "<b>" not in shown.words(app)
    assert "Search for" in seen(app)
    assert f'href="{".?q=" if asked else "."}' in shown.words(app).replace(
        'href="?q=', 'href=".?q='
    )


def test_what_is_unknown_of_a_title_is_not_shown_as_zero(
    opened: shown.Opened, release: Release
) -> None:
    bare = first(
        release,
        """
        select title_id from marts.dim_titles
        anti join marts.fct_credits using (title_id)
        where is_inferred and primary_title is null and rating_average is null
        order by title_id limit 1
        """,
    )
    app = opened("title", id=str(bare))
    assert not app.exception
    page = seen(app)
    assert "its name and year are not known" in page.lower()
    assert re.findall(r"\b0(?:\.0)?\b(?! checks)", page.partition("checks passed")[2]) == []
    for section in ("Storyline", "Cast and crew", "Budget", "User reviews", "Episodes"):
        assert section not in page


@pytest.mark.parametrize(
    "having",
    ["count(distinct season_number) > 1 and count(rating_average) > 0", "count(season_number) = 0"],
)
def test_a_series_shows_its_episodes_as_a_map_a_table_and_lists(
    opened: shown.Opened, release: Release, having: str
) -> None:
    series = first(
        release,
        f"""
        select series_id as title_id from marts.rpt_series_heatmaps
        group by 1 having {having}
        order by count(rating_average) desc, 1
        """,
    )
    episodes = ask(
        release,
        "from marts.rpt_series_heatmaps where series_id = $id order by season_number nulls last",
        id=series,
    )
    app = opened("title", id=str(series), season="no such season", part="0")
    assert not app.exception
    has_map = any(one["is_placed"] and one["rating_average"] is not None for one in episodes)
    assert len(app.get("vega_lite_chart")) == has_map
    assert f"{len(episodes):,} episode" in seen(app)
    last = episodes[-1]["season_number"]
    name = "Season not stated" if last is None else f"Season {last}"
    app.selectbox(key="season").select(name).run()
    of_season = [one["episode_id"] for one in episodes if one["season_number"] == last]
    listed = [one for one in of_season if f'href="title?id={one}"' in shown.words(app)]
    assert len(listed) >= min(len(of_season), 50)


def test_an_episode_links_to_its_series_and_its_neighbours(
    opened: shown.Opened, release: Release
) -> None:
    episodes = ask(
        release,
        """
        select episode_id, series_id, season_number from marts.bridge_series_episodes
        where series_id = (
            select series_id from marts.bridge_series_episodes
            group by 1 having count(distinct season_number) > 2 order by 1 limit 1
        )
        order by season_number nulls last, episode_number nulls last, episode_id
        """,
    )
    # The first of a later season, whose neighbour before it is of another.
    place = next(
        place
        for place, one in enumerate(episodes)
        if place and one["season_number"] != episodes[place - 1]["season_number"]
    )
    one, two, three = episodes[place - 1 : place + 2]
    page = shown.words(opened("title", id=str(two["episode_id"])))
    for linked in (one["episode_id"], two["series_id"], three["episode_id"]):
        assert f'href="title?id={linked}"' in page


def test_reviews_are_ranked_folded_where_they_spoil_and_ten_at_a_time(
    opened: shown.Opened, release: Release
) -> None:
    title = first(
        release,
        """
        select title_id from marts.fct_reviews where title_id is not null
        group by 1 having count(*) > 10 and count(*) filter (where is_spoiler) > 0
        order by count(*) desc, 1 limit 1
        """,
    )
    rows = ask(
        release,
        "select * from marts.fct_reviews where title_id = $id "
        "order by helpful_score desc nulls last, review_id",
        id=title,
    )
    app = opened("title", id=str(title))
    assert _articles(app) == [plain(row["headline"] or "Without a headline") for row in rows[:10]]
    app.button[-1].click().run()
    articles = LexborHTMLParser(shown.words(app)).css("article")
    assert len(articles) == min(len(rows), 20)
    for row, article in zip(rows, articles, strict=False):
        opening = article.css_first("details > summary")
        assert bool(row["is_spoiler"]) == bool(opening and "plot away" in opening.text())


def _articles(app: AppTest) -> list[str]:
    return [plain(one.text()) for one in LexborHTMLParser(shown.words(app)).css("article h3")]


def test_a_rating_has_a_trend_once_there_are_two_days(
    opened: shown.Opened,
    release: Release,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    title = first(
        release,
        "select title_id from marts.fct_title_ratings_daily order by vote_count desc limit 1",
    )
    assert "Rating over time" not in seen(opened("title", id=str(title)))
    later = tmp_path / "releases" / "000009-20260101T000000Z.duckdb"
    later.parent.mkdir()
    shutil.copyfile(release.path, later)
    later.chmod(0o600)
    with duckdb.connect(later) as writer:
        writer.execute(
            "insert into marts.fct_title_ratings_daily "
            "select * replace (rating_date + 1 as rating_date, 7 as new_vote_count) "
            "from marts.fct_title_ratings_daily where title_id = $id",
            {"id": title},
        )
    (tmp_path / "warehouse.duckdb").symlink_to(later)
    monkeypatch.setenv("ARTHOUSE_HOME", str(tmp_path))
    app = opened("title", id=str(title))
    assert not app.exception
    assert "Rating over time" in seen(app)
    assert len(app.get("vega_lite_chart")) == 1
