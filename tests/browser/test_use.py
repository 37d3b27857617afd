"""What people come for, from the first click to what they wanted to see."""

import hashlib
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.arthouse import Arthouse
from tests.browser.conftest import settle
from warehouse import connect

BLANKS = re.compile(r"\s+")


def text(page: Page) -> str:
    """All words of the page, folded ones too, with single blanks."""
    return BLANKS.sub(" ", page.locator("[data-testid=stMain]").text_content() or "")


def test_a_title_is_found_in_spite_of_a_typo(page: Page, site: str, sample_night: Arthouse) -> None:
    [(title_id, name)] = sample_night.query("""
        select title_id, primary_title from rpt_top_titles
        where regexp_full_match(primary_title, 'The [A-Z][a-z]{6,} [A-Z][a-z]{4,}')
        order by vote_count desc limit 1
    """)
    words = str(name).split()
    words[1] = words[1][:3] + words[1][4] + words[1][3] + words[1][5:]
    page.goto(site)
    settle(page)
    page.get_by_role("searchbox").or_(page.get_by_label("Search titles and people")).first.fill(
        " ".join(reversed(words)).lower()
    )
    link = page.locator(f"a[href='title?id={title_id}']").first
    expect(link).to_be_visible(timeout=10_000)
    assert "q=" in page.url
    link.click()
    settle(page)
    expect(page.locator("h1")).to_contain_text(str(name))


def test_an_address_that_is_shared_shows_the_same(page: Page, site: str) -> None:
    page.goto(f"{site}/charts")
    settle(page)
    page.get_by_label("Minimum votes").fill("10")
    page.get_by_label("Minimum votes").press("Enter")
    page.get_by_text("Most voted", exact=True).click()
    page.wait_for_url("**votes=10**")
    settle(page)
    chart = page.locator("table.data").first.inner_text()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    settle(page)
    assert page.locator("table.data").first.inner_text() == chart


def leaves(value: Any) -> set[str]:
    """Every text of a nested row, in the page's blanks."""
    if isinstance(value, dict):
        return set().union(*(leaves(one) for one in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(leaves(one) for one in value))
    if isinstance(value, str):
        return {BLANKS.sub(" ", part).strip() for part in value.split("\n") if part.strip()}
    return set()


def test_a_titles_page_shows_what_the_tables_say(
    page: Page, site: str, sample_night: Arthouse
) -> None:
    [(title_id,)] = sample_night.query(
        "select title_id from fct_page_captures order by line_count desc, title_id limit 1"
    )
    with connect.reading(sample_night.home) as connection:
        found = connection.sql(f"select * from rpt_title_pages where title_id = {title_id}")
        [row] = found.to_arrow_table().to_pylist()
    page.goto(f"{site}/title?id={title_id}")
    settle(page)
    shown = text(page)
    told = ("primary_title", "storyline", "outline", "taglines", "keywords", "genres", "companies")
    for column in (*told, "filming_locations", "certificate", "storyline_author"):
        assert all(one in shown for one in leaves(row[column])), column
    for credit in row["cast_members"][:15]:
        assert credit["person_name"] in shown
        assert all(one in shown for one in leaves(credit["characters"]))
    for amount in row["budgets"]:
        assert f"{amount['currency_code']} {amount['amount']:,.0f}" in shown
    for review in row["reviews"]:
        assert review["headline"] in shown
        assert all(one[:80] in shown for one in leaves(review["body"]))
    for liked in row["also_liked"]:
        assert (liked["primary_title"] or liked["liked_text"]) in shown


@pytest.mark.parametrize(
    ("address", "control", "shows"),
    [
        ("genres", "Type", "Titles a year"),
        ("budgets", "Real", "US consumer prices"),
        ("quality", "All", "passed"),
    ],
)
def test_a_choice_is_followed(
    page: Page, site: str, address: str, control: str, shows: str
) -> None:
    page.goto(f"{site}/{address}")
    settle(page)
    page.get_by_role("radio", name=control, exact=True).first.click()
    page.wait_for_url(f"**/{address}?**")
    settle(page)
    assert shows in text(page)


@pytest.mark.parametrize("address", ["person", "reviews", "charts"])
def test_a_page_leads_to_the_titles_it_names(
    page: Page, site: str, addresses: dict[str, str], address: str
) -> None:
    page.goto(f"{site}/{addresses[address]}")
    settle(page)
    link = page.locator("table.data a[href^='title?id=']").first
    name = link.inner_text()
    link.click()
    page.wait_for_url("**/title?id=*")
    settle(page)
    expect(page.locator("h1")).to_contain_text(name)


def test_a_table_is_found_by_a_word_of_a_column(page: Page, site: str) -> None:
    page.goto(f"{site}/tables")
    settle(page)
    page.get_by_label("Search tables and columns").fill("helpful")
    expect(page.get_by_role("link", name="fct_reviews").first).to_be_visible(timeout=10_000)
    page.goto(f"{site}/tables?table=marts.fct_reviews")
    settle(page)
    assert "helpful_score" in text(page)


def test_the_sql_page_answers_and_refuses_to_write(
    page: Page, site: str, sample_night: Arthouse
) -> None:
    release = connect.published(sample_night.home)
    before = hashlib.sha256(release.read_bytes()).hexdigest()
    page.goto(f"{site}/sql?{urlencode({'statement': 'select 6 * 7 as answer'})}")
    settle(page)
    assert page.locator("[data-testid=stDataFrame]").count() == 0
    page.get_by_role("button", name="Run").click()
    expect(page.locator("[data-testid=stDataFrame]")).to_be_visible(timeout=15_000)
    for statement in ("delete from marts.dim_titles", "create table marts.x as select 1"):
        page.get_by_label("Query").fill(statement)
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_text("The query was not answered")).to_be_visible(timeout=15_000)
    page.get_by_label("Query").fill("select count(*) from range(100000000000) where range % 3 = 1")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text("stopped after 10 seconds")).to_be_visible(timeout=20_000)
    assert hashlib.sha256(release.read_bytes()).hexdigest() == before
