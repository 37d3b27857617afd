"""Titles under "People who liked this also liked" and "More like this"."""

import re
from dataclasses import dataclass, field

from ingest.feeds.pages import people, titles, values
from ingest.feeds.pages.lines import Fate, Line
from ingest.feeds.pages.page import Liked

_RATING = re.compile(r"(?:1 2 3 4 5 6 7 8 9 10 )?(\d{1,2}(?:\.\d)?|-)/10 X")
_STARS = re.compile(r"(?:1 2 3 4 5 6 7 8 9 10|\d{1,2}(?:\.\d)?/10)\b.{0,12}X$")
_NUMBER = re.compile(r"(?:10|[1-9])(?:\.\d)?")
_DIRECTORS = re.compile(r"(?:Directors?|Creators?): ?")
_CAST = re.compile(r"Stars?: ?")
_CERTIFICATE = re.compile(r"Certificate: \S+ ")
# The order of the lines within a block; a line of an earlier or the same kind begins the next.
_HEADING, _GENRES, _RATED, _OUTLINE, _DIRECTED, _STARRED = range(6)


@dataclass(slots=True)
class _Entry:
    stage: int = -1
    lines: list[str] = field(default_factory=list)
    found: dict[int, Line] = field(default_factory=dict)

    def add(self, stage: int, line: Line) -> None:
        self.stage = stage
        self.lines.append(line.text)
        self.found[stage] = line
        line.fate = Fate.CONSUMED

    def text(self, stage: int) -> str:
        return self.found[stage].said if stage in self.found else ""

    def liked(self) -> Liked:
        """The block as a record."""
        heading = titles.read(self.text(_HEADING))
        rated = _RATING.fullmatch(self.text(_RATED))
        numbers = self.found[_HEADING].numbers("tt") if _HEADING in self.found else []
        return Liked(
            liked_text="\n".join(self.lines),
            imdb_title_id=numbers[0] if numbers else None,
            title=heading.title if heading else self.text(_HEADING) or None,
            title_type=_type(heading),
            release_year=heading.first_year if heading else None,
            genres=tuple(values.genres(_genre_text(self.text(_GENRES))) or ()),
            rating_average=values.rating(rated[1] if rated else self.text(_RATED)),
            outline=self.text(_OUTLINE) or None,
            directors=_names(self.found.get(_DIRECTED), _DIRECTORS),
            stars=_names(self.found.get(_STARRED), _CAST),
        )


def read(lines: list[Line]) -> list[Liked]:
    """The titles in their order; a block whose heading a capture lost has no title."""
    is_old = any(_STARS.search(line.said[-60:]) or titles.read(line.said) for line in lines)
    entries = _blocks(lines) if is_old else _cards(lines)
    return [entry.liked() for entry in entries]


def _blocks(lines: list[Line]) -> list[_Entry]:
    """The layouts up to 2021: up to six lines for each title."""
    entries: list[_Entry] = []
    for line in lines:
        stage = _stage(line, entries[-1].stage if entries else -1)
        if stage is None:
            continue
        if not entries or stage <= entries[-1].stage:
            entries.append(_Entry())
        entries[-1].add(stage, line)
    return entries


def _cards(lines: list[Line]) -> list[_Entry]:
    """The layout of 2022: a rating, where there is one, before the title."""
    entries: list[_Entry] = []
    for line in lines:
        is_rating = _NUMBER.fullmatch(line.said) is not None and not line.links
        if not line.said or len(line.said) > 300:
            continue
        if not entries or is_rating or entries[-1].stage == _HEADING:
            entries.append(_Entry())
        entries[-1].add(_RATED if is_rating else _HEADING, line)
    return entries


def _stage(line: Line, before: int) -> int | None:
    text = line.said
    if _RATING.fullmatch(text):
        return _RATED
    if _DIRECTORS.match(text):
        return _DIRECTED
    if _CAST.match(text):
        return _STARRED
    if values.genres(_genre_text(text)):
        return _GENRES
    # An outline stands after the rating; it may itself end in a year in brackets.
    if titles.read(text) and (line.links or before != _RATED or len(text) < 80):
        return _HEADING
    return _OUTLINE if before == _RATED and text else None


def _genre_text(text: str) -> str:
    return _CERTIFICATE.sub("", text, count=1)


def _type(heading: titles.Heading | None) -> str | None:
    if not heading:
        return None
    return heading.title_type or ("movie" if heading.first_year else None)


def _names(line: Line | None, label: re.Pattern[str]) -> tuple[str, ...]:
    if not line:
        return ()
    listed = Line(label.sub("", line.said, count=1), line.links)
    return tuple(person.name for person in people.read(listed))
