"""Titles by weighted rating under a prior that a person may change, or by votes."""

from dataclasses import dataclass

import streamlit

from dashboards import display, downloads, markup, table
from dashboards.reader import Release, Row
from dashboards.views.charts import choice
from dashboards.views.charts.choice import Choice

_PAGE_SIZE = 50
_RANKED_BY = {"Top rated": "top", "Lowest rated": "lowest", "Most voted": "votes"}
# A prior heavier than any title's votes makes all ratings one.
_HEAVIEST_PRIOR = 10_000_000.0
_PRIOR_VOTES, _PRIOR_MEAN = "m", "c"


@dataclass(frozen=True, slots=True)
class _Prior:
    votes: float
    mean: float


def show(release: Release, chosen: Choice, chart: str) -> None:
    """One page of the ranking, and the way to the others."""
    published = _Prior(**release.rows("charts/prior")[0])
    prior = _ask_prior(published)
    counts = release.rows("charts/counts", **chosen.titles)[0]
    page_count = max(1, -(-counts["chosen_count"] // _PAGE_SIZE))
    listed = streamlit.container()
    page = _ask_page(page_count)
    asked = {
        **chosen.titles,
        "ranked_by": _RANKED_BY[chart],
        "prior_votes": prior.votes,
        "prior_mean": prior.mean,
        "is_prior_changed": prior != published,
        "page_size": _PAGE_SIZE,
        "skipped_count": (page - 1) * _PAGE_SIZE,
    }
    rows = release.rows("charts/ranking", **asked)
    is_moved = any(row["published_place"] not in (None, row["place"]) for row in rows)
    with listed:
        table.show(
            rows,
            _columns(is_moved=is_moved),
            caption=_caption(chart, counts, chosen, is_moved=is_moved),
            empty=_why_empty(counts, chosen),
        )
    if rows:
        answer = release.table("charts/ranking", **asked)
        downloads.offer(release, answer, f"chart-{_RANKED_BY[chart]}", ["rpt_top_titles"])


def _ask_prior(published: _Prior) -> _Prior:
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        votes = _number(
            "Prior votes, m", _PRIOR_VOTES, published.votes, (0.0, _HEAVIEST_PRIOR), 1_000.0, "%.0f"
        )
        mean = _number("Prior mean, C", _PRIOR_MEAN, published.mean, (1.0, 10.0), 0.1, "%.1f")
        prior = _Prior(votes, mean)
        if prior != published:
            streamlit.button("Published prior", on_click=_publish_prior, args=(published,))
    markup.show("charts/prior.html", published=published, is_changed=prior != published)
    return prior


def _number(
    label: str, key: str, published: float, bounds: tuple[float, float], step: float, form: str
) -> float:
    return streamlit.number_input(
        label,
        *bounds,
        value=published,
        step=step,
        format=form,
        key=key,
        bind="query-params",
        on_change=choice.to_first_page,
        width=choice.WIDTH,
    )


def _publish_prior(published: _Prior) -> None:
    streamlit.session_state[_PRIOR_VOTES] = published.votes
    streamlit.session_state[_PRIOR_MEAN] = published.mean
    choice.to_first_page()


def _ask_page(page_count: int) -> int:
    with streamlit.container(horizontal_alignment="center"):
        return streamlit.pagination(page_count, key=choice.PAGE, bind="query-params")


def _columns(*, is_moved: bool) -> list[table.Column]:
    columns = [
        table.Column("Place", lambda row: display.number(row["place"]), is_number=True),
        table.TITLE,
        table.YEAR,
        table.Column(
            "Weighted",
            lambda row: display.number(row["weighted_rating"], 3),
            is_number=True,
            bar=lambda row: (row["weighted_rating"] - 1) / 9,
        ),
        table.Column("Rating", lambda row: display.rating(row["rating_average"]), is_number=True),
        table.Column("Votes", lambda row: display.number(row["vote_count"]), is_number=True),
        table.Column("Type", lambda row: display.title_type(row["title_type"])),
    ]
    if is_moved:
        columns.insert(1, table.Column("Published", _published_place, is_number=True))
    return columns


def _published_place(row: Row) -> str:
    """The other place, where it is another."""
    other: int | None = row["published_place"]
    return "" if other == row["place"] else display.number(other)


def _caption(chart: str, counts: Row, chosen: Choice, *, is_moved: bool) -> str:
    moved = " “Published” is the place by the published prior." if is_moved else ""
    left_out = "" if chosen.is_adult_shown else " Adult titles are left out."
    return (
        f"{chart}: {display.number(counts['chosen_count'])} of "
        f"{display.number(counts['rated_count'])} rated titles.{left_out} "
        f"The bars go from 1 to 10.{moved}"
    )


def _why_empty(counts: Row, chosen: Choice) -> str:
    if not counts["rated_count"]:
        return "No title is rated: ratings come with IMDb's title.ratings.tsv.gz."
    adult = "" if chosen.is_adult_shown else ", or let adult titles in"
    return (
        f"None of {display.number(counts['rated_count'])} rated titles is left: "
        f"ask for fewer votes, another type, genre or decade{adult}."
    )
