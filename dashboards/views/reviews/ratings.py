"""How many stars reviewers give, when they wrote, and which source says what."""

import altair
import streamlit

from dashboards import display, plots, table
from dashboards.reader import Release, Row
from dashboards.views.reviews.choice import Choice

_LABELS = ["No label", "Negative", "Positive"]
_STARS = list(range(1, 11))


def show(release: Release, choice: Choice, figures: Row) -> None:
    """The distribution of stars, with labels, and reviews by year."""
    streamlit.header("What they give")
    said = f"{figures['rated_count']:,} of {figures['review_count']:,} reviews state stars."
    if figures["labelled_count"]:
        said += (
            f" {figures['labelled_count']:,} have an archive's label, {figures['positive_count']:,}"
            " of them positive: 7 stars and more; negative is 4 and fewer. Labelled archives leave "
            "out what lies between, so the middle looks emptier than it is."
        )
    streamlit.caption(said)
    if figures["rated_count"]:
        _stars(release, choice)
    _years(release, choice, figures)


def sources(release: Release) -> None:
    """Which source has what, of all reviews."""
    streamlit.header("By source")
    table.show(
        release.rows("reviews/sources"),
        [
            table.Column("Source", lambda row: display.source(row["source"]), is_long=True),
            _count("Reviews", "review_count"),
            _count("Records", "record_count"),
            _count("Of a known title", "matched_count"),
            _count("With stars", "rated_count"),
            _count("Labelled", "labelled_count"),
            _count("Dated", "dated_count"),
            _count("With votes", "voted_count"),
            _count("Spoilers known", "spoiler_known_count"),
        ],
        caption="All reviews. One that several sources hold counts for the one that states most.",
    )


def _stars(release: Release, choice: Choice) -> None:
    stars = release.table("reviews/ratings", **choice.reviews)
    # Those without a label lie lowest, under either label.
    layer = f"indexof({_LABELS}, datum.label)"
    chart = altair.Chart(stars).mark_bar().transform_calculate(layer=layer)
    plots.show(
        chart.encode(
            x=altair.X(
                "rating_10:O",
                title="Stars",
                scale=altair.Scale(domain=_STARS),
                axis=altair.Axis(labelAngle=0),
            ),
            y=plots.counts("review_count", "Reviews"),
            color=altair.Color(
                "label:N", title=None, sort=_LABELS, legend=altair.Legend(orient="bottom")
            ),
            order=altair.Order("layer:Q"),
            tooltip=[
                altair.Tooltip("rating_10:O", title="Stars"),
                altair.Tooltip("label:N", title="Label"),
                altair.Tooltip("review_count:Q", title="Reviews", format=","),
            ],
        ),
        alt="Number of reviews by stars from 1 to 10, and by the label of their archive",
    )


def _years(release: Release, choice: Choice, figures: Row) -> None:
    streamlit.header("When they wrote")
    undated = figures["review_count"] - figures["dated_count"]
    streamlit.caption(f"{undated:,} of {figures['review_count']:,} reviews state no day.")
    if not figures["dated_count"]:
        return
    rows = release.table("reviews/years", **choice.reviews)
    names = [display.source(source) for source in rows["source"].to_pylist()]
    years = rows.append_column("source_name", [names])
    written = rows["review_year"].to_pylist()
    chart = altair.Chart(years).mark_bar()
    plots.show(
        chart.encode(
            x=altair.X(
                "review_year:O",
                title="Year of the review",
                # Years without a review have their place, too.
                scale=altair.Scale(domain=list(range(min(written), max(written) + 1))),
                axis=altair.Axis(labelAngle=0, labelOverlap=True),
            ),
            y=plots.counts("review_count", "Reviews"),
            color=altair.Color(
                "source_name:N", title=None, legend=altair.Legend(orient="bottom", columns=2)
            ),
            tooltip=[
                altair.Tooltip("review_year:O", title="Year"),
                altair.Tooltip("source_name:N", title="Source"),
                altair.Tooltip("review_count:Q", title="Reviews", format=","),
            ],
        ),
        alt="Number of reviews by the year they were written in, and by source",
    )


def _count(heading: str, field: str) -> table.Column:
    return table.Column(heading, lambda row: display.number(row[field]), is_number=True)
