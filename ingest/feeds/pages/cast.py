"""The cast: players with their characters, or characters whose players a capture lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.feeds.pages.lines import Fate, Line
from ingest.feeds.pages.page import Credit

_EPISODES = re.compile(
    r"[\s(]*(?P<count>\d{1,5}|unknown) (?:episodes?|eps?\.?)(?!\w)"
    r"(?:\s*[,\u2022\u00b7]\s*(?P<first>\d{4})(?P<to>\s*[-\u2013]\s*(?:(?P<last>\d{4})|\?{4})?)?)?\s*\)?"
)
# Notes on a part; other brackets belong to the character: "Guard (Night Shift)".
_NOTE = re.compile(
    r"\s*\((as [^()]{1,100}|uncredited|voice(?:: [^()]{1,60})?|singing voice|archive footage"
    r"|archive sound|credit only|scenes deleted|rumored|attached|unconfirmed|unknown episodes"
    r"|segment [^()]{1,100}|also archive footage|motion capture|English version[^()]{0,40})\)"
)
_SELF = re.compile(r"(?:Self|Himself|Herself|Themselves|Themself)\b", re.IGNORECASE)
_DOTS = re.compile(r"\s*(?:\.\.\.|\u2026)\s*")


@dataclass(slots=True)
class _Part:
    name: str | None = None
    number: int | None = None
    characters: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    episodes: tuple[int | None, int | None, int | None] = (None, None, None)
    has_role: bool = False

    def read(self, text: str) -> None:
        """Add a role's line: characters, notes, episodes."""
        if found := _EPISODES.search(text):
            self.episodes = _episodes(found)
            text = f"{text[: found.start()]} {text[found.end() :]}"
        self.notes += _NOTE.findall(text)
        text = " ".join(_NOTE.sub(" ", text).split())
        parts = re.split(r"\s*(?:/|\n)\s+|\s+/\s*", text)
        named = [part.strip(" \u2026\u2022\u00b7") for part in parts]
        self.characters += [part for part in named if part and part != "..."]
        self.has_role = True

    def credit(self) -> Credit:
        """The part as a credit."""
        is_self = bool(self.characters) and all(_SELF.match(one) for one in self.characters)
        return Credit(
            person_name=self.name,
            imdb_person_id=self.number,
            category="self" if is_self else "actor",
            job=", ".join(self.notes) or None,
            characters=tuple(self.characters),
            episode_count=self.episodes[0],
            first_year=self.episodes[1],
            last_year=self.episodes[2],
        )


def read(lines: list[Line], known: set[str]) -> list[Credit]:
    """The cast of a section; `known` are names that the page states elsewhere."""
    parts: list[_Part] = []
    if any(line.numbers("nm") for line in lines):
        _read_linked(lines, parts)
    elif any(_DOTS.search(line.said) for line in lines):
        _read_dotted(lines, parts)
    else:
        _read_pairs(lines, parts, known)
    return [part.credit() for part in parts]


def _read_linked(lines: list[Line], parts: list[_Part]) -> None:
    """Names are linked; what follows one is its role."""
    for line in lines:
        if numbers := line.numbers("nm"):
            name = next(link.text for link in line.links if link.number("nm") is not None)
            parts.append(_Part(name, numbers[0]))
            rest = _DOTS.sub(" ", line.take().partition(name)[2], count=1).strip(" ,|")
            if rest:
                parts[-1].read(rest)
        elif _is_dots(line):
            line.fate = Fate.FURNITURE
        elif parts and (not parts[-1].has_role or _continues(line)):
            parts[-1].read(line.take())


def _read_dotted(lines: list[Line], parts: list[_Part]) -> None:
    """Dots part a name from the role that follows; a role without them has lost its player."""
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        name, dots, role = _split(line.said)
        if _is_dots(line):
            line.fate = Fate.FURNITURE
        elif dots and name:
            parts.append(_Part(name))
            line.take()
            if role:
                parts[-1].read(role)
        elif following is not None and _is_dots(following):
            parts.append(_Part(line.take()))
        elif _is_role(line, parts):
            if not parts or (parts[-1].has_role and not _continues(line)):
                parts.append(_Part())
            parts[-1].read(line.take())


def _read_pairs(lines: list[Line], parts: list[_Part], known: set[str]) -> None:
    """The layout of 2022 as text: name and role by turns, a name alone where the next is known."""
    for line in lines:
        if len(line.said) > 100 or not line.said:
            continue
        is_role = bool(parts) and not parts[-1].has_role and line.said not in known
        if is_role or (parts and _continues(line)):
            parts[-1].read(line.take())
        elif _EPISODES.search(line.said):
            parts.append(_Part())
            parts[-1].read(line.take())
        else:
            parts.append(_Part(line.take()))


def _split(text: str) -> tuple[str, bool, str]:
    found = _DOTS.search(text) if len(text) < 300 else None
    if not found or text[: found.start()].endswith("/"):
        return "", False, text
    return text[: found.start()].strip(), True, text[found.end() :].strip()


def _is_dots(line: Line) -> bool:
    return line.text in ("...", "\u2026")


def _is_role(line: Line, parts: list[_Part]) -> bool:
    waits = bool(parts) and not parts[-1].has_role
    is_marked = line.is_indented or _EPISODES.search(line.said[:300]) is not None
    return len(line.said) < 200 and bool(line.said) and (waits or is_marked)


def _continues(line: Line) -> bool:
    """Whether a line says more of the role before: a note, episodes, another character."""
    text = line.said
    return (
        text.startswith("/")
        or _NOTE.fullmatch(text) is not None
        or _EPISODES.fullmatch(text) is not None
    )


def _episodes(found: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    count = int(found["count"]) if found["count"].isdigit() else None
    first = int(found["first"]) if found["first"] else None
    last = int(found["last"]) if found["last"] else (None if found["to"] else first)
    return count, first, last


def names(credits_: list[Credit]) -> Iterator[str]:
    """The names among credits."""
    return (credit.person_name for credit in credits_ if credit.person_name)
