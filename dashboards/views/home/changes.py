"""What the newest dumps changed: titles that are new, and the biggest movers."""

from collections.abc import Sequence

import streamlit

from dashboards import display, links, markup
from dashboards.reader import Release, Row
from dashboards.views.home import shortlist

_CARDS = 8


def show(release: Release) -> None:
    """New titles, and the titles whose rating or votes moved most."""
    streamlit.header("What changed", anchor=False)
    arrivals = release.row("home/newcomers")
    has_new_titles = arrivals is not None and not arrivals["is_first"]
    movers = release.rows("home/movers", rank_limit=shortlist.LENGTH)
    if has_new_titles:
        titles = release.rows("home/new_titles", row_limit=_CARDS)
        markup.show("home/newcomers.html", arrivals=arrivals, titles=titles)
    if movers:
        shortlist.show(_mover_lists(movers))
    if not has_new_titles and not movers:
        markup.show("home/unchanged.html", arrivals=arrivals)


def _mover_lists(movers: Sequence[Row]) -> list[shortlist.Shortlist]:
    by_rating = [row for row in movers if row["rating_rank"] <= shortlist.LENGTH]
    by_votes = [row for row in movers if row["votes_rank"] <= shortlist.LENGTH]
    by_votes.sort(key=lambda row: (row["votes_rank"], row["title_id"]))
    day = f"On {display.day(movers[0]['rating_date'])}"
    return [
        shortlist.Shortlist(
            "Ratings that moved",
            f"{day}, by the change of the weighted rating, in which many votes count for more.",
            by_rating[: shortlist.LENGTH],
            lambda row: (
                f"{display.rating(row['rating_average'])} ({display.change(row['rating_change'])})"
            ),
            shortlist.type_and_year,
            links.page("charts", chart="Movers"),
            "All movers",
        ),
        shortlist.Shortlist(
            "Most talked about",
            f"{day}, by new votes.",
            by_votes[: shortlist.LENGTH],
            lambda row: f"{display.change(row['new_vote_count'], 0)} votes",
            shortlist.type_and_year,
        ),
    ]
