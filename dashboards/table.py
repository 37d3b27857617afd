"""Tables of a few hundred rows at most: real HTML, with aligned numbers and links in cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboards import display, links, markup
from dashboards.reader import Row


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what a row shows in it, as text, and where that leads.

    `is_number` aligns right; `is_long` keeps a column of sentences from becoming a thread; `bar`
    draws a line under the text, whose length is a share of 1.
    """

    heading: str
    text: Callable[[Row], object]
    href: Callable[[Row], str | None] | None = None
    is_number: bool = False
    is_long: bool = False
    bar: Callable[[Row], float | None] | None = None


TITLE = Column(
    "Title",
    lambda row: display.title_name(row["primary_title"], row["title_id"]),
    href=lambda row: links.title(row["title_id"]),
    is_long=True,
)
YEAR = Column("Year", lambda row: display.year(row["release_year"]), is_number=True)


def show(
    rows: Sequence[Row], columns: Sequence[Column], *, caption: str, empty: str = "Nothing here."
) -> None:
    """Put the rows on the page; without rows, say why there are none (`empty`).

    `caption` says what a row is, and is read to whoever does not see the table.
    """
    markup.show("table.html", rows=rows, columns=columns, caption=caption, empty=empty)
