"""A document of the web to the title page it holds."""

import re
from dataclasses import dataclass, field
from itertools import islice

from ingest.feeds.pages import (
    awards,
    boxoffice,
    cast,
    details,
    exact,
    extras,
    head,
    liked,
    lines,
    markup,
    people,
    reviews,
    story,
    titles,
)
from ingest.feeds.pages.blocks import Block, Splitter
from ingest.feeds.pages.lines import Fate, Line
from ingest.feeds.pages.page import NotATitlePageError, Page
from ingest.feeds.pages.people import Credits
from ingest.feeds.pages.sections import SITE, Kind

# Title pages of 2010 to 2024 have 0.2 to 2 MB.
LARGEST = 20_000_000
# They have some 500 lines.
MOST_LINES = 20_000
# An archive of the web keeps the address behind its own.
_SITE = re.compile(
    r"https?://(?:www\.|m\.|[a-z]{2}\.)?imdb\.[a-z.]{2,6}(?::\d+)?(?P<path>/[^?#]*)?"
)
_TITLE_PATH = re.compile(r"(?:/[a-z]{2}(?:-[A-Z]{2})?)?/title/tt(?P<number>\d{1,18})/?(?P<rest>.*)")
_PROMOTION = re.compile(r"/list/ls\d|/imdbpicks|ref_=tt_eds|/registration/")
_OWN_PAGES = frozenset({"", "combined", "maindetails", "reference", "index.html"})
# Headings and labels that IMDb alone has, or few besides.
_MARKS = frozenset(
    {
        Kind.AWARDS, Kind.LIKED, Kind.STORYLINE, Kind.KEYWORDS, Kind.TAGLINES, Kind.CERTIFICATE,
        Kind.NAMES, Kind.LOCATIONS, Kind.SOUND, Kind.ASPECT, Kind.TRIVIA, Kind.GOOFS, Kind.FAQ,
        Kind.REVIEWS,
    }
)  # fmt: skip
_CATEGORIES = {
    Kind.DIRECTORS: ("director", None),
    Kind.WRITERS: ("writer", None),
    Kind.CREATORS: ("writer", "creator"),
}


def parse_text(text: str, url: str | None = None) -> Page:
    """Read a page that a crawl or a person kept as plain text."""
    return read(text, url).page


def parse_html(html: bytes | str, url: str | None = None) -> Page:
    """Read a page as HTML; it shows its lines, and may state ids in JSON."""
    return read_html(html, url).page


@dataclass(slots=True)
class Reading:
    """A page while it is read, and its lines with their fates after."""

    lines: list[Line]
    layout: str
    page: Page = field(default_factory=Page)
    credits: Credits = field(default_factory=Credits)
    found: set[Kind] = field(default_factory=set)
    is_linked: bool = False


def read(text: str, url: str | None = None) -> Reading:
    """Read a plain text."""
    _check(text, url)
    all_ = list(islice(lines.of_text(text), MOST_LINES + 1))
    doc = titles.of_document(all_[0].text) if all_ else None
    if doc:
        all_[0].fate = Fate.NAVIGATION
    return _read(Reading(all_, "text"), doc, exact.Exact(), url)


def read_html(html: bytes | str, url: str | None = None) -> Reading:
    """Read HTML."""
    _check(html, url)
    found = markup.read(html)
    stated = exact.read(found.linked_data, found.next_data)
    url = url or found.url
    _check(html, url)
    return _read(Reading(found.lines, found.layout), titles.of_document(found.title), stated, url)


def _check(document: str | bytes, url: str | None) -> None:
    if not document.strip():
        raise NotATitlePageError("the document is empty")
    if len(document) > LARGEST:
        raise NotATitlePageError(f"the document is larger than {LARGEST:,} bytes: no title page is")
    if not re.match(r"https?://", url or ""):
        return
    site = _SITE.search(url or "")
    if not site:
        raise NotATitlePageError("its address is not of IMDb's site")
    path = _TITLE_PATH.fullmatch(site["path"] or "/")
    if not path or path["rest"].strip("/") not in _OWN_PAGES:
        raise NotATitlePageError("its address is that of another page of the site")


def _read(
    reading: Reading, doc: titles.Heading | None, stated: exact.Exact, url: str | None
) -> Reading:
    if len(reading.lines) > MOST_LINES:
        raise NotATitlePageError(f"the document has more than {MOST_LINES:,} lines: no title page")
    reading.is_linked = any(line.links for line in reading.lines)
    splitter = Splitter(reading.lines, _start(reading.lines, doc))
    for block in splitter.split():
        _read_block(block, reading, doc)
    head.read_series(reading.lines[max(0, splitter.start - 4) : splitter.start], reading.page)
    for outer, inner in splitter.inner:
        outer.fate = inner.fate or Fate.UNPARSED
    page = reading.page
    page.imdb_title_id = stated.title_id or exact.number(url or "")
    _check_found(reading, stated)
    exact.apply(stated, page, reading.credits)
    _complete(reading, doc, stated)
    return reading


def _start(all_: list[Line], doc: titles.Heading | None) -> int:
    """Where the head begins: the line of the title, or of the rating or series just above it."""
    at = head.find_title(all_, doc)
    if at is None:
        return 0
    above = range(max(0, at - 8), at)
    return next((place for place in above if head.is_above_title(all_[place])), at)


def _read_block(block: Block, reading: Reading, doc: titles.Heading | None) -> None:
    page = reading.page
    before = len(block.open())
    if block.kind in _CATEGORIES or block.kind is Kind.STARS:
        _read_people(block, reading)
    elif block.kind is Kind.CAST:
        known = {star.name for star in reading.credits.stars}
        reading.credits.items += cast.read(block.open(), known)
    elif block.kind is Kind.HEAD:
        head.read(block.lines, page, doc)
    elif block.kind in extras.KINDS:
        page.facts += extras.read(block.kind, block.open())
    elif block.kind in _MONEY:
        boxoffice.read(block, page)
    else:
        _read_simple(block, page)
    if len(block.open()) < before:
        reading.found.add(block.kind)
    rest = block.open()
    is_site = block.kind in SITE or _is_promotion(block.kind, rest)
    for line in rest:
        line.fate = Fate.NAVIGATION if is_site else Fate.UNPARSED


def _is_promotion(kind: Kind, lines_: list[Line]) -> bool:
    """Whether lines after a review lead to the site's own lists, as the layout of 2022 has them."""
    return kind is Kind.REVIEWS and any(
        _PROMOTION.search(link.href) for line in lines_ for link in line.links
    )


_MONEY = (Kind.MONEY, Kind.BUDGET, Kind.OPENING, Kind.GROSS)


def _read_simple(block: Block, page: Page) -> None:
    if block.kind in details.FACTS:
        details.read_facts(block.kind, block.open(), page)
    elif block.kind is Kind.AWARDS:
        page.facts += awards.read(block.open())
    elif block.kind is Kind.LIKED:
        page.also_liked += liked.read(block.open())
    elif block.kind is Kind.REVIEWS:
        page.reviews += reviews.read(block.open())
    elif reader := _READERS.get(block.kind):
        reader(block.open(), page)


_READERS = {
    Kind.STORYLINE: story.read_storyline,
    Kind.KEYWORDS: story.read_keywords,
    Kind.TAGLINES: story.read_taglines,
    Kind.GENRES: story.read_genres,
    Kind.CERTIFICATE: story.read_certificate,
    Kind.COUNTRIES: details.read_countries,
    Kind.LANGUAGES: details.read_languages,
    Kind.RELEASE: details.read_release,
    Kind.NAMES: details.read_names,
    Kind.RUNTIME: details.read_runtime,
}


def _read_people(block: Block, reading: Reading) -> None:
    """Names, one or several a line; in the layout of 2022 the head goes on below the stars."""
    found: list[people.Person] = []
    is_listed = False
    for line in block.open():
        is_text = not (reading.is_linked or is_listed or line.said.lower() in head.LABELS)
        if line.numbers("nm") or is_text:
            named = people.read(line)
            is_listed = len(named) > 1
            found += named
    if block.kind is Kind.STARS:
        reading.credits.stars += [one for one in found if one not in reading.credits.stars]
    else:
        reading.credits.add(found, *_CATEGORIES[block.kind])
    head.read_more(block.lines, reading.page)


def _check_found(reading: Reading, stated: exact.Exact) -> None:
    """A title page has its id, or enough of the headings that only title pages have."""
    sections = reading.found - {Kind.HEAD, Kind.GROUP, *SITE}
    if reading.page.imdb_title_id is not None and (sections or stated.work):
        return
    if len(sections & _MARKS) < 3:
        raise NotATitlePageError("the headings of a title page, in English, are not on it")


def _complete(reading: Reading, doc: titles.Heading | None, stated: exact.Exact) -> None:
    page = reading.page
    page.layout = reading.layout
    page.credits = reading.credits.all()
    # A page says some things at its head and again below.
    page.facts = list(dict.fromkeys(page.facts))
    page.names = list(dict.fromkeys(page.names))
    page.keywords = list(dict.fromkeys(page.keywords))
    page.title = page.title or (doc.title if doc else None) or stated.title
    if doc:
        page.title_type = page.title_type or doc.title_type
        page.release_year = page.release_year or doc.first_year
        page.end_year = page.end_year or doc.last_year
    page.title_type = page.title_type or head.type_unsaid(page)
    page.releases = details.distinct(page.releases)
    page.line_count = len(reading.lines)
    page.unparsed_lines = [line.text for line in reading.lines if line.fate is Fate.UNPARSED]
