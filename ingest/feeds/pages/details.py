"""The details of a title: countries, languages, releases, names, places, companies, techniques."""

import re
from collections.abc import Callable

from ingest import reference
from ingest.feeds.pages import dates, languages, values
from ingest.feeds.pages.lines import Line, Link
from ingest.feeds.pages.page import Fact, Name, Page, Release
from ingest.feeds.pages.sections import Kind

FACTS = {
    Kind.SITES: "official_site",
    Kind.LOCATIONS: "filming_location",
    Kind.COMPANIES: "company",
    Kind.SOUND: "sound_mix",
    Kind.COLOR: "color",
    Kind.ASPECT: "aspect_ratio",
    Kind.SEASONS: "season",
}
_RELEASE = re.compile(
    r"(?P<date>[A-Za-z0-9., -]{4,30}?) ?(?:\((?P<country>[^()\d]{2,60})\)(?P<note>.{0,100}))?"
)
_COMPANY = re.compile(r",\s+(?!(?:Inc|Ltd|LLC|L\.L\.C|Co|Corp|S\.?A|GmbH|Limited|The)\b)")
_COUNTRY_LINK = re.compile(r"(?:/country/|country_of_origin=)([A-Za-z]{2,4})\b")
_LANGUAGE_LINK = re.compile(r"(?:/language/|primary_language=|languages?=)([a-z]{2,3})\b")
_EDGES = " ,|\u00b7\u2022"


def segments(line: Line) -> list[tuple[str, Link | None]]:
    """A line's parts, each with its link: `Color (Metrocolor)` where only `Color` is linked."""
    text, parts = line.said, list[tuple[int, Link]]()
    at = 0
    for link in line.links:
        place = text.find(link.text, at)
        if place >= 0:
            parts.append((place, link))
            at = place + len(link.text)
    if not parts or text[: parts[0][0]].strip(_EDGES):
        return []
    ends = [place for place, _ in parts[1:]] + [len(text)]
    return [
        (text[place:end].strip(_EDGES), link)
        for (place, link), end in zip(parts, ends, strict=True)
    ]


def read_facts(kind: Kind, lines: list[Line], page: Page) -> None:
    """Lists whose items are texts."""
    for line in lines:
        if not 0 < len(line.said) < 2000:
            continue
        comma = _COMPANY if kind is Kind.COMPANIES else re.compile(r" \| ")
        items = [text for text, _ in segments(line)] or comma.split(line.said)
        line.take()
        page.facts += [Fact(FACTS[kind], _spaced(item)) for item in items if item.strip(_EDGES)]


def _spaced(item: str) -> str:
    """The layout of 2022 sets a note in brackets apart by its style, not by a space."""
    return re.sub(r"(?<=\S)\((?=[^()]+\)$)", " (", item.strip(_EDGES))


def read_countries(lines: list[Line], page: Page) -> None:
    """ISO 3166 codes; a country that has none stays unread."""
    _read_codes(lines, page.countries, reference.country_code, _COUNTRY_LINK, str.upper)


def read_languages(lines: list[Line], page: Page) -> None:
    """ISO 639 codes, or the name of a language that has none."""
    _read_codes(lines, page.languages, _language, _LANGUAGE_LINK, str.lower)


def _language(name: str) -> str | None:
    return languages.code(name) or (name if re.fullmatch(r"[^\W\d][^\d|:]{1,40}", name) else None)


def _read_codes(
    lines: list[Line],
    codes: list[str],
    known: Callable[[str], str | None],
    link_form: re.Pattern[str],
    case: Callable[[str], str],
) -> None:
    for line in lines:
        parts = segments(line) or [(part.strip(_EDGES), None) for part in line.said.split("|")]
        found = [_code(text, link, known, link_form, case) for text, link in parts if text]
        if found and all(found):
            line.take()
            codes += [code for code in dict.fromkeys(found) if code and code not in codes]


def _code(
    text: str,
    link: Link | None,
    known: Callable[[str], str | None],
    link_form: re.Pattern[str],
    case: Callable[[str], str],
) -> str | None:
    stated = link_form.search(link.href) if link else None
    return known(text) or (case(stated[1]) if stated and len(stated[1]) <= 3 else None)


def read_release(lines: list[Line], page: Page) -> None:
    for line in lines:
        release = release_of(line.said)
        if release:
            line.take()
            if release not in page.releases:
                page.releases.append(release)


def release_of(text: str) -> Release | None:
    """A release as in `23 September 2007 (Canada)`."""
    found = _RELEASE.fullmatch(text[:200])
    read = dates.read(found["date"]) if found else None
    if not found or not read:
        return None
    country = found["country"]
    note = (found["note"] or "").strip(" ()[]") or None
    return Release(reference.country_code(country or ""), country, read[0], read[1], note)


def distinct(releases: list[Release]) -> list[Release]:
    """The releases without those that another states with its country."""
    dated = {release.release_date for release in releases if release.country_name}
    return [one for one in releases if one.country_name or one.release_date not in dated]


def read_names(lines: list[Line], page: Page) -> None:
    """Other names; a note in brackets that is a country is the name's region."""
    for line in lines:
        if not 0 < len(line.said) <= 500:
            continue
        found = re.fullmatch(r"(.+?) \(([^()]{2,60})\)", line.take())
        region = reference.country_code(found[2]) if found else None
        page.names.append(Name(found[1], region) if found and region else Name(line.said))


def read_runtime(lines: list[Line], page: Page) -> None:
    """The first runtime is the title's; every variant is a fact where there are several."""
    for line in lines:
        parts = [part.strip() for part in line.said.split("|")]
        found = [minutes for part in parts if (minutes := values.minutes(part)) is not None]
        if not found or len(found) < len(parts):
            continue
        line.take()
        page.runtime_minutes = page.runtime_minutes or found[0]
        if len(parts) > 1 or "(" in line.said:
            page.facts += [Fact("runtime", part) for part in parts]
