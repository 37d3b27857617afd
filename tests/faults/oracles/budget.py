"""One record of a file of budgets, and how numbers, dates and ids are written in any."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from ingest import digest
from tests.unit.ingest import oracle

Row = tuple[Any, ...]
_NUMBER = r"[+-]?[0-9]{1,18}(\.[0-9]{1,6})?|[+-]?[0-9](\.[0-9]{1,17})?[eE][+]?[0-9]{1,2}"


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount that a record states; with a `reason`, nobody can know it."""

    column: str
    kind: str
    area: str | None
    amount: Decimal | None
    currency: str | None
    as_of: date | None
    reason: str | None

    def says(self) -> Row:
        return self.amount, self.currency, self.as_of


@dataclass(frozen=True, slots=True)
class Record:
    """One record, with what it says or the reason why it says nothing."""

    line: int
    reason: str | None = None
    column: str | None = None
    film: Row = ()
    amounts: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """What an amount is, and where it stands."""

    column: str
    name: str
    area: str | None
    complaint: str = "not a number"
    currency: str | None = "USD"
    as_of: date | None = None

    def stated(self, value: Decimal | None, more: Iterable[str] = ()) -> Stated:
        """The amount, with the first reason against it; `more` are those of the format."""
        reason = None
        if value is None:
            reason = self.complaint
        elif value >= 10**16:
            reason = "more than sixteen digits"
        elif value != round(value, 2):
            reason = "its point may part thousands or cents"
        reason = reason or next(iter(more), None)
        amount = round(value, 2) if reason is None and value and value > 0 else None
        return Stated(self.column, self.name, self.area, amount, self.currency, self.as_of, reason)


def number(text: str) -> Decimal | None:
    """A number as programs write it."""
    return decimal(text) if re.fullmatch(_NUMBER, text) else None


def decimal(text: str) -> Decimal | None:
    """A number as wide as DuckDB's decimal(38, 6)."""
    try:
        made = Decimal(text)
    except InvalidOperation:
        return None
    if abs(made) >= Decimal(10) ** 32:
        return None
    return Decimal(int((made * 10**6).to_integral_value(ROUND_HALF_UP))) / 10**6


def whole(text: str | None) -> int | None:
    """An id that is a number, which some programs made a float of."""
    found = re.fullmatch(r"([0-9]{1,18})(\.0+)?", text or "")
    return int(found[1]) if found else None


def title_id(text: str | None) -> object:
    """IMDb's id of a title."""
    found = oracle.READ["title_id"](text or "")
    return None if found is oracle.BAD else found


def day(text: str | None, form: str = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}") -> date | None:
    """A day as ISO 8601 writes it."""
    try:
        return date.fromisoformat((text or "")[:10]) if re.fullmatch(form, text or "") else None
    except ValueError:
        return None


def film(source: str, key: str, **said: object) -> Row:
    """A film's columns, without where it stands."""
    shown = said.get("day")
    year = said.get("year") or (shown.year if isinstance(shown, date) else None)
    named = [said.get(name) for name in ("title_id", "qid", "tmdb", "title", "original")]
    return (source, key, -digest.number(f"{source} {key}"), *named, year, shown)
