"""Ratings over time: the mean of titles, or the mean of votes."""

import altair
import streamlit

from dashboards import plots
from dashboards.reader import Release
from dashboards.views.genres.choice import FEW, Choice

_OF_TITLES, _OF_VOTES = "Titles", "Votes"
_FIELDS = {_OF_TITLES: "mean_title_rating", _OF_VOTES: "mean_vote_rating"}
_MEANINGS = {
    _OF_TITLES: "The mean rating of the year's rated titles, each of which counts once.",
    _OF_VOTES: "The mean of all votes for the year's titles: those with many votes lead.",
}


def show(release: Release, chosen: Choice) -> None:
    """The mean rating of a year, one line for each genre."""
    streamlit.header("Ratings over time")
    asked = streamlit.segmented_control(
        "Mean of",
        list(_FIELDS),
        default=_OF_TITLES,
        required=True,
        key="mean",
        bind="query-params",
    )
    mean = asked or _OF_TITLES
    streamlit.caption(
        f"{_MEANINGS[mean]} Titles {chosen.of_type}; "
        f"a year with fewer than {FEW} rated titles is a faint point, off the line."
    )
    plots.show(
        _chart(release, chosen, mean),
        height=plots.LINES_HEIGHT,
        alt=f"Mean rating of {mean.lower()} by year {chosen.of_type}, a line for each of "
        f"{', '.join(chosen.genres)}",
    )


def _chart(release: Release, chosen: Choice, mean: str) -> altair.LayerChart:
    field = _FIELDS[mean]
    return plots.lines(
        release.table("genres/genre_years", **chosen.genre_years),
        altair.Y(
            f"{field}:Q",
            title=f"Mean rating of {mean.lower()}, of 10",
            axis=altair.Axis(format=".1f", tickCount=5),
            scale=altair.Scale(zero=False),
        ),
        series="Genre",
        tooltips=[
            altair.Tooltip(f"{field}:Q", title="Mean rating", format=".2f"),
            altair.Tooltip("rated_title_count:Q", title="Rated titles", format=","),
        ],
        few=plots.Few(field, "rated_title_count", FEW),
        open_year=chosen.open_year,
    )
