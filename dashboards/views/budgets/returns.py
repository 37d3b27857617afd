"""Return by genre and by decade: of the film in the middle, and of all together."""

import altair
import pyarrow
import streamlit

from dashboards import plots
from dashboards.reader import Release, Row
from dashboards.views.budgets.choice import FEW, Choice

_ROW_HEIGHT = 24
# Axis, its title and the legend, in pixels.
_FRAME_HEIGHT = 90
_TICKS = [step * 10**power for power in range(-5, 5) for step in (1, 3)]


def show(release: Release, choice: Choice, figures: Row) -> None:
    """Both measures of groups of films, with the number of films that they rest on."""
    streamlit.header("Return by genre and by decade")
    streamlit.caption(
        "The number of films with both amounts is in brackets; groups of fewer than "
        f"{FEW} are faint. The median film has the middle worldwide gross / budget; all together "
        f"have the sum of grosses / the sum of budgets, in {choice.dollars}. "
        "A film counts in each of its genres; of the titles chosen, "
        f"{figures['genre_return_count']:,} of {figures['return_count']:,} with both amounts have "
        "any genre."
    )
    of_decade = f", {choice.decade}s" if choice.decade else ""
    _groups(release, choice, "genre", f"By genre{of_decade}")
    # A genre's name comes from a feed: it stays out of a heading, which is Markdown.
    _groups(release, choice, "decade", "By decade" + (", chosen genre" if choice.genre else ""))


def _groups(release: Release, choice: Choice, by: str, heading: str) -> None:
    streamlit.subheader(heading)
    groups = release.table(
        "budgets/returns", **choice.dollars_and_genre, decade=choice.decade, by=by, few=FEW
    )
    if not groups.num_rows:
        streamlit.caption("No film here has both a budget and a worldwide gross.")
        return
    labels = list(dict.fromkeys(groups["group_label"].to_pylist()))
    plots.show(
        _chart(groups, labels),
        alt=f"Return on budget of {len(labels)} groups {heading.lower()}, median and pooled",
        height=_FRAME_HEIGHT + _ROW_HEIGHT * len(labels),
    )


def _chart(groups: pyarrow.Table, labels: list[str]) -> altair.LayerChart:
    base = altair.Chart(groups).encode(
        x=altair.X(
            "return_on_budget:Q",
            title="Return (times the budget)",
            scale=altair.Scale(type="log", nice=False, padding=12),
            axis=altair.Axis(values=_TICKS, labelExpr="format(datum.value, '~r') + '×'"),
        ),
        y=altair.Y("group_label:N", title=None, sort=labels, axis=altair.Axis(labelLimit=150)),
        opacity=altair.condition("datum.is_few", altair.value(0.3), altair.value(1)),
    )
    links = base.mark_line(strokeWidth=2, color="gray").encode(detail="group_label:N")
    dots = base.mark_point(filled=True, size=90).encode(
        color=altair.Color("measure:N", title=None, legend=altair.Legend(orient="bottom")),
        shape=altair.Shape("measure:N", title=None),
        tooltip=[
            altair.Tooltip("group_label:N", title="Films"),
            altair.Tooltip("measure:N", title="Measure"),
            altair.Tooltip("return_on_budget:Q", title="Return (times the budget)", format=",.2f"),
            altair.Tooltip("film_count:Q", title="Films with both amounts", format=","),
        ],
    )
    even = altair.Chart(pyarrow.table({"return_on_budget": [1.0]})).mark_rule(
        strokeDash=[6, 4], color="gray"
    )
    return altair.LayerChart(layer=[even.encode(x="return_on_budget:Q"), links, dots])
