"""The titles that returned, lost, cost and grossed most."""

import streamlit

from dashboards import display, downloads, table
from dashboards.reader import Release, Row
from dashboards.views.budgets.choice import Choice

_ROW_COUNT = 20
_FIRST = "Biggest returns"
# What is asked, as the query names it, and what the answer means.
_RANKINGS = {
    _FIRST: ("return", "Worldwide gross / budget, the largest first."),
    "Biggest losses": (
        "loss",
        "Worldwide gross − budget, the lowest first. What cinemas keep and what advertising cost "
        "is unknown: true losses are larger.",
    ),
    "Highest budgets": ("budget", "Of titles whose worldwide gross is known, too."),
    "Highest grosses": ("gross", "Worldwide, of titles whose budget is known, too."),
}


def show(release: Release, choice: Choice) -> None:
    """A table of the titles that were chosen, by one of four measures."""
    streamlit.header("The extremes")
    ranking = streamlit.segmented_control(
        "Ranked by",
        list(_RANKINGS),
        default=_FIRST,
        required=True,
        key="ranking",
        bind="query-params",
    )
    # An address can name none.
    by, meaning = _RANKINGS[ranking or _FIRST]
    question = {**choice.titles, "by": by, "row_count": _ROW_COUNT}
    table.show(
        release.rows("budgets/ranking", **question),
        _COLUMNS,
        caption=f"{meaning} {_ROW_COUNT} titles at most, in {choice.dollars}; the budget as stated "
        "is in its currency.",
        empty="No title chosen is among them. Fewer filters find more.",
    )
    downloads.offer(
        release,
        release.table("budgets/ranking", **question),
        f"budgets_{by}",
        ["rpt_budget_performance", "fct_budgets"],
    )


def _difference(row: Row) -> str:
    return display.change(row["difference"], 0)


def _stated(row: Row) -> str:
    stated = display.money(row["amount"], row["currency_code"])
    return f"estimated {stated}" if row["is_estimated"] else stated


def _sources(row: Row) -> str:
    """Whose budget and whose gross count; one name where they are the same."""
    names = dict.fromkeys(
        display.source(row[name]) for name in ("budget_source", "worldwide_gross_source")
    )
    return " / ".join(names)


_COLUMNS = [
    table.TITLE,
    table.YEAR,
    table.Column("Return", lambda row: display.times(row["return_on_budget"]), is_number=True),
    table.Column("Gross − budget", _difference, is_number=True),
    table.Column("Budget", lambda row: display.money(row["cost"], "USD"), is_number=True),
    table.Column("Worldwide gross", lambda row: display.money(row["gross"], "USD"), is_number=True),
    table.Column("Budget as stated", _stated, is_number=True),
    table.Column("Sources", _sources, is_long=True),
]
