"""Charts: one size, one way to write axes, and words for whoever does not see them.

Colours and type are the theme's (`.streamlit/config.toml`); Streamlit hands them to Vega.
"""

from collections.abc import Sequence

import altair
import pyarrow
import streamlit

# d3's formats: years without separators, counts and money with three figures and a letter.
YEAR = "d"
COUNT = "~s"
HEIGHT = 340


def show(chart: altair.Chart | altair.LayerChart, *, alt: str, height: int = HEIGHT) -> None:
    """Put a chart on the page, as wide as the page is. `alt` says what it shows."""
    streamlit.altair_chart(chart.properties(height=height), width="stretch", alt=alt)


def years(field: str, title: str = "Year") -> altair.X:
    """A horizontal axis of years."""
    axis = altair.Axis(format=YEAR, grid=False, labelOverlap=True, tickMinStep=1)
    return altair.X(field, type="quantitative", title=title, axis=axis, scale=_TIGHT)


def counts(field: str, title: str) -> altair.Y:
    """A vertical axis that counts something, from zero."""
    axis = altair.Axis(format=COUNT, tickCount=5, tickMinStep=1)
    return altair.Y(field, type="quantitative", title=title, axis=axis)


def lines(
    data: altair.Data | pyarrow.Table,
    y: altair.Y,
    *,
    series: str,
    tooltips: Sequence[altair.Tooltip],
    open_year: int | None = None,
) -> altair.LayerChart:
    """A line for each `series` over `release_year`; an empty value is a gap.

    `series` is what the column is called to people, `open_year` a year that is not over.
    """
    names = altair.Legend(orient="bottom", columns=4, symbolStrokeWidth=3)
    drawn = altair.Chart(data).encode(
        x=years("release_year", "Year of release"),
        y=y,
        color=altair.Color("series:N", title=None, legend=names),
    )
    said = [
        altair.Tooltip("series:N", title=series),
        altair.Tooltip("release_year:Q", title="Year", format=YEAR),
        *tooltips,
    ]
    # Points that nobody sees are wide enough to be pointed at.
    points = drawn.mark_point(size=120, opacity=0).encode(tooltip=said)
    layers = [drawn.mark_line(strokeWidth=2), points]
    if open_year is not None:
        layers.insert(0, _unfinished(open_year))
    return altair.layer(*layers)


def _unfinished(year: int) -> altair.Chart:
    span = altair.Data(values=[{"from": year - 0.5, "to": year + 0.5}])
    return (
        altair.Chart(span)
        .mark_rect(opacity=0.15, color="gray")
        .encode(x=altair.X("from:Q"), x2=altair.X2("to"))
    )


_TIGHT = altair.Scale(zero=False, nice=False)
