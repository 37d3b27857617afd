"""Dates as title pages write them, in English."""

import re
from datetime import date

_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {
    **{name: number for number, name in enumerate(_NAMES, start=1)},
    **{name[:3]: number for number, name in enumerate(_NAMES, start=1)},
    "sept": 9,
}
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>1[89]\d\d|2[01]\d\d)"
_FORMS = (
    ("day", re.compile(rf"(?P<day>\d{{1,2}}) {_MONTH},? {_YEAR}")),
    ("day", re.compile(rf"{_MONTH} (?P<day>\d{{1,2}}), {_YEAR}")),
    ("day", re.compile(rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)")),
    ("month", re.compile(rf"{_MONTH},? {_YEAR}")),
    ("year", re.compile(_YEAR)),
)


def read(text: str) -> tuple[date, str] | None:
    """The first day that a date may mean, and its precision: day, month or year."""
    for precision, form in _FORMS:
        if found := form.fullmatch(text.strip()):
            return _date(found.groupdict(), precision)
    return None


def day(text: str) -> date | None:
    """The day that a text is, if it is one."""
    found = read(text)
    return found[0] if found and found[1] == "day" else None


def _date(parts: dict[str, str], precision: str) -> tuple[date, str] | None:
    month = int(parts.get("number") or _MONTHS.get((parts.get("month") or "jan").lower(), 0))
    try:
        return date(int(parts["year"]), month, int(parts.get("day") or 1)), precision
    except ValueError:
        return None
