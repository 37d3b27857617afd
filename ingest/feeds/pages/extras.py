"""Trivia, goofs, quotes, soundtracks and questions: texts that the page shows as they are."""

import re

from ingest.feeds.pages.lines import Fate, Line
from ingest.feeds.pages.page import Fact
from ingest.feeds.pages.sections import Kind

KINDS = {
    Kind.TRIVIA: "trivia",
    Kind.GOOFS: "goof",
    Kind.QUOTES: "quote",
    Kind.CRAZY_CREDITS: "crazy_credit",
    Kind.VERSIONS: "alternate_version",
    Kind.CONNECTIONS: "connection",
    Kind.SOUNDTRACKS: "soundtrack",
    Kind.FAQ: "faq",
}
# A quote and a song take several lines each; of the others each line is one.
_WHOLE = (Kind.QUOTES, Kind.SOUNDTRACKS)
_MORE = re.compile(r"(?:See (?:more|all)|Read (?:more|all)|Show more|Edit)(?: \(Spoiler Alert!\))?")


def read(kind: Kind, lines: list[Line]) -> list[Fact]:
    """The facts of a section, in its order."""
    told = []
    for line in lines:
        if not line.said or _MORE.fullmatch(line.said):
            line.fate = Fate.FURNITURE
        else:
            told.append(re.sub(r"^Q: ", "", line.take()) if kind is Kind.FAQ else line.take())
    if kind in _WHOLE:
        told = ["\n".join(told)] if told else []
    return [Fact(KINDS[kind], text) for text in told]
