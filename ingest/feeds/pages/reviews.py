"""Viewers' reviews as a title page shows them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ingest import digest
from ingest.feeds.pages import dates, values
from ingest.feeds.pages.lines import Fate, Line
from ingest.feeds.pages.page import Review

_META = re.compile(
    r"(?P<date>\d{1,2} [A-Z][a-z]+ \d{4}) \| by ?(?P<who>[^()]*?)(?: ?\((?P<place>.+)\))?"
    r" ?[\u2013-] ?(?:See all my reviews)?"
)
_VOTES = re.compile(
    r"(?P<helpful>[\d,]+) (?:of|out of) (?P<votes>[\d,]+) (?:people|users) found th(?:is|e).{0,120}"
)
_HELPFUL = re.compile(r"[Hh]elpful ?\u2022 ?(\d[\d,]*(?:\.\dK)?K?)")
_RATING = re.compile(r"(10|[1-9])/10")
_SAID_RATING = re.compile(r"(10|[1-9]) (?:out of 10|/ ?10)(?: stars?)?\.?")
_SPOILER = re.compile(
    r"\W*(?:This (?:review|comment) (?:may )?contains? spoilers|Warning: Spoilers|Spoilers)\W*"
)
_COUNT = re.compile(r"\d[\d,]*(?:\.\d)?K?")


@dataclass(slots=True)
class _Draft:
    said: dict[str, object] = field(default_factory=dict)
    body: list[Line] = field(default_factory=list)

    def review(self) -> Review | None:
        """The review; None where no body was found."""
        text = ""
        for line in self.body:
            text += ("\n\n" if line.is_paragraph else "\n") * bool(text) + line.text
            line.fate = Fate.CONSUMED
        if not text:
            return None
        said = {"rating_10": _said_rating(self.body), **self.said}
        record = "\x1f".join(str(said.get(name)) for name in _NAMED) + "\x1f" + text
        return Review(text, digest.content(text), digest.number(record), **said)  # type: ignore[arg-type]


_NAMED = ("source_review_id", "reviewer", "headline", "review_date", "rating_10")


def read(lines: Sequence[Line]) -> list[Review]:
    """Every review of the section."""
    dated = next((at for at, line in enumerate(lines) if _META.fullmatch(line.text[:300])), None)
    draft = _Draft()
    if dated is not None:
        _read_old(lines, dated, draft)
    else:
        _read_cards(lines, draft)
    review = draft.review()
    return [review] if review else []


def _read_old(lines: Sequence[Line], dated: int, draft: _Draft) -> None:
    """Up to 2021: stars, headline, a line of date and author, the body, the votes."""
    _read_meta(lines[dated], draft)
    for line in lines[:dated]:
        _read_top(line, draft)
    for line in lines[dated + 1 :]:
        if found := _VOTES.match(line.text[:300]):
            _take_votes(draft, line, _count(found["helpful"]), _count(found["votes"]))
            return
        if _SPOILER.fullmatch(line.text[:80]):
            line.fate = Fate.CONSUMED
            draft.said["is_spoiler"] = True
        elif line.text.startswith("Was this review helpful to you?"):
            line.fate = Fate.FURNITURE
            return
        elif not re.fullmatch(r"Review this title.*|See all .{0,20}user reviews.*", line.said):
            draft.body.append(line)


def _read_meta(line: Line, draft: _Draft) -> None:
    found = _META.fullmatch(line.text[:300])
    if not found:
        return
    line.fate = Fate.CONSUMED
    draft.said["review_date"] = dates.day(found["date"])
    draft.said["reviewer"] = found["who"].strip() or None
    draft.said["reviewer_location"] = found["place"]


def _read_top(line: Line, draft: _Draft) -> None:
    if found := _RATING.fullmatch(line.text):
        draft.said["rating_10"] = int(found[1])
    elif _SPOILER.fullmatch(line.text[:80]):
        draft.said["is_spoiler"] = True
    elif "headline" not in draft.said and line.said and len(line.text) < 500:
        stars = re.fullmatch(r"(10|[1-9])/10 (.+)", line.text)
        draft.said["headline"] = stars[2] if stars else line.text
        draft.said |= {"rating_10": int(stars[1])} if stars else {}
    else:
        return
    line.fate = Fate.CONSUMED


def _read_cards(lines: Sequence[Line], draft: _Draft) -> None:
    """Since 2021: stars, headline, the body, votes for and against, author, date."""
    end = next((at for at, line in enumerate(lines) if _HELPFUL.fullmatch(line.text)), None)
    if end is None:
        return
    for line in lines[:end]:
        if line.fate is not None or line.text.lower() in ("review", "featured review"):
            line.fate = line.fate or Fate.FURNITURE
        elif _is_top(line, draft):
            _read_top(line, draft)
        else:
            draft.body.append(line)
    _read_tail(lines[end:], draft)


def _is_top(line: Line, draft: _Draft) -> bool:
    is_mark = _RATING.fullmatch(line.text) or _SPOILER.fullmatch(line.text[:80])
    return is_mark is not None or "headline" not in draft.said


def _read_tail(lines: Sequence[Line], draft: _Draft) -> None:
    found = _HELPFUL.fullmatch(lines[0].text)
    helpful = _count(found[1]) if found else None
    _take_votes(draft, lines[0], helpful, None)
    for line in lines[1:4]:
        written = dates.day(line.said)
        if written:
            _take(draft, line, "review_date", written)
            return
        if _COUNT.fullmatch(line.said) and not line.links:
            against = _count(line.said)
            known = helpful is not None and against is not None
            _take_votes(draft, line, helpful, helpful + against if known else None)  # type: ignore[operator]
        elif len(line.said) <= 80 and "reviewer" not in draft.said:
            _take(draft, line, "reviewer", line.said)


def _take(draft: _Draft, line: Line, name: str, value: str | date) -> None:
    draft.said[name] = value
    line.fate = Fate.CONSUMED


def _take_votes(draft: _Draft, line: Line, helpful: int | None, votes: int | None) -> None:
    line.fate = Fate.CONSUMED
    draft.said |= {"helpful_count": helpful, "vote_count": votes}
    if found := re.fullmatch(r"ynd_(?:rw)?(\d{1,12})", line.anchor):
        draft.said["source_review_id"] = f"rw{int(found[1]):07d}"


def _count(text: str) -> int | None:
    number = values.whole(text)
    return number if number is not None and number < 1_000_000_000 else None


def _said_rating(body: list[Line]) -> int | None:
    """The stars that the last paragraph gives, where it gives nothing else."""
    found = _SAID_RATING.fullmatch(body[-1].text) if body else None
    return int(found[1]) if found else None
