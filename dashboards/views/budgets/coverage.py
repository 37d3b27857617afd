"""How much is known: by decade, by area of the gross, by currency."""

import streamlit

from dashboards import display, places, table
from dashboards.reader import Release, Row

_AREAS = {"none": "None: a budget alone"}
_CURRENCY_COUNT = 15


def show(release: Release) -> None:
    """Coverage of all that the warehouse knows, whatever is chosen above."""
    streamlit.header("What is known, and what is not")
    streamlit.caption("Of all titles, whatever is chosen above.")
    _by_decade(release)
    _by_area(release)
    _by_currency(release)


def _by_decade(release: Release) -> None:
    streamlit.subheader("By decade")
    table.show(
        release.rows("budgets/coverage"),
        [
            table.Column("Decade", decade),
            _count("Films", "title_count"),
            _count("With a budget", "budget_title_count"),
            _count("With a worldwide gross", "gross_title_count"),
            _count("With both", "return_title_count"),
            table.Column(
                "Share with both", lambda row: display.share(row["return_share"]), is_number=True
            ),
        ],
        caption="Films by decade of release, and those with amounts in US dollars.",
    )


def _by_area(release: Release) -> None:
    streamlit.subheader("By area of the gross")
    table.show(
        release.rows("budgets/areas"),
        [
            table.Column(
                "Widest area known",
                lambda row: _AREAS.get(row["area"], places.area(row["area"])),
                is_long=True,
            ),
            _count("Titles", "title_count"),
            _count("Of them with a budget", "budget_count"),
        ],
        caption="Only a worldwide gross makes a return: the other areas are never mixed with it.",
    )


def _by_currency(release: Release) -> None:
    streamlit.subheader("By currency")
    rows = release.rows("budgets/currencies", row_count=_CURRENCY_COUNT)
    table.show(
        rows,
        [
            table.Column("Currency", lambda row: row["currency_code"] or "None"),
            _count("Budgets stated", "budget_count"),
            table.Column(
                "Share",
                lambda row: display.share(row["budget_count"] / row["all_count"]),
                is_number=True,
            ),
            _count("In US dollars", "usd_count"),
            _count("Amount not known", "unknown_count"),
            _count("No rate", "no_rate_count"),
            _count("No year", "no_year_count"),
        ],
        caption=_currencies(rows),
    )


def _currencies(rows: list[Row]) -> str:
    said = "Budgets as sources state them, and what keeps one from becoming US dollars."
    if rows and rows[0]["currency_count"] > len(rows):
        said += f" The {len(rows)} most frequent of {rows[0]['currency_count']:,} currencies."
    return said


def _count(heading: str, field: str) -> table.Column:
    return table.Column(heading, lambda row: display.number(row[field]), is_number=True)


def decade(row: Row) -> str:
    """`1990s`; what has no year of release says so in one piece."""
    return "No\N{NO-BREAK SPACE}year" if row["decade"] is None else f"{row['decade']}s"
