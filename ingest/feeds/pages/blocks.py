"""A page's lines to blocks: each section and field with the lines that are its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.feeds.pages import awards, furniture, values
from ingest.feeds.pages.lines import Fate, Line
from ingest.feeds.pages.sections import CREDITS, FIELDS, FREE, MENU, SECTIONS, SITE, Kind

_INLINE = re.compile(r"([A-Za-z][A-Za-z &()']{2,44}):\s+(\S.*)")
_COUNT = re.compile(r"(.*[a-z?&]) ?\(?\d[\d.,]*[km]?\+?\)?")
# The line that ends what a viewer wrote: its votes.
_REVIEW_END = re.compile(
    r"[\d,]+ (?:of|out of) [\d,]+ (?:people|users) found (?:this|the following)"
    r"|Was this (?:review|comment) helpful|helpful ?\u2022 ?\d|Helpful ?\u2022 ?\d"
)
_WRITTEN_BY = re.compile(r".{40,}[ .!?\"\u2026]Written by \S.{0,100}", re.DOTALL)
_SUMMARY_LINKS = re.compile(r"Plot Summary \| |Plot Synopsis$|Add Synopsis$")
_SEASONS = re.compile(r"(?:(?:Seasons?|Years?): )?\d{1,4}(?:[ |,]{1,4}\d{1,4})*")
_MENU_LENGTH = 4
_MENU_WORDS = 3


@dataclass(slots=True)
class Block:
    """A section or a field; `label` is its wording in lower case, empty where none stood."""

    kind: Kind
    label: str = ""
    lines: list[Line] = field(default_factory=list)

    def open(self) -> list[Line]:
        """The lines that nobody has read yet."""
        return [line for line in self.lines if line.fate is None]


@dataclass(slots=True)
class Splitter:
    """Walks the lines once; `inner` pairs a labelled line with the line of its value."""

    lines: Sequence[Line]
    start: int
    blocks: list[Block] = field(default_factory=list)
    inner: list[tuple[Line, Line]] = field(default_factory=list)
    protected: int = -1

    def split(self) -> list[Block]:
        """Every block from the head on; what stands before it is navigation."""
        for line in self.lines[: self.start]:
            line.fate = Fate.NAVIGATION
        _mark_menus(self.lines[self.start :])
        self.blocks.append(Block(Kind.HEAD))
        for at in range(self.start, len(self.lines)):
            if self.lines[at].fate is None:
                self._place(at)
        return self.blocks

    def _place(self, at: int) -> None:
        line, block = self.lines[at], self.blocks[-1]
        if at <= self.protected or block.kind is Kind.FOOTER:
            block.lines.append(line)
        elif found := self._heading(at):
            self._begin(at, *found)
        elif kind := self._implied(at):
            self.blocks.append(Block(kind, lines=[line]))
        elif furniture.holds(line) and not _speaks(line, block):
            line.fate = Fate.FURNITURE
            block.lines.append(line)
        else:
            block.lines.append(line)

    def _begin(self, at: int, kind: Kind, label: str, value: str) -> None:
        line = self.lines[at]
        line.fate = Fate.FURNITURE
        self.blocks.append(Block(kind, label))
        if value:
            inner = Line(value, line.links, is_paragraph=line.is_paragraph)
            self.blocks[-1].lines.append(inner)
            self.inner.append((line, inner))
        if kind is Kind.REVIEWS:
            self.protected = self._review_end(at)

    def _heading(self, at: int) -> tuple[Kind, str, str] | None:
        """The kind, the label and the value on its line, if the line opens a block."""
        line, block = self.lines[at], self.blocks[-1]
        is_role = at > 0 and self.lines[at - 1].text == "..."
        if line.level == 1 or line.numbers("nm") or is_role:
            return None
        text = line.said or line.text
        key = _key(text)
        if kind := SECTIONS.get(key):
            return kind, key, ""
        if kind := FIELDS.get(key):
            if kind is Kind.SEASONS and self._is_numbered(at + 1):
                return kind, key, ""
            return (kind, key, "") if _may_begin(kind, block, text.endswith(":"), key) else None
        is_text = block.kind in FREE or block.kind is Kind.LIKED
        found = None if is_text else _INLINE.fullmatch(text[:2000])
        kind = FIELDS.get(found[1].lower()) if found else None
        if found and kind and _may_begin(kind, block, True, found[1].lower()):
            return kind, found[1].lower(), text[found.start(2) :]
        return None

    def _is_numbered(self, at: int) -> bool:
        """Whether the line lists seasons or years: where not, "Seasons" is but a word."""
        text = self.lines[at].said if at < len(self.lines) else ""
        return _SEASONS.fullmatch(text[:200]) is not None

    def _implied(self, at: int) -> Kind | None:
        """The kind of block that a line begins without a heading, as where a capture lost it."""
        line, block = self.lines[at], self.blocks[-1]
        if block.kind in FREE and block.kind is not Kind.SITE:
            return None
        if block.kind is not Kind.AWARDS and awards.holds(line.said):
            return Kind.AWARDS
        if block.kind is Kind.KEYWORDS and block.lines and values.genres(line.said):
            return Kind.GENRES
        if block.kind in (Kind.STORYLINE, Kind.HEAD, *SITE):
            return None
        return Kind.STORYLINE if self._is_story(at) else None

    def _is_story(self, at: int) -> bool:
        text = self.lines[at].said
        if _WRITTEN_BY.fullmatch(text):
            return True
        after = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        return len(text) >= 120 and _SUMMARY_LINKS.search(after[:100]) is not None

    def _review_end(self, at: int) -> int:
        for place in range(at + 1, min(at + 400, len(self.lines))):
            text = self.lines[place].text
            if _REVIEW_END.search(text[:200]):
                return place
            if SECTIONS.get(_key(text)) is Kind.REVIEWS:
                return -1
        return -1


def _key(text: str) -> str:
    key = text.lower().rstrip(": ") if len(text) < 80 else ""
    found = _COUNT.fullmatch(key)
    return found[1] if found and found[1] in SECTIONS else key


def _may_begin(kind: Kind, block: Block, has_colon: bool, key: str) -> bool:
    if block.kind in FREE:
        return has_colon and kind not in CREDITS
    if block.kind is Kind.LIKED:
        return kind not in CREDITS
    if kind is Kind.SEASONS and not has_colon:
        return False
    # A value may equal its label: the colour "Color".
    return not (block.label == key and not block.lines)


def _speaks(line: Line, block: Block) -> bool:
    """Whether a line that looks like furniture may be what a person or a role says."""
    if block.kind is Kind.CAST:
        return line.text == "..."
    if block.kind is Kind.LIKED:
        return line.text.endswith("/10 X")
    return block.kind in FREE and block.kind is not Kind.SITE and not line.text.endswith("»")


def _mark_menus(lines: Sequence[Line]) -> None:
    """Mark the site's menus: their words are those of headings, but nothing follows them."""
    run: list[Line] = []
    for line in [*lines, Line("")]:
        if _is_menu(line):
            run.append(line)
            continue
        words = {line.text.lower() for line in run} - SECTIONS.keys() - FIELDS.keys()
        if len(run) >= _MENU_LENGTH and len(words) >= _MENU_WORDS:
            for item in run:
                item.fate = Fate.NAVIGATION
        run.clear()


def _is_menu(line: Line) -> bool:
    text = line.text.lower()
    if len(text) > 120:
        return False
    if text in MENU:
        return True
    parts = re.split(r" [|\u00b7\u2022] ", text)
    if len(parts) >= _MENU_WORDS and all(part in MENU for part in parts):
        line.fate = Fate.NAVIGATION
    return False
