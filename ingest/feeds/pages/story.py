"""The storyline and what stands with it: author, keywords, taglines, genres, certificate."""

import re

from ingest.feeds.pages import values
from ingest.feeds.pages.lines import Line
from ingest.feeds.pages.page import Fact, Page

_WRITTEN_BY = re.compile(r"(.*?)\s*Written by\s(?!.*Written by\s)(\S.{0,200})", re.DOTALL)
# A storyline may be short; what else stands below the heading is no sentence.
_SENTENCE = re.compile(r"\S+ .*(?:[.!?\"\u2026\u201d]|Written by .+)")
_DASH = re.compile(r"(.*[.!?\"'\u2019\u201d\u2026)])\s?\u2014\s?([^\u2014]{2,80})", re.DOTALL)
_RATED = re.compile(r"Rated (\S{1,10})(?: for .*| on appeal.*)?", re.DOTALL)


def read_storyline(lines: list[Line], page: Page) -> None:
    """Its paragraphs as one text, without the author, who is a fact of its own."""
    told: list[Line] = []
    for line in lines:
        if any("keyword" in link.href for link in line.links):
            read_keywords([line], page)
        elif line.said and (told or len(line.said) > 40 or _SENTENCE.fullmatch(line.said)):
            told.append(line)
    text = "\n\n".join(line.take() for line in told)
    found = _WRITTEN_BY.fullmatch(text[-4000:]) or _DASH.fullmatch(text[-4000:])
    if found:
        text = text[: len(text) - len(text[-4000:])] + found[1].rstrip()
    if text:
        page.facts.append(Fact("storyline", text))
    if found:
        page.facts.append(Fact("storyline_author", found[2].strip()))


def read_keywords(lines: list[Line], page: Page) -> None:
    """Keywords are linked, or parted by bars."""
    for line in lines:
        linked = [link.text for link in line.links if "keyword" in link.href]
        linked = [text for text in linked if not re.fullmatch(r"(?:See )?All.*|\d+ more", text)]
        words = linked or [part.strip() for part in line.said.split("|")]
        if all(word and len(word) < 100 for word in words):
            line.take()
            page.keywords += words


def read_taglines(lines: list[Line], page: Page) -> None:
    for line in lines:
        if 0 < len(line.said) < 500:
            page.facts.append(Fact("tagline", line.take()))


def read_genres(lines: list[Line], page: Page) -> None:
    for line in lines:
        found = values.genres(line.said) or [
            link.text for link in line.links if "genre" in link.href
        ]
        if found:
            line.take()
            page.genres += [name for name in found if name not in page.genres]


def read_certificate(lines: list[Line], page: Page) -> None:
    """A certificate, or MPAA's sentence, which also says why."""
    for line in lines:
        found = _RATED.fullmatch(line.said[:1000])
        if found and " for " in line.said:
            page.facts.append(Fact("certificate_reason", line.take()))
            page.certificate = page.certificate or found[1]
        elif 0 < len(line.said) <= 30:
            page.certificate = page.certificate or line.take().split(" | ")[0].strip()
            line.take()
