"""Cost against worldwide gross: a point a title, and boxes of those too many to draw."""

import altair
import pyarrow
import pyarrow.compute
import streamlit

from dashboards import plots
from dashboards.reader import Release, Row
from dashboards.views.budgets.choice import MONEY_LABEL, MONEY_TICKS, Choice

# More marks than this are slow to draw; what remains is counted in boxes.
POINT_COUNT = 2_000
# Room around the outermost points, as a factor.
_MARGIN = 1.5
_MONEY_AXIS = altair.Axis(values=MONEY_TICKS[::2], labelExpr=MONEY_LABEL, labelOverlap=True)
_TOOLTIP = [
    altair.Tooltip("primary_title:N", title="Title"),
    altair.Tooltip("release_year:Q", title="Year", format=plots.YEAR),
    altair.Tooltip("budget_usd:Q", title="Budget, USD", format=",.0f"),
    altair.Tooltip("worldwide_gross_usd:Q", title="Worldwide gross, USD", format=",.0f"),
    altair.Tooltip("budget_usd_real:Q", title="Budget, real USD", format=",.0f"),
    altair.Tooltip("worldwide_gross_usd_real:Q", title="Worldwide gross, real USD", format=",.0f"),
    altair.Tooltip("return_on_budget:Q", title="Return (times the budget)", format=",.2f"),
]


def show(release: Release, choice: Choice, figures: Row) -> None:
    """Both amounts on logarithmic axes, with the line where they are equal."""
    streamlit.header("Cost against worldwide gross")
    question = {**choice.titles, "point_count": POINT_COUNT}
    points = release.table("budgets/points", **question)
    boxes = release.table("budgets/bins", **question)
    streamlit.caption(what_is_drawn(points, boxes, choice, figures))
    if not points.num_rows:
        return
    cost, gross = _limits("cost", points, boxes), _limits("gross", points, boxes)
    layers = [_break_even(max(cost[0], gross[0]), min(cost[1], gross[1])), _points(points)]
    if boxes.num_rows:
        layers.insert(0, _boxes(boxes))
    chart = altair.layer(*layers).encode(
        x=altair.X(
            "cost:Q", title=f"Budget ({choice.dollars})", scale=_scale(cost), axis=_MONEY_AXIS
        ),
        y=altair.Y(
            "gross:Q",
            title=f"Worldwide gross ({choice.dollars})",
            scale=_scale(gross),
            axis=_MONEY_AXIS,
        ),
    )
    plots.show(
        chart,
        alt=f"Budget against worldwide gross of {points.num_rows:,} titles in {choice.dollars}, "
        "both on logarithmic axes, with the line where they are equal",
        height=520,
    )


def what_is_drawn(points: pyarrow.Table, boxes: pyarrow.Table, choice: Choice, figures: Row) -> str:
    """In words: which titles are points, which are in boxes, and which are left out."""
    said = [f"{points.num_rows:,} titles with both amounts, each a point"]
    if boxes.num_rows:
        rest = pyarrow.compute.sum(boxes["title_count"]).as_py()
        said = [
            f"The {points.num_rows:,} titles with the largest amounts, each a point; the other "
            f"{rest:,} are counted in boxes, the denser the more"
        ]
    unpriced = figures["return_count"] - figures["real_return_count"]
    if choice.is_real and unpriced:
        said.append(f"Not drawn, as the prices of their year are unknown: {unpriced:,}")
    said.append("On the line, a title earned what it cost; a click on a point opens it")
    return f"{'. '.join(said)}."


def _limits(field: str, *tables: pyarrow.Table) -> tuple[float, float]:
    amounts = [amount for table in tables for amount in table[field].to_pylist()]
    return min(amounts) / _MARGIN, max(amounts) * _MARGIN


def _scale(limits: tuple[float, float]) -> altair.Scale:
    return altair.Scale(type="log", domain=list(limits), nice=False)


def _points(points: pyarrow.Table) -> altair.Chart:
    drawn: altair.Chart = altair.Chart(points).mark_circle(size=42, opacity=0.6)
    return drawn.encode(
        color=altair.Color("outcome:N", title=None, legend=altair.Legend(orient="bottom")),
        href="address:N",
        tooltip=_TOOLTIP,
    )


def _boxes(boxes: pyarrow.Table) -> altair.Chart:
    drawn: altair.Chart = altair.Chart(boxes).mark_rect(color="gray")
    return drawn.encode(
        x2="cost_end",
        y2="gross_end",
        opacity=altair.Opacity(
            "title_count:Q",
            scale=altair.Scale(type="log", range=[0.15, 0.8]),
            legend=None,
        ),
        tooltip=[altair.Tooltip("title_count:Q", title="Titles in this box", format=",")],
    )


def _break_even(low: float, high: float) -> altair.Chart:
    ends = pyarrow.table({"cost": [low, high], "gross": [low, high]})
    drawn: altair.Chart = altair.Chart(ends).mark_line(strokeDash=[6, 4], clip=True, color="gray")
    return drawn
