"""A hundred hostile texts as every name, title, word and review of a release: all stay text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb
import pytest
from playwright.sync_api import Browser, Page

from tests.arthouse import Arthouse
from tests.browser import releases
from tests.browser.conftest import serving, settle, watched
from tests.hostile_text import TEXTS
from warehouse import connect

# Columns whose text a publisher, a reviewer or a damaged file wrote. What is left out is read by
# the pages as a code of ours, or is a key.
SCRAPED = {
    "attributes", "best_known_title", "best_title", "body", "certificate", "characters",
    "country_name", "external_id", "fact_text", "genre_name", "genres", "headline", "job",
    "keyword", "liked_text", "location", "note", "observed", "original_title", "person_name",
    "primary_title", "professions", "reason", "reviewer", "reviewer_location", "sample",
    "sample_lines", "source_file", "tag", "title_name", "unparsed_lines", "url",
}  # fmt: skip
# Twenty rows of a table look the same for all; these have the most columns that are scraped.
TABLES = (
    "marts.dim_titles", "marts.dim_title_facts", "marts.fct_credits", "marts.fct_page_captures",
    "marts.fct_reviews", "ops.gate_results", "ops.rejects",
)  # fmt: skip
# What has run or could: elements that load or act, handlers, and addresses of other kinds.
FOUND = """
() => {
  const main = document.querySelector('[data-testid=stMain]');
  const all = [...main.querySelectorAll('.stHtml, .stHtml *')];
  const addresses = [...main.querySelectorAll('a[href]')];
  return {
    ran: window.ran ?? null,
    elements: [...main.querySelectorAll(
      'script, iframe, object, embed, base, meta, form:not(.vega-bindings)')]
      .map(one => one.outerHTML.slice(0, 200)),
    pictures: [...main.querySelectorAll('.stHtml img, .stHtml svg, .stHtml style, .stHtml link')]
      .map(one => one.outerHTML.slice(0, 200)),
    handlers: all.flatMap(one => [...one.attributes])
      .filter(one => one.name.startsWith('on') || one.name === 'style' && one.value.includes('url'))
      .map(one => one.name + '=' + one.value),
    addresses: addresses.filter(one => !['http:', 'https:'].includes(one.protocol)
      || one.hostname.endsWith('invalid')).map(one => one.outerHTML.slice(0, 200)),
  };
}
"""
NOTHING: dict[str, Any] = {
    "ran": None,
    "elements": [],
    "pictures": [],
    "handlers": [],
    "addresses": [],
}


@pytest.fixture(scope="module")
def hostile_home(sample_night: Arthouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published home in which every scraped text is one of the hostile ones."""
    home = releases.copied(sample_night.home, tmp_path_factory.mktemp("hostile") / "data")
    run = connect.published(home)
    run.chmod(0o600)
    with duckdb.connect(run) as writer:
        writer.execute(
            "create temp table hostile as select unnest($texts) as words", {"texts": TEXTS}
        )
        columns = writer.execute("""
            select schema_name || '.' || table_name, column_name, data_type
            from duckdb_columns() where schema_name in ('marts', 'ops')
            and table_name in (select table_name from duckdb_tables())
        """).fetchall()
        for table, column, kind in columns:
            if column in SCRAPED and kind in ("VARCHAR", "VARCHAR[]"):
                words = "hostile.words" if kind == "VARCHAR" else "[hostile.words]"
                writer.execute(
                    f"update {table} set {column} = {words} from hostile "
                    f"where hostile.rowid = {table}.rowid % {len(TEXTS)} and {column} is not null"
                )
    return home


@pytest.fixture(scope="module")
def hostile_site(hostile_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(hostile_home, tmp_path_factory.mktemp("log") / "log") as address:
        yield address


def addresses(home: Path) -> list[str]:
    """Pages that show the texts: all of them, titles and people of whom much is known, tables."""
    house = Arthouse(home)
    titles = house.query("""
        (select title_id from fct_page_captures where title_id is not null
         order by line_count desc, title_id limit 4)
        union (select series_id from rpt_series_heatmaps
         group by all order by count(*) desc limit 1)
        union (select title_id from rpt_title_reviews order by review_count desc, title_id limit 2)
    """)
    people = house.query(
        "select person_id from rpt_people_careers order by credit_count desc, person_id limit 3"
    )
    return [
        "", "?q=a", "?q=the", "charts", "charts?page=2", "genres", "budgets", "reviews", "quality",
        *(f"title?id={title_id}" for (title_id,) in titles),
        *(f"person?id={person_id}" for (person_id,) in people),
        *(f"tables?table={name}" for name in TABLES),
    ]  # fmt: skip


def found(page: Page) -> dict[str, Any]:
    result: dict[str, Any] = page.evaluate(FOUND)
    return result


def test_no_page_runs_loads_or_links_what_a_feed_says(
    chromium: Browser, hostile_site: str, hostile_home: Path
) -> None:
    shown = set()
    for address in addresses(hostile_home):
        with watched(chromium, width=1280) as page:
            page.goto(f"{hostile_site}/{address}")
            settle(page)
            assert found(page) == NOTHING, address
            assert page.locator("[data-testid=stException], .problem").count() == 0, address
            assert page.locator("h1").first.is_visible(), address
            text = page.locator("[data-testid=stMain]").text_content() or ""
            shown |= {number for number, one in enumerate(TEXTS) if one.strip() in text}
    # What a browser folds or draws otherwise (a carriage return, NUL) is few.
    assert len(shown) > 0.9 * len(TEXTS)


def test_pointing_at_a_chart_shows_what_is_under_it_as_text(
    chromium: Browser, hostile_site: str
) -> None:
    with watched(chromium, width=1280) as page:
        page.goto(f"{hostile_site}/budgets")
        settle(page)
        chart = page.locator("[data-testid=stVegaLiteChart]").first
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        assert box
        tips = set()
        for step in range(400):
            x = box["x"] + box["width"] * (0.1 + 0.8 * (step % 20) / 20)
            y = box["y"] + box["height"] * (0.1 + 0.7 * (step // 20) / 20)
            page.mouse.move(x, y)
            tips |= set(page.locator("#vg-tooltip-element.visible").all_inner_texts())
        assert any(one.strip()[:20] in tip for tip in tips for one in TEXTS)
        assert page.evaluate("window.ran ?? null") is None
        assert page.locator("#vg-tooltip-element script, #vg-tooltip-element img").count() == 0


def test_a_grid_of_answers_draws_text(chromium: Browser, hostile_site: str) -> None:
    statement = "select primary_title, original_title, genres from marts.dim_titles limit 200"
    with watched(chromium, width=1280) as page:
        page.goto(f"{hostile_site}/sql?{urlencode({'statement': statement})}")
        settle(page)
        page.get_by_role("button", name="Run").click()
        page.wait_for_selector("[data-testid=stDataFrame]")
        settle(page)
        assert found(page) == NOTHING


def test_what_runs_would_be_found(chromium: Browser, hostile_site: str) -> None:
    with watched(chromium, width=1280) as page:
        page.goto(hostile_site)
        settle(page)
        page.evaluate(
            "document.querySelector('.banner').innerHTML = "
            "`<img src='data:,' onerror='window.ran=1'><a href='javascript:1'>x</a>`"
        )
        page.wait_for_function("window.ran === 1")
        seen = found(page)
        assert seen["ran"] == 1
        assert seen["pictures"]
        assert seen["handlers"]
        assert seen["addresses"]
