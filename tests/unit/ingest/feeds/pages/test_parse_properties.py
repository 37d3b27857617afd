"""Whatever a document holds: a page or NotATitlePageError, every line accounted for."""

import html
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.feeds.pages.lines import Fate, clean
from ingest.feeds.pages.page import NotATitlePageError
from ingest.feeds.pages.parse import Reading, read, read_html
from ingest.feeds.pages.sections import FIELDS, SECTIONS
from tests.unit.ingest.feeds.pages.invented import FILM_TEXT, HEADLESS, PAGES

ROOT = Path(__file__).resolve().parents[5]
WORDINGS = [*SECTIONS, *FIELDS, "Director: ", "Zoë Quist ...", "12 May 2008 (Iceland)", "$5,000"]
LINES = sorted({line for page in PAGES.values() for line in page.splitlines()})

noise = st.text(max_size=60) | st.text("().,/|-: …0123456789", max_size=60)
line = st.sampled_from(LINES) | st.sampled_from(WORDINGS) | noise
documents = st.lists(line, max_size=80).map("\n".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A page with lines lost, doubled, swapped and strewn with noise."""
    lines = draw(st.sampled_from(list(PAGES.values()))).splitlines()
    for _ in range(draw(st.integers(0, 12))):
        at = draw(st.integers(0, len(lines) - 1)) if lines else 0
        edit = draw(st.sampled_from(["lose", "double", "swap", "insert", "swell"]))
        if edit == "lose":
            lines[at : at + draw(st.integers(1, 5))] = []
        elif edit == "double":
            lines[at:at] = lines[at : at + 3]
        elif edit == "swap":
            lines[at : at + 2] = reversed(lines[at : at + 2])
        elif edit == "insert":
            lines.insert(at, draw(line))
        else:
            lines[at : at + 1] = [other * draw(st.integers(2, 300)) for other in lines[at : at + 1]]
    return "\n".join(lines)


def check(reader: Callable[[str], Reading], document: str) -> None:
    """Nothing is lost: each line has its fate, and those left unread are kept word for word."""
    try:
        reading = reader(document)
    except NotATitlePageError:
        return
    page = reading.page
    assert page.line_count == len(reading.lines)
    assert all(one.text and isinstance(one.fate, Fate) for one in reading.lines)
    unread = [one.text for one in reading.lines if one.fate is Fate.UNPARSED]
    assert page.unparsed_lines == unread
    assert str(page).encode()


@settings(max_examples=150, deadline=None)
@given(documents | st.text())
def test_any_text_is_a_page_or_none(document: str) -> None:
    check(read, document)


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_a_mutated_page_loses_no_line(document: str) -> None:
    check(read_html if document.lstrip().startswith("<") else read, document)


@settings(max_examples=100, deadline=None)
@given(documents | st.text() | st.text("<>/= \"'divahref!-&;sctipl"))
def test_any_markup_is_a_page_or_none(document: str) -> None:
    check(read_html, document)
    check(read_html, SCAFFOLD.format(html.escape(document).replace("\n", "<br>")))


SCAFFOLD = (
    '<html><link rel="canonical" href="https://www.imdb.com/title/tt7000009/"><h1>Salt (2001)</h1>'
    "<h2>Storyline</h2><p>A village boils the sea until only the salt of it is left to sell.</p>"
    "{}</html>"
)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_or_none(document: bytes) -> None:
    try:
        read_html(SCAFFOLD.encode() + document)
    except NotATitlePageError:
        return


@settings(deadline=None)
@given(st.lists(noise, max_size=6))
def test_the_lines_read_are_those_that_hold_text(strewn: list[str]) -> None:
    document = "\n".join([HEADLESS, *strewn])
    reading = read(document)
    assert [one.text for one in reading.lines] == [
        said for raw in document.splitlines() if (said := clean(raw))
    ]


KEYS = (
    "props", "pageProps", "tconst", "aboveTheFoldData", "mainColumnData", "@type", "titleType",
    "aggregateRating", "ratingValue", "actor", "name", "url", "edges", "node", "keywords",
    "moreLikeThisTitles", "featuredReviews", "series", "episodeNumber", "seasonNumber", "id",
)  # fmt: skip
json_data = st.recursive(
    st.none() | st.integers() | st.text() | st.sampled_from(["Movie", "Person", "tt1", "PT1H"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS), inner),
)


@settings(deadline=None)
@given(json_data, json_data)
def test_any_json_beside_the_page_is_harmless(work: object, above: object) -> None:
    linked = {"@type": "Movie", "name": "Salt", "aggregateRating": work, "actor": work}
    page = {"props": {"pageProps": {"aboveTheFoldData": above, "mainColumnData": work}}}
    scripts = (
        f'<script type="application/ld+json">{json.dumps(linked).replace("<", "")}</script>'
        f'<script id="__NEXT_DATA__">{json.dumps(page).replace("<", "")}</script>'
    )
    check(read_html, scripts + SCAFFOLD.format(""))


# What blows up a careless expression: a long run that almost matches.
RUNS = (
    "(", ")", "()", "(a", " (a)", ", ", " ", "a ", "1 ", "1,", ". ", "...", "… ", " / ", "| ",
    " - ", "»", " See »", "See ", "TV ", "Aa", "McA", "(1 episode", "Written by ", "— ", "Won 1 ",
    "1 win & ", "12 May ", "$1 (", "'", '"a" ', "Drama", "Drama | ", "1 of 1 ", ": ", "9/10 ",
)  # fmt: skip
HEADINGS = ["Cast", "Storyline", "Details", "Box Office", "Technical Specs"]
PROGRAM = """
import json, sys
from ingest.feeds.pages.parse import read
runs, headings, spread, document = json.load(sys.stdin)
for run in runs:
    lines = run * (200_000 // len(run))
    lines = "\\n".join(lines[at : at + spread] for at in range(0, len(lines), spread))
    page = document
    for heading in headings:
        page = page.replace(f"\\n{heading}\\n", f"\\n{heading}\\n{lines}\\n")
    assert len(page) > 900_000
    assert read(page).page.title == "The Long Ebb", run
"""


@pytest.mark.parametrize("spread", [390, 30_000, 200_000])
@pytest.mark.parametrize("group", range(4))
def test_a_megabyte_that_almost_matches_is_read_within_a_minute(group: int, spread: int) -> None:
    """Seconds where parsing is linear; a line squared would be 10^10 steps for each rule."""
    given = json.dumps([RUNS[group::4], HEADINGS, spread, FILM_TEXT])
    subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, check=True, timeout=60, input=given, text=True
    )


LABELS = ["Plot Keywords:", "Taglines:", "Also Known As:", "Filming Locations:", "Production Co:"]
MANY = """
import json, sys
from ingest.feeds.pages.parse import read
labels, document = json.load(sys.stdin)
for label in labels:
    lines = "\\n".join(f"Name Sur{n}" for n in range(19_000))
    page = read(document.replace("\\nDetails\\n", f"\\n{label}\\n{lines}\\nDetails\\n")).page
    assert page.title == "The Long Ebb", label
"""


def test_many_lines_that_all_differ_are_read_within_a_minute() -> None:
    """To look each one up in a list of those before is 10^8 comparisons a label."""
    given = json.dumps([LABELS, FILM_TEXT])
    subprocess.run(
        [sys.executable, "-c", MANY], cwd=ROOT, check=True, timeout=60, input=given, text=True
    )
