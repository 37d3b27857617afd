"""Runtimes over time: the median of a type, by genre; by type where all are chosen."""

import altair
import streamlit

from dashboards import display, plots
from dashboards.reader import Release
from dashboards.views.genres.choice import FEW, Choice

_MOST_TYPES = 5
_FEW = plots.Few("median_runtime_minutes", "timed_title_count", FEW)
_Y = altair.Y(
    "median_runtime_minutes:Q",
    title="Median runtime, minutes",
    axis=altair.Axis(format="d", tickCount=5, tickMinStep=1),
    scale=altair.Scale(zero=False),
)
_TOOLTIPS = [
    altair.Tooltip("median_runtime_minutes:Q", title="Median minutes", format=".0f"),
    altair.Tooltip("timed_title_count:Q", title="Titles with a runtime", format=","),
]


def show(release: Release, chosen: Choice) -> None:
    """The median runtime of a year, one line for each genre or type."""
    streamlit.header("Runtimes over time")
    if chosen.title_type is None:
        _show_types(release, chosen)
    else:
        _show_genres(release, chosen)


def _show_genres(release: Release, chosen: Choice) -> None:
    streamlit.caption(
        f"Half of a year's titles are shorter, half are longer. Titles {chosen.of_type}; "
        f"a year with fewer than {FEW} known runtimes is a faint point, off the line."
    )
    answer = release.table("genres/genre_years", **chosen.genre_years)
    plots.show(
        plots.lines(
            answer,
            _Y,
            series="Genre",
            tooltips=_TOOLTIPS,
            few=_FEW,
            open_year=chosen.open_year,
        ),
        height=plots.LINES_HEIGHT,
        alt=f"Median runtime by year {chosen.of_type}, a line for each of "
        f"{', '.join(chosen.genres)}",
    )


def _show_types(release: Release, chosen: Choice) -> None:
    types = [row["title_type"] for row in release.rows("genres/types")][:_MOST_TYPES]
    streamlit.caption(
        "A median over films and episodes together would say little: these are the "
        f"{len(types)} types with most titles, of all genres. Choose a type to compare genres. "
        f"A year with fewer than {FEW} known runtimes is a faint point, off the line."
    )
    rows = [
        {**row, "series": display.title_type(row["title_type"])}
        for row in release.rows("genres/type_years", title_types=tuple(types), **chosen.years)
    ]
    plots.show(
        plots.lines(
            altair.InlineData(values=rows),
            _Y,
            series="Type",
            tooltips=_TOOLTIPS,
            few=_FEW,
            open_year=chosen.open_year,
        ),
        height=plots.LINES_HEIGHT,
        alt="Median runtime by year, a line for each type of title",
    )
