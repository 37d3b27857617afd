"""A person's credits: one kind at a time, in the order that is asked for, a page at a time."""

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal

import streamlit

from dashboards import display, links, markup, table
from dashboards.reader import Row

_PAGE = 25
_PAGE_KEY = "page"
_UNDATED = -1

# How the works can be ordered: each key sorts upwards, what is unknown last.
ORDERS: dict[str, Callable[[Row], tuple[float | Decimal, ...]]] = {
    "newest first": lambda work: (-(work["last_year"] or _UNDATED), work["work_id"]),
    "oldest first": lambda work: (work["first_year"] or float("inf"), work["work_id"]),
    "best rated": lambda work: (
        -(work["rating_average"] or 0),
        -(work["vote_count"] or 0),
        work["work_id"],
    ),
    "most votes": lambda work: (-(work["vote_count"] or 0), work["work_id"]),
    "most episodes": lambda work: (-(work["episode_count"] or 0), work["work_id"]),
}


def show(works: Sequence[Row]) -> None:
    """Choose a kind and an order, and see a page of works."""
    streamlit.header("Credits", anchor=False)
    if not works:
        table.show([], [], caption="", empty="No title credits this person.")
        return
    counts = Counter(_kind(work) for work in works)
    markup.show("person/kinds.html", kinds=counts.most_common())
    kind, order = _chosen(works, [name for name, _ in counts.most_common()])
    credited = sorted((work for work in works if _kind(work) == kind), key=ORDERS[order])
    pages = -(-len(credited) // _PAGE)
    page = 1
    if pages > 1:
        page = streamlit.pagination(pages, key=_PAGE_KEY, bind="query-params")
    first = (page - 1) * _PAGE
    shown = credited[first : first + _PAGE]
    span = f", {first + 1:,} to {first + len(shown):,} of {len(credited):,}" if pages > 1 else ""
    table.show(shown, columns(shown), caption=f"{kind}: {order}{span}.")


def _kind(work: Row) -> str:
    return display.category(work["category"])


def _chosen(works: Sequence[Row], kinds: Sequence[str]) -> tuple[str, str]:
    """A kind and an order. Boxes show options as they are; labels of pills would be Markdown."""
    row = streamlit.container(horizontal=True)
    kind = row.selectbox(
        "Kind of credit",
        kinds,
        key="credits",
        bind="query-params",
        on_change=_to_first_page,
        width=260,
    )
    orders = list(ORDERS)
    if not any(work["episode_count"] for work in works if _kind(work) == kind):
        orders.remove("most episodes")
    order = row.selectbox(
        "Order",
        orders,
        key="order",
        bind="query-params",
        on_change=_to_first_page,
        width=260,
    )
    return kind, order


def _to_first_page() -> None:
    """Page 4 of one kind, or in one order, is not page 4 of another."""
    if _PAGE_KEY in streamlit.session_state:
        streamlit.session_state[_PAGE_KEY] = 1


def columns(works: Sequence[Row]) -> list[table.Column]:
    """The columns that have something to say about these works."""
    number = display.number
    made = [
        table.Column("Years", lambda work: display.years(work["first_year"], work["last_year"])),
        table.Column("Title", _title, href=lambda work: links.title(work["work_id"]), is_long=True),
        table.Column("Type", lambda work: display.title_type(work["title_type"])),
    ]
    if any(work["characters"] for work in works):
        made.append(table.Column("As", _characters, is_long=True))
    if any(_job(work) for work in works):
        made.append(table.Column("Job", _job, is_long=True))
    if any(work["episode_count"] for work in works):
        made.append(table.Column("Episodes", _episodes, is_number=True))
    return [
        *made,
        table.Column("Rating", lambda work: display.rating(work["rating_average"]), is_number=True),
        table.Column("Votes", lambda work: number(work["vote_count"]), is_number=True),
    ]


def _title(work: Row) -> str:
    return display.title_name(work["primary_title"], work["work_id"])


def _characters(work: Row) -> str:
    return ", ".join(work["characters"] or ())


def _job(work: Row) -> str:
    """What was done, where that says more than the kind of credit does."""
    job = str(work["job"] or "")
    return "" if job.casefold() == display.category(work["category"]).casefold() else job


def _episodes(work: Row) -> str:
    return display.number(work["episode_count"]) if work["episode_count"] else ""
