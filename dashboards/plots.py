"""Charts: one size, one way to write axes, and words for whoever does not see them.

Colours and type are the theme's (`.streamlit/config.toml`); Streamlit hands them to Vega.
"""

import altair
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
    axis = altair.Axis(format=COUNT, tickCount=5)
    return altair.Y(field, type="quantitative", title=title, axis=axis)


_TIGHT = altair.Scale(zero=False, nice=False)
