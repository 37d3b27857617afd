"""A title with its year and type, as headings write them: `Mars (TV Series 2016)`."""

import re
from dataclasses import dataclass

from ingest.feeds.pages import dates, values

# "(TV Series 2008-2013)", "(1999)", "(TV Mini-Series)", "(I) (2007)", "(2012 TV Movie)", "(????)".
_YEAR = r"(?:\d{4}(?:/[IVX]+)?(?: ?[\u2013\u2014-] ?(?:\d{4})?)?|\?{4})"
_TYPE = r"(?:TV|Video|Short|Movie|Music|Podcast|Mini|Episode)[A-Za-z \-]{0,20}"
_HEADING = re.compile(
    rf"(?P<title>\S.{{0,299}}?)(?: \([IVXL]+\))? "
    rf"\((?:(?P<type>{_TYPE}?) ?)?(?P<year>{_YEAR})?(?: (?P<type_after>{_TYPE}))? ?\)"
)
_DOCUMENT = re.compile(r"(?P<heading>.+?)(?: - IMDb| \u2b50.*)")
_EPISODE = re.compile(r'"(?P<series>[^"]{1,200})" (?P<title>.{1,300})')


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says."""

    title: str
    title_type: str | None = None
    first_year: int | None = None
    last_year: int | None = None


def read(text: str) -> Heading | None:
    """A title with its year or its type in brackets."""
    found = _HEADING.fullmatch(text) if text.endswith(")") and len(text) < 400 else None
    if not found:
        return None
    wording = found["type"] or found["type_after"] or ""
    kind = values.title_type(wording)
    if not (found["year"] or kind) or (wording and not kind):
        return None
    span = values.years(found["year"] or "") or (None, None)
    return Heading(found["title"], kind, *span)


def of_episode(text: str) -> Heading | None:
    """An episode's title with the day it was shown: `The Call (15 Sep. 2013)`."""
    found = re.fullmatch(r"(\S.{0,299}) \(([^()]{8,20})\)", text)
    shown = dates.day(found[2]) if found else None
    return Heading(found[1], "tvEpisode", shown.year) if found and shown else None


def of_document(text: str) -> Heading | None:
    """The heading in a document's own title, such as `Mars (TV Series 2016) - IMDb`."""
    found = _DOCUMENT.fullmatch(text[:600])
    heading = read(found["heading"].strip()) if found else None
    quoted = _EPISODE.fullmatch(heading.title) if heading else None
    if heading and quoted:
        return Heading(quoted["title"], heading.title_type, heading.first_year)
    return heading
