"""Charts: one size, one way to write axes, and words for whoever does not see them.

Colours and type are the theme's (`.streamlit/config.toml`); Streamlit hands them to Vega.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import altair
import pyarrow
import streamlit

# d3's formats: years without separators, counts and money with three figures and a letter.
YEAR = "d"
COUNT = "~s"
HEIGHT = 340
# With the names of a few lines below.
LINES_HEIGHT = 420
# Between a chart, the title of its axis and its legend, in pixels.
_GAP = 8


def show(chart: altair.Chart | altair.LayerChart, *, alt: str, height: int = HEIGHT) -> None:
    """Put a chart on the page, as wide as the page is. `alt` says what it shows."""
    sized = chart.properties(height=height, padding={"bottom": _GAP // 2})
    close = sized.configure_axis(titlePadding=_GAP).configure_legend(offset=_GAP, padding=0)
    streamlit.altair_chart(close, width="stretch", alt=alt)


def years(field: str, title: str = "Year") -> altair.X:
    """A horizontal axis of years."""
    axis = altair.Axis(format=YEAR, grid=False, labelOverlap=True, tickCount=10, tickMinStep=1)
    return altair.X(field, type="quantitative", title=title, axis=axis, scale=_TIGHT)


def counts(field: str, title: str) -> altair.Y:
    """A vertical axis that counts something, from zero."""
    axis = altair.Axis(format=COUNT, tickCount=5, tickMinStep=1)
    return altair.Y(field, type="quantitative", title=title, axis=axis)


@dataclass(frozen=True, slots=True)
class Few:
    """A `figure` made of fewer than `least` of what `count` counts: faint, and on no line."""

    figure: str
    count: str
    least: int


def lines(
    data: altair.InlineData | pyarrow.Table,
    y: altair.Y,
    *,
    series: str,
    tooltips: Sequence[altair.Tooltip],
    few: Few | None = None,
    open_year: int | None = None,
) -> altair.LayerChart:
    """A line for each `series` over `release_year`; an empty value is a gap.

    `series` is what the column is called to people, `open_year` a year that is not over.
    """
    names = altair.Legend(orient="bottom", columns=2, symbolType="stroke", symbolOpacity=1)
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
    layers = [_line(drawn, few)]
    if few is not None:
        is_few = f"datum.{few.count} < {few.least}"
        layers.append(drawn.transform_filter(is_few).mark_circle(size=12, opacity=0.4))
    # Points that nobody sees are wide enough to be pointed at.
    layers.append(drawn.mark_point(size=120, opacity=0).encode(tooltip=said))
    if open_year is not None:
        layers.insert(0, _unfinished(open_year))
    return altair.LayerChart(layer=layers)


def _line(drawn: altair.Chart, few: Few | None) -> altair.Chart:
    line: altair.Chart = drawn.mark_line(strokeWidth=2)
    if few is not None:
        kept = f"datum.{few.count} < {few.least} ? null : datum.{few.figure}"
        line = line.transform_calculate(as_=few.figure, calculate=kept)
    return line


def _unfinished(year: int) -> altair.Chart:
    span = altair.InlineData(values=[{"from": year - 0.5, "to": year + 0.5}])
    ends = {"x": altair.X("from:Q"), "x2": altair.X2("to")}
    band: altair.Chart = altair.Chart(span).mark_rect(opacity=0.15, color="gray").encode(**ends)
    return band


_TIGHT = altair.Scale(zero=False, nice=False)
