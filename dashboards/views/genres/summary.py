"""Genres side by side, of all time or of a decade."""

import streamlit

from dashboards import display, downloads, table
from dashboards.reader import Release
from dashboards.views.genres.choice import FEW, Choice

_ALL_TIME = "All time"


def show(release: Release, chosen: Choice) -> None:
    """One line for each genre of the type."""
    streamlit.header("Summary by genre")
    decade = _ask_decade(chosen)
    asked = {
        "title_type": chosen.title_type,
        "decade": decade,
        "few": FEW,
        "last_year": chosen.present_year,
    }
    rows = release.rows("genres/summary", **asked)
    table.show(
        rows,
        _COLUMNS,
        caption=f"Genres of titles {chosen.of_type}. The share is of the titles that have a genre; "
        "shares add up to more than all, for a title may have several. "
        f"Means of fewer than {FEW} rated titles are left out.",
        empty=f"No title {chosen.of_type} of the {decade}s has a genre.",
    )
    if rows:
        answer = release.table("genres/summary", **asked)
        downloads.offer(release, answer, "genres", ["rpt_genres_by_year", "rpt_titles_by_year"])


def _ask_decade(chosen: Choice) -> int | None:
    newest, oldest = (year // 10 * 10 for year in (chosen.last_year, chosen.first_year))
    decades = [f"{decade}s" for decade in range(newest, oldest - 1, -10)]
    period = streamlit.selectbox(
        "Period", [_ALL_TIME, *decades], key="period", bind="query-params", width=240
    )
    return None if period == _ALL_TIME else int(period.removesuffix("s"))


_COLUMNS = [
    table.Column("Genre", lambda row: row["genre_name"]),
    table.Column("Titles", lambda row: display.number(row["title_count"]), is_number=True),
    table.Column(
        "Share",
        lambda row: display.share(row["title_share"]),
        is_number=True,
        bar=lambda row: row["title_share"],
    ),
    table.Column("Rated", lambda row: display.number(row["rated_title_count"]), is_number=True),
    table.Column("Votes", lambda row: display.number(row["vote_count"]), is_number=True),
    table.Column(
        "Mean of titles", lambda row: display.number(row["mean_title_rating"], 2), is_number=True
    ),
    table.Column(
        "Mean of votes", lambda row: display.number(row["mean_vote_rating"], 2), is_number=True
    ),
    table.Column("Busiest year", lambda row: display.year(row["busiest_year"]), is_number=True),
]
