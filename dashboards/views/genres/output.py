"""Output: how many titles are of a year, by genre or by type."""

import altair
import streamlit

from dashboards import display, plots
from dashboards.reader import Release
from dashboards.views.genres.choice import Choice

_BY_GENRE, _BY_TYPE = "Genre", "Type"
_MOST_TYPES = 8


def show(release: Release, chosen: Choice) -> None:
    """Titles a year, one line for each genre or type."""
    streamlit.header("Output")
    by = streamlit.segmented_control(
        "Titles a year by",
        [_BY_GENRE, _BY_TYPE],
        default=_BY_GENRE,
        required=True,
        key="by",
        bind="query-params",
    )
    if by == _BY_TYPE:
        _show_types(release, chosen)
    else:
        _show_genres(release, chosen)


def _show_genres(release: Release, chosen: Choice) -> None:
    streamlit.caption(f"Titles {chosen.of_type}. A title with three genres counts in each of them.")
    plots.show(
        plots.lines(
            release.table("genres/genre_years", **chosen.genre_years),
            plots.counts("title_count", "Titles a year"),
            series="Genre",
            tooltips=[altair.Tooltip("title_count:Q", title="Titles", format=",")],
            open_year=chosen.open_year,
        ),
        height=plots.LINES_HEIGHT,
        alt=f"Titles a year {chosen.of_type}, a line for each of {', '.join(chosen.genres)}",
    )


def _show_types(release: Release, chosen: Choice) -> None:
    types = [row["title_type"] for row in release.rows("genres/types")][:_MOST_TYPES]
    rows = [
        {**row, "series": display.title_type(row["title_type"])}
        # A logarithm of none is none: the line has a gap.
        | ({} if row["title_count"] else {"title_count": None})
        for row in release.rows("genres/type_years", title_types=tuple(types), **chosen.years)
    ]
    streamlit.caption(
        f"Titles of all genres and none, of the {len(types)} types with most titles. "
        "Each step up the scale is ten times as many; a year without titles is a gap."
    )
    axis = altair.Axis(format=plots.COUNT, values=[10**power for power in range(7)])
    scale = altair.Scale(type="log")
    plots.show(
        plots.lines(
            altair.InlineData(values=rows),
            altair.Y("title_count:Q", title="Titles a year, log scale", axis=axis, scale=scale),
            series="Type",
            tooltips=[altair.Tooltip("title_count:Q", title="Titles", format=",")],
            open_year=chosen.open_year,
        ),
        height=plots.LINES_HEIGHT,
        alt="Titles a year of all genres, a line for each type of title",
    )
