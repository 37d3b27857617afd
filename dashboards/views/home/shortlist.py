"""A few titles under a heading, each with the figure that it is here for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboards import display, markup
from dashboards.reader import Row

# How many titles a list has.
LENGTH = 5


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Titles, what stands beside each name, its figure, and where there are more."""

    heading: str
    note: str
    rows: Sequence[Row]
    figure: Callable[[Row], str]
    beside: Callable[[Row], str]
    more: str | None = None
    more_text: str = ""


def show(lists: Sequence[Shortlist], heading: str | None = None) -> None:
    """Put the lists side by side; those without titles take no room."""
    if any(shortlist.rows for shortlist in lists):
        markup.show("home/lists.html", heading=heading, lists=lists)


def rating(row: Row) -> str:
    """The figure of most lists."""
    return display.rating(row["rating_average"])


def year(row: Row) -> str:
    """What stands beside a film; nothing where the year is unknown."""
    return display.year(row["release_year"]) if row["release_year"] else ""


def type_and_year(row: Row) -> str:
    """What stands beside a title of any type."""
    return " · ".join(part for part in (display.title_type(row["title_type"]), year(row)) if part)
