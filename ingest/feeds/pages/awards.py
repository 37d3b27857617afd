"""What a title won: the line itself, and its counts."""

import re

from ingest.feeds.pages.lines import Line
from ingest.feeds.pages.page import Fact

_RANK = re.compile(r"(?:Top 250|Top [Rr]ated (?:movie|TV|Indian movie|title)s?|Bottom 100) #\d+")
_PRIZE = r"(?:(?:Won|Nominated for) \d+ [^.|]{1,60})"
_COUNTS = r"(?:(?:Another )?(?:\d+ wins?(?: & \d+ nominations?)?|\d+ nominations?)(?: total)?)"
_LINE = re.compile(rf"(?:{_PRIZE}|(?:{_PRIZE}\. ?)?{_COUNTS})\.?")


def holds(text: str) -> bool:
    """Whether a line is one of awards, or of a rank among the best."""
    parts = [part.strip() for part in text.split(" | ")]
    return len(text) < 200 and all(_RANK.fullmatch(part) or _LINE.fullmatch(part) for part in parts)


def read(lines: list[Line]) -> list[Fact]:
    """The awards as written, their counts, and the rank.

    Counts are of the title: a prize that is named ("Won 4 Oscars. Another 34 wins") counts among
    the wins, as the layout of 2022 does where it says "38 wins total".
    """
    parts = [
        part.strip() for line in lines if holds(line.said) for part in line.take().split(" | ")
    ]
    said = [part for part in parts if not _RANK.fullmatch(part)]
    facts = [Fact("ranking", part) for part in parts if _RANK.fullmatch(part)]
    if not said:
        return facts
    text = ". ".join(part.rstrip(".") for part in said) + ("." if said[0].endswith(".") else "")
    return [*facts, Fact("awards", text), *_counts(text)]


def _counts(text: str) -> list[Fact]:
    total = re.search(r"(?:(\d+) wins?)?(?: & )?(?:(\d+) nominations?)? total", text)
    if total:
        wins, nominations = int(total[1] or 0), int(total[2] or 0)
    else:
        wins = _sum(r"(?:Won (\d+) |(\d+) wins?\b)", text)
        nominations = _sum(r"(?:Nominated for (\d+) |(\d+) nominations?\b)", text)
    return [
        Fact(kind, str(count))
        for kind, count in (("award_win_count", wins), ("award_nomination_count", nominations))
        if count
    ]


def _sum(form: str, text: str) -> int:
    return sum(int(first or second) for first, second in re.findall(form, text))
