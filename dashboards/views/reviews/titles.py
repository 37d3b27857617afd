"""Which titles are written about, which divide those who write, and what genres get."""

import altair
import streamlit

from dashboards import display, downloads, plots, table
from dashboards.reader import Release
from dashboards.views.reviews.choice import FEW, Choice

_ROW_COUNT = 15
# Fewer rated reviews cannot tell a divided title from chance.
_RATED_COUNT = 10
_ROW_HEIGHT = 24
# Axis, its title and the legend, in pixels.
_FRAME_HEIGHT = 90


def show(release: Release, choice: Choice) -> None:
    """The most reviewed, the most divided, and how reviews spread over titles."""
    streamlit.header("By title")
    streamlit.subheader("Most reviewed")
    _ranking(
        release,
        choice,
        by="reviewed",
        caption="Favourable is 7 stars and more, unfavourable 4 and fewer. "
        "All voters: the title's rating.",
    )
    streamlit.subheader("Most divided")
    _ranking(
        release,
        choice,
        by="divided",
        caption="By the smaller of the favourable and the unfavourable share, at "
        f"most 50 %, of titles with {_RATED_COUNT} rated reviews or more.",
    )
    _spread(release, choice)


def by_genre(release: Release, choice: Choice) -> None:
    """The mean stars of reviews of each genre's titles."""
    genres = release.table("reviews/genres", source=choice.source, few=FEW)
    if not genres.num_rows:
        return
    streamlit.header("By genre")
    streamlit.caption(
        "Mean stars; reviews are in brackets, and count in each genre of their title. Genres with "
        f"fewer than {FEW} rated reviews are faint. The filter by genre is not applied here."
    )
    chart = altair.Chart(genres).mark_point(filled=True, size=90)
    plots.show(
        chart.encode(
            x=altair.X(
                "rating_average:Q",
                title="Mean stars of reviews",
                scale=altair.Scale(domain=[1, 10]),
                axis=altair.Axis(tickMinStep=1),
            ),
            y=altair.Y(
                "genre_label:N",
                title=None,
                sort=genres["genre_label"].to_pylist(),
                axis=altair.Axis(labelLimit=150, grid=True),
            ),
            opacity=altair.condition("datum.is_few", altair.value(0.3), altair.value(1)),
            tooltip=[
                altair.Tooltip("genre_name:N", title="Genre"),
                altair.Tooltip("rating_average:Q", title="Mean stars", format=".2f"),
                altair.Tooltip("rated_count:Q", title="Rated reviews", format=","),
                altair.Tooltip("title_count:Q", title="Titles", format=","),
                altair.Tooltip("favourable_share:Q", title="7 stars and more", format=".0%"),
                altair.Tooltip("unfavourable_share:Q", title="4 stars and fewer", format=".0%"),
            ],
        ),
        alt=f"Mean stars of reviews by genre, of {genres.num_rows} genres",
        height=_FRAME_HEIGHT + _ROW_HEIGHT * genres.num_rows,
    )


def _ranking(release: Release, choice: Choice, by: str, caption: str) -> None:
    question = {
        **choice.reviews,
        "by": by,
        "rated_count": _RATED_COUNT,
        "row_count": _ROW_COUNT,
    }
    table.show(
        release.rows("reviews/titles", **question),
        _COLUMNS,
        caption=caption,
        empty=f"No title chosen has {_RATED_COUNT} rated reviews.",
    )
    answer = release.table("reviews/titles", **question)
    if answer.num_rows:
        downloads.offer(release, answer, f"titles_most_{by}", ["fct_reviews", "dim_titles"])


def _spread(release: Release, choice: Choice) -> None:
    sizes = release.rows("reviews/title_sizes", **choice.reviews)
    if not sizes:
        return
    streamlit.subheader("How reviews spread over titles")
    labels = [span(size["first_count"], size["last_count"]) for size in sizes]
    answer = release.table("reviews/title_sizes", **choice.reviews)
    chart = altair.Chart(answer.append_column("span", [labels])).mark_bar()
    plots.show(
        chart.encode(
            x=altair.X(
                "span:N", title="Reviews of a title", sort=labels, axis=altair.Axis(labelAngle=0)
            ),
            y=plots.counts("title_count", "Titles"),
            tooltip=[
                altair.Tooltip("span:N", title="Reviews"),
                altair.Tooltip("title_count:Q", title="Titles", format=","),
            ],
        ),
        alt="Number of titles by how many reviews they have",
        height=260,
    )


def span(first: int, last: int) -> str:
    """`1`, or `2–3`."""
    if first == last:
        return display.compact(first)
    return f"{display.compact(first)}–{display.compact(last)}"


_COLUMNS = [
    table.TITLE,
    table.YEAR,
    table.Column("Reviews", lambda row: display.number(row["review_count"]), is_number=True),
    table.Column("With stars", lambda row: display.number(row["rated_count"]), is_number=True),
    table.Column(
        "Mean stars", lambda row: display.rating(row["review_rating_average"]), is_number=True
    ),
    table.Column("All voters", lambda row: display.rating(row["rating_average"]), is_number=True),
    table.Column(
        "Favourable", lambda row: display.share(row["favourable_share"], 0), is_number=True
    ),
    table.Column(
        "Unfavourable", lambda row: display.share(row["unfavourable_share"], 0), is_number=True
    ),
]
