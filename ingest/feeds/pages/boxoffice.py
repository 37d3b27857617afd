"""A page's money: the budget, what a title earned, where and until when."""

import re
from collections.abc import Iterator
from datetime import date

from ingest import money, reference
from ingest.feeds.pages import dates
from ingest.feeds.pages.blocks import Block
from ingest.feeds.pages.lines import Fate, Line
from ingest.feeds.pages.page import Amount, Page, RejectedAmount
from ingest.feeds.pages.sections import Kind

_KINDS = {Kind.BUDGET: "budget", Kind.OPENING: "opening_weekend", Kind.GROSS: "gross"}
# What IMDb called "USA" was the domestic market, the USA and Canada, and is called so since 2019.
_AREAS = {
    "usa": "domestic",
    "us": "domestic",
    "us & canada": "domestic",
    "united states": "domestic",
    "domestic": "domestic",
    "worldwide": "worldwide",
}
_LABEL_AREA = re.compile(r"\b(usa|us & canada|us|worldwide|domestic)\b")
_BRACKETS = re.compile(r"\s*\(([^()]{1,60})\)")
_ASIDE = re.compile(r"estimated|est\.?|[\d,]+ screens?", re.IGNORECASE)
_DATED = re.compile(r", (?:\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})")
_AMOUNT = re.compile(r"[\d,.]{2,}|^\D{1,4} ?\d")


def read(block: Block, page: Page) -> None:
    """Read the amounts of a field, or of a section whose labels a capture lost."""
    kind = _KINDS.get(block.kind)
    for line in block.open():
        text = line.said
        written = dates.day(text)
        if written and kind and block.kind is not Kind.BUDGET:
            _date_last(page, kind, written, line)
        elif 0 < len(text) < 200 and _AMOUNT.search(text):
            line.fate = Fate.CONSUMED
            _add(page, text, kind or _unlabelled(text), block.label)


def _unlabelled(text: str) -> str:
    return "budget" if "(estimated)" in text else ""


def _add(page: Page, text: str, kind: str, label: str) -> None:
    try:
        amount = _amount(text, kind, label)
    except ValueError as error:
        page.rejected_amounts.append(RejectedAmount(text, str(error)))
        return
    same = [
        other
        for other in page.amounts
        if (other.amount_kind, other.area) == (amount.amount_kind, amount.area)
    ]
    if not same:
        page.amounts.append(amount)
    elif amount != same[0]:
        page.rejected_amounts.append(RejectedAmount(text, "another amount of its kind and area"))


def _amount(text: str, kind: str, label: str) -> Amount:
    """Read one amount with its area and date; ValueError says why it is none."""
    if not kind:
        raise ValueError("no label says what the amount is")
    area, as_of = _of_label(label, kind), None
    for note in _notes(text):
        as_of = dates.day(note) or as_of
        area = _area(note) or area
        if kind != "budget" and not (dates.day(note) or _area(note) or _ASIDE.fullmatch(note)):
            raise ValueError("what stands in brackets is no area and no date that is known")
    bare = _DATED.split(_BRACKETS.sub("", text))[0].strip()
    is_estimated = "(estimated)" in text
    found = money.parse(bare)
    if found.amount <= 0:
        raise ValueError("zero or less: unknown")
    return Amount(kind, area, found.amount, found.currency_code, is_estimated, as_of)


def _notes(text: str) -> Iterator[str]:
    """Brackets and what follows a comma: `(Germany) (23 May 2003)`, `, 27 November 1983`."""
    yield from _BRACKETS.findall(text)
    for found in _DATED.findall(text):
        yield found[2:]


def _of_label(label: str, kind: str) -> str:
    found = _LABEL_AREA.search(label) if kind != "budget" else None
    return _AREAS[found[1]] if found else "unspecified"


def _area(note: str) -> str | None:
    if note.lower() == "non-usa":
        raise ValueError("the area is all but one country")
    return _AREAS.get(note.lower()) or reference.country_code(note)


def _date_last(page: Page, kind: str, written: date, line: Line) -> None:
    """In the layout of 2022 the date stands on the line after the amount."""
    last = page.amounts[-1] if page.amounts else None
    if last and last.amount_kind == kind and last.as_of_date is None:
        page.amounts[-1] = Amount(
            last.amount_kind, last.area, last.amount, last.currency_code, last.is_estimated, written
        )
        line.fate = Fate.CONSUMED
