"""What a title is called, when and what it is, how it is rated, and how that changed."""

import altair
import streamlit

from dashboards import display, markup, plots
from dashboards.reader import Release, Row
from dashboards.views.title.story import Facts

# A trend needs two days; one is the figure above.
_TREND_DAYS = 2
# Days are UTC's wherever the browser is.
_DAY = "utcyearmonthdate(rating_date):T"
_DAYS = altair.Axis(format="%-d %b %Y", grid=False, labelOverlap=True, tickCount=4)


def name(title: Row) -> str:
    """The title's name, or what stands for it where no dump tells it."""
    return display.title_name(title["primary_title"], title["title_id"])


def show(release: Release, title: Row, facts: Facts) -> None:
    """The heading, the place of an episode in its series, and the key figures."""
    title_id = title["title_id"]
    streamlit.set_page_config(page_title=f"{name(title)} · arthouse")
    markup.show(
        "title/heading.html",
        name=name(title),
        title=title,
        episode=release.row("title/episode", title_id=title_id),
        facts=facts,
        wins=facts.number("award_win_count"),
        nominations=facts.number("award_nomination_count"),
    )


def trend(release: Release, title_id: int) -> None:
    """The rating day by day, once there are two days to compare."""
    days = release.table("title/ratings", title_id=title_id)
    if days.num_rows < _TREND_DAYS:
        return
    markup.show("title/trend.html", first=days["rating_date"][0].as_py(), count=days.num_rows)
    line = altair.Chart(days).mark_line(point=True)
    chart = line.encode(
        x=altair.X(_DAY, title="Day", axis=_DAYS),
        y=altair.Y(
            "rating_average:Q",
            title="Rating of 10",
            axis=altair.Axis(format=".1f", tickMinStep=0.1, tickCount=5),
            scale=altair.Scale(zero=False),
        ),
        tooltip=[
            altair.Tooltip(_DAY, title="Day", format="%-d %B %Y"),
            altair.Tooltip("rating_average:Q", title="Rating of 10", format=".1f"),
            altair.Tooltip("vote_count:Q", title="Votes", format=","),
            altair.Tooltip("new_vote_count:Q", title="New votes", format="+,"),
        ],
    )
    ends = [days["rating_average"][place].as_py() for place in (0, -1)]
    plots.show(chart, alt=f"The rating went from {ends[0]:.1f} to {ends[1]:.1f}", height=220)
