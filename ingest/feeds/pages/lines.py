"""A document as lines, each with its links; text and HTML end here alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

# Where a line of the old layouts leads on: "See more »", "| See All (253) »", or a bare "»".
_LEAD = re.compile(
    r"\s*\|?\s*(?:\b(?:See|Show|Add|View|Edit|Search|Discuss|Create)\b[^|»]{0,80})?»+$"
)
_LONGEST = 100_000


class Fate(Enum):
    """What became of a line: every line has one when a page is read."""

    CONSUMED = "it became part of a record"
    FURNITURE = "a heading, a label or another part of every page"
    NAVIGATION = "the site's own, outside what the page says of its title"
    UNPARSED = "part of a known section that no rule understood"


@dataclass(frozen=True, slots=True)
class Link:
    """`text` is what the line shows of it."""

    text: str
    href: str

    def number(self, kind: str) -> int | None:
        """The number in an id of that kind, as in /name/nm0000123/: `kind` is nm, tt or ur."""
        found = re.search(rf"/(?:name|title|user)/{kind}(\d{{1,18}})\b", self.href)
        return int(found[1]) if found else None


@dataclass(slots=True)
class Line:
    """One line: its text without runs of white space, and without where it leads on in `said`.

    `level` is 1 for the page's first heading and 0 for all that no markup calls so;
    `is_paragraph` tells that a gap stands before it; `anchor` is the id of the element it is in.
    """

    text: str
    links: tuple[Link, ...] = ()
    level: int = 0
    is_paragraph: bool = False
    is_indented: bool = False
    anchor: str = ""
    said: str = ""
    fate: Fate | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        self.said = "" if len(self.text) > _LONGEST else without_lead(self.text)

    def take(self) -> str:
        """Its words, to become part of a record."""
        self.fate = Fate.CONSUMED
        return self.said

    def numbers(self, kind: str) -> list[int]:
        """The ids of a kind that it links to."""
        return [number for link in self.links if (number := link.number(kind)) is not None]


def without_lead(text: str) -> str:
    """The text without the link to a longer one at its end."""
    end = len(text)
    while text.endswith("»", 0, end) and (found := _LEAD.search(text, max(0, end - 160), end)):
        end = found.start()
    return text[:end]


def clean(text: str) -> str:
    """The text with single spaces, and nothing that a UTF-8 file cannot hold."""
    spaced = " ".join(text.replace("\0", "").split())
    return spaced if spaced.isascii() else spaced.encode(errors="replace").decode()


def of_text(text: str) -> Iterator[Line]:
    """The lines of a plain text that hold anything."""
    gap = True
    for raw in text.splitlines():
        if said := clean(raw):
            yield Line(said, is_paragraph=gap, is_indented=raw[0] in " \t\xa0")
        gap = not said


def wordings(text: str) -> frozenset[str]:
    """The wordings of a list, one a line or parted by bars."""
    return frozenset(part.strip() for part in re.split(r"[|\n]", text) if part.strip())
