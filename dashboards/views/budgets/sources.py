"""Which source states what, which of them counts, and how far they lie apart."""

import streamlit

from dashboards import display, table
from dashboards.reader import Release, Row

_ROW_COUNT = 15
_STEPS = {
    1: "The same, within 1 %",
    2: "Up to 1.1×",
    3: "Up to 2×",
    4: "Up to 10×",
    5: "More than 10×",
}


def show(release: Release) -> None:
    """Sources in the order of trust, and where they disagree."""
    streamlit.subheader("By source")
    table.show(
        release.rows("budgets/sources"),
        [
            table.Column("Source", lambda row: display.source(row["source"]), is_long=True),
            _count("Budgets stated", "budget_count"),
            _count("In US dollars", "usd_count"),
            _count("Budget counts", "counted_count"),
            _count("Grosses worldwide", "worldwide_count"),
            _count("USA and Canada", "domestic_count"),
            _count("Area not stated", "unspecified_count"),
            _count("One country", "country_count"),
        ],
        caption="In the order of trust: where several state a title's amount, the first of them "
        "counts; within a source, the latest.",
    )
    _disagreement(release)


def _disagreement(release: Release) -> None:
    streamlit.subheader("Where budgets disagree")
    table.show(
        release.rows("budgets/agreement"),
        [
            table.Column("Highest / lowest", lambda row: _STEPS[row["step"]], is_long=True),
            _count("Titles", "title_count"),
            table.Column("Share", lambda row: display.share(row["title_share"]), is_number=True),
        ],
        caption="Titles with more than one budget in US dollars, by the highest over the lowest.",
        empty="No title has more than one budget in US dollars.",
    )
    table.show(
        release.rows("budgets/disagreements", row_count=_ROW_COUNT),
        [
            table.TITLE,
            table.YEAR,
            table.Column(
                "Highest / lowest",
                lambda row: display.times(row["budget_spread_ratio"]),
                is_number=True,
            ),
            table.Column("Counts", lambda row: display.source(row["budget_source"])),
            table.Column("Stated", stated, is_long=True),
        ],
        caption="The titles whose budgets lie furthest apart, compared in US dollars.",
        empty="All budgets of one title agree within 1 %.",
    )


def stated(row: Row) -> str:
    """What each source states, the highest first: `TMDB USD 2,000,000; Wikidata EUR 900,000`."""
    return "; ".join(
        f"{display.source(budget['source'])} "
        f"{display.money(budget['amount'], budget['currency_code'])}"
        for budget in row["budgets"]
    )


def _count(heading: str, field: str) -> table.Column:
    return table.Column(heading, lambda row: display.number(row[field]), is_number=True)
