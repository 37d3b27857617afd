"""Which reviews readers found helpful: how many, how much, and the best of them whole."""

import altair
import streamlit

from dashboards import markup, plots
from dashboards.reader import Release, Row
from dashboards.views.reviews.choice import FEW, Choice

CARD_COUNT = 9
# A card shows so many characters; the rest opens.
_OPEN_CHARACTERS = 320


def show(release: Release, choice: Choice, figures: Row) -> None:
    """Cards of the most helpful reviews, and the distribution of scores."""
    streamlit.header("The most helpful reviews")
    markup.show("reviews/wilson.html", figures=figures)
    if not figures["voted_count"]:
        return
    reviews = release.rows(
        "reviews/most_helpful",
        **choice.reviews,
        min_votes=choice.min_votes,
        row_count=CARD_COUNT,
    )
    markup.show(
        "reviews/cards.html",
        cards=[{**review, **excerpt(review["body"])} for review in reviews],
        min_votes=choice.min_votes,
    )
    streamlit.header("How helpful readers find them")
    _scores(release, choice)
    _by_stars(release, choice)


def excerpt(body: str) -> dict[str, str]:
    """The part of a body that is shown at once, cut between words, and the rest."""
    if len(body) <= _OPEN_CHARACTERS:
        return {"opening": body, "rest": ""}
    cut = body.rfind(" ", _OPEN_CHARACTERS // 2, _OPEN_CHARACTERS)
    cut = cut if cut > 0 else _OPEN_CHARACTERS
    return {"opening": body[:cut], "rest": body[cut:]}


def _scores(release: Release, choice: Choice) -> None:
    chart = altair.Chart(release.table("reviews/helpfulness", **choice.reviews))
    plots.show(
        chart.mark_rect(opacity=0.85).encode(
            x=altair.X(
                "score:Q",
                title="Helpful score (Wilson's lower bound)",
                scale=altair.Scale(domain=[0, 1]),
                axis=altair.Axis(format="%", grid=False),
            ),
            x2="score_end",
            y=plots.counts("review_count", "Reviews"),
            y2=altair.datum(0),
            tooltip=[
                altair.Tooltip("score:Q", title="Score, from", format=".0%"),
                altair.Tooltip("score_end:Q", title="Score, to", format=".0%"),
                altair.Tooltip("review_count:Q", title="Reviews", format=","),
                altair.Tooltip("vote_count:Q", title="Votes on them", format=","),
            ],
        ),
        alt="Number of reviews by helpful score",
        height=260,
    )


def _by_stars(release: Release, choice: Choice) -> None:
    stars = release.table("reviews/helpful_stars", **choice.reviews, few=FEW)
    if not stars.num_rows:
        return
    streamlit.subheader("Do readers prefer praise?")
    streamlit.caption(
        "All helpful votes / all votes on reviews with so many stars. Stars of fewer than "
        f"{FEW} such reviews are faint."
    )
    chart = altair.Chart(stars).mark_bar()
    plots.show(
        chart.encode(
            x=altair.X("rating_10:O", title="Stars", axis=altair.Axis(labelAngle=0)),
            y=altair.Y(
                "helpful_share:Q",
                title="Votes that found it helpful",
                axis=altair.Axis(format="%", tickCount=5),
                scale=altair.Scale(domain=[0, 1]),
            ),
            opacity=altair.condition("datum.is_few", altair.value(0.3), altair.value(1)),
            tooltip=[
                altair.Tooltip("rating_10:O", title="Stars"),
                altair.Tooltip("helpful_share:Q", title="Found helpful", format=".1%"),
                altair.Tooltip("review_count:Q", title="Reviews with votes", format=","),
                altair.Tooltip("vote_count:Q", title="Votes", format=","),
            ],
        ),
        alt="Share of votes that found a review helpful, by its stars",
        height=260,
    )
