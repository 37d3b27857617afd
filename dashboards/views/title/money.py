"""What a title cost and earned: as each source states it, in US dollars, and in real ones."""

from dashboards import markup
from dashboards.reader import Release, Row

_KINDS = {"budget": "Budget", "gross": "Gross", "opening_weekend": "Opening weekend"}
_NO_RATE = {
    "no_release_year": "year of release not known",
    "no_rate": "no rate of that year or the next",
    "no_currency": "currency not stated",
}


def rate(row: Row) -> str:
    """`1.0742 CAD a dollar, 2007`, or why there is no rate; nothing for dollars."""
    basis = row["fx_basis"]
    if basis == "us_dollars":
        return ""
    if row["fx_rate"] is None:
        return _NO_RATE.get(basis, "")
    said = f"{row['fx_rate']:,.4f} {row['currency_code']} a dollar, {row['fx_year']}"
    if basis == "euro":
        return f"{said}, by way of the euro"
    return f"{said}, the nearest year" if basis in ("year_before", "year_after") else said


def show(release: Release, title_id: int) -> None:
    """A row for each amount of each source; sources differ and stand side by side."""
    rows = release.rows("title/money", title_id=title_id)
    real_years = {row["real_year"] for row in rows if row["real_year"]}
    markup.show(
        "title/money.html",
        rows=rows,
        kinds=_KINDS,
        rate=rate,
        real_year=max(real_years, default=None),
    )
