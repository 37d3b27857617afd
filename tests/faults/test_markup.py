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
from tests.browser.conftest import chromium as chromium  # a fixture
from tests.browser.conftest import serving, settle, watched
from tests.faults.trials import IS_FULL, Trials
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
TABLES: tuple[str, ...] = ("marts.dim_titles", "ops.rejects")
if IS_FULL:
    TABLES += (
        "marts.dim_title_facts", "marts.fct_credits", "marts.fct_page_captures",
        "marts.fct_reviews", "ops.gate_results",
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
    house, most = Arthouse(home), 4 if IS_FULL else 2
    titles = house.query(f"""
        (select title_id from fct_page_captures where title_id is not null
         order by line_count desc, title_id limit {most})
        union (select series_id from rpt_series_heatmaps
         group by all order by count(*) desc limit 1)
        union (select title_id from rpt_title_reviews
         order by review_count desc, title_id limit {most // 2})
    """)
    people = house.query(
        "select person_id from rpt_people_careers order by credit_count desc, person_id "
        f"limit {most // 2}"
    )
    shown = [
        "", "?q=a", "charts", "genres", "budgets", "reviews", "quality",
        *(f"title?id={title_id}" for (title_id,) in titles),
        *(f"person?id={person_id}" for (person_id,) in people),
        *(f"tables?table={name}" for name in TABLES),
    ]  # fmt: skip
    return [*shown, "?q=the", "charts?page=2"] if IS_FULL else shown


@pytest.mark.fault(
    "F38", "markup and scripts as every name, title, word and review", quick=100, full=100
)
def test_no_page_runs_loads_or_links_what_a_feed_says(
    trials: Trials, chromium: Browser, hostile_site: str, hostile_home: Path
) -> None:
    """A try is a page, with all the texts in its rows; each text must be seen on some page."""
    shown: set[int] = set()
    for address in trials.of(addresses(hostile_home)):
        with watched(chromium, width=1280) as page:
            page.goto(f"{hostile_site}/{address}")
            settle(page)
            if wrong := damage(page):
                trials.lose(f"/{address}: {wrong}")
            text = page.locator("[data-testid=stMain]").text_content() or ""
            shown |= {number for number, one in enumerate(TEXTS) if one.strip() in text}
    # What a browser folds or draws otherwise (a carriage return, NUL) is few.
    if len(shown) <= 0.9 * len(TEXTS):
        trials.lose(f"only {len(shown)} of {len(TEXTS)} texts are shown as they are")
    for what, look in trials.of((("a chart", point_at_a_chart), ("a grid", fill_a_grid))):
        with watched(chromium, width=1280) as page:
            if wrong := look(page, hostile_site):
                trials.lose(f"{what}: {wrong}")
    with watched(chromium, width=1280) as page:
        page.goto(hostile_site)
        settle(page)
        page.evaluate(
            "document.querySelector('.banner').innerHTML = "
            "`<img src='data:,' onerror='window.ran=1'><a href='javascript:1'>x</a>`"
        )
        page.wait_for_function("window.ran === 1")
        seen = damage(page)
        for kind in ("ran", "pictures", "handlers", "addresses"):
            trials.control(f"{kind}, put into a page", caught=kind in seen)


def damage(page: Page) -> dict[str, Any]:
    """What ran, loaded or leads out on a page, and whether it is one that failed."""
    found: dict[str, Any] = {name: one for name, one in page.evaluate(FOUND).items() if one}
    if page.locator("[data-testid=stException], .problem").count():
        found["problem"] = page.locator("[data-testid=stMain]").inner_text()[:200]
    if not page.locator("h1").first.is_visible():
        found["heading"] = "none"
    return found


def point_at_a_chart(page: Page, site: str) -> dict[str, Any]:
    """Move over it until what is under the pointer shows one of the texts."""
    page.goto(f"{site}/budgets")
    settle(page)
    chart = page.locator("[data-testid=stVegaLiteChart]").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    for step in range(400):
        x = box["x"] + box["width"] * (0.1 + 0.8 * (step % 20) / 20)
        y = box["y"] + box["height"] * (0.1 + 0.7 * (step // 20) / 20)
        page.mouse.move(x, y)
        tips = page.locator("#vg-tooltip-element.visible").all_inner_texts()
        if any(one.strip()[:20] in tip for tip in tips for one in TEXTS):
            elements = page.locator("#vg-tooltip-element script, #vg-tooltip-element img").count()
            return damage(page) | ({"elements": elements} if elements else {})
    return {"tooltip": "none shows a text"}


def fill_a_grid(page: Page, site: str) -> dict[str, Any]:
    """Show titles as the answer to a statement."""
    statement = "select primary_title, original_title, genres from marts.dim_titles limit 200"
    page.goto(f"{site}/sql?{urlencode({'statement': statement})}")
    settle(page)
    page.get_by_role("button", name="Run").click()
    page.wait_for_selector("[data-testid=stDataFrame]")
    settle(page)
    return damage(page)
