"""What titles cost, decade by decade."""

import altair
import streamlit

from dashboards import plots
from dashboards.reader import Release
from dashboards.views.budgets.choice import FEW, MONEY_LABEL, MONEY_TICKS, Choice


def show(release: Release, choice: Choice) -> None:
    """The budget in the middle of each decade, and the half of titles around it."""
    decades = release.table("budgets/decades", **choice.dollars_and_genre, few=FEW)
    if not decades.num_rows:
        return
    streamlit.header("Budgets over the decades")
    streamlit.caption(
        "The dot is the median budget, the bar the half of titles around it (between the "
        f"quartiles). Decades with fewer than {FEW} known budgets are faint."
    )
    base = altair.Chart(decades).encode(
        x=altair.X(
            "decade:O",
            title="Decade of release",
            axis=altair.Axis(labelAngle=0, labelOverlap=True, labelExpr="datum.label + 's'"),
        ),
        tooltip=[
            altair.Tooltip("decade:O", title="Decade"),
            altair.Tooltip("title_count:Q", title="Known budgets", format=","),
            altair.Tooltip("lower_cost:Q", title="A quarter cost less, USD", format=",.0f"),
            altair.Tooltip("median_cost:Q", title="Median, USD", format=",.0f"),
            altair.Tooltip("upper_cost:Q", title="A quarter cost more, USD", format=",.0f"),
        ],
    )
    amount = altair.Y(
        "lower_cost:Q",
        title=f"Budget ({choice.dollars})",
        scale=altair.Scale(type="log", nice=False, padding=12),
        axis=altair.Axis(values=MONEY_TICKS, labelExpr=MONEY_LABEL),
    )
    bars = base.mark_bar(width=10).encode(
        y=amount,
        y2="upper_cost:Q",
        opacity=altair.condition("datum.is_few", altair.value(0.12), altair.value(0.4)),
    )
    dots = base.mark_point(filled=True, size=90).encode(
        y="median_cost:Q",
        opacity=altair.condition("datum.is_few", altair.value(0.3), altair.value(1)),
    )
    plots.show(bars + dots, alt=f"Median and middle half of budgets by decade in {choice.dollars}")
