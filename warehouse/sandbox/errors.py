"""Why a statement has no answer."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the statement, in characters; `line` and `column` begin at 1."""

    start: int
    length: int
    line: int
    column: int


class QueryError(Exception):
    """The statement has no answer; the message says why, and may quote anything that is stored."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place


class RefusedError(QueryError):
    """It is not run here, whatever it would answer."""


class LimitError(QueryError):
    """It was stopped."""

    def __init__(self, message: str, limit: Literal["time", "memory", "size"]) -> None:
        super().__init__(message)
        self.limit = limit


def place(statement: str, start: int, length: int) -> Place:
    """The place of so many bytes of the statement."""
    encoded = statement.encode()
    before = encoded[:start].decode(errors="ignore")
    within = encoded[start : start + length].decode(errors="ignore")
    line_start = before.rfind("\n") + 1
    return Place(len(before), len(within), before.count("\n") + 1, len(before) - line_start + 1)


def too_long(seconds: float) -> LimitError:
    """It took its time."""
    return LimitError(f"stopped after {seconds:g} seconds, the limit of one query", "time")


def too_large(memory_bytes: int) -> LimitError:
    """It took its memory."""
    gib = memory_bytes / 1024**3
    return LimitError(
        f"stopped: it needs more memory than the {gib:g} GiB that one query may take", "memory"
    )
