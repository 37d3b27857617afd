"""How long reviews are."""

import altair
import streamlit

from dashboards import plots
from dashboards.reader import Release, Row
from dashboards.views.reviews.choice import Choice

_TICKS = [step * 10**power for power in range(6) for step in (1, 2, 5)]


def show(release: Release, choice: Choice, figures: Row) -> None:
    """The distribution of word counts, on a logarithmic axis."""
    streamlit.header("How long they are")
    streamlit.caption(
        "Words are counted by the blanks between them. Half of the reviews have "
        f"{figures['median_word_count']:,} words or fewer, nine of ten "
        f"{figures['long_word_count']:,} or fewer."
    )
    chart = altair.Chart(release.table("reviews/lengths", **choice.reviews)).mark_rect()
    plots.show(
        chart.encode(
            x=altair.X(
                "words:Q",
                title="Words (logarithmic)",
                scale=altair.Scale(type="log", nice=False),
                axis=altair.Axis(values=_TICKS, format=",", grid=False, labelOverlap=True),
            ),
            x2="words_end",
            y=plots.counts("review_count", "Reviews"),
            y2=altair.datum(0),
            tooltip=[
                altair.Tooltip("words:Q", title="Words, from", format=",.0f"),
                altair.Tooltip("words_end:Q", title="Words, to", format=",.0f"),
                altair.Tooltip("review_count:Q", title="Reviews", format=","),
            ],
        ),
        alt="Number of reviews by their length in words, on a logarithmic axis",
        height=260,
    )
