"""What moved on the newest day on which any rating did: ratings up and down, votes gained."""

import streamlit

from dashboards import display, downloads, table
from dashboards.reader import Release, Row
from dashboards.views.charts.choice import Choice

_SIZE = 50
_FIRST = "Rating up"
_BY_WEIGHTED = " Ranked by the change of the weighted rating, which a few votes move little."
_RANKED_BY = {_FIRST: "up", "Rating down": "down", "Votes gained": "votes"}


def show(release: Release, chosen: Choice) -> None:
    """The titles that moved most, and since when."""
    moved = release.rows("charts/moved")[0]
    if not moved["mover_count"]:
        table.show([], _COLUMNS, caption="Movers", empty=_why_empty(moved))
        return
    order = streamlit.segmented_control(
        "Moved by",
        list(_RANKED_BY),
        default=_FIRST,
        required=True,
        key="moved",
        bind="query-params",
    )
    ranked_by = _RANKED_BY[order or _FIRST]
    asked = {**chosen.titles, "ranked_by": ranked_by, "page_size": _SIZE}
    rows = release.rows("charts/movers", **asked)
    table.show(
        rows,
        _COLUMNS,
        caption=_caption(moved, ranked_by, len(rows)),
        empty="No title chosen above moved this way.",
    )
    if rows:
        answer = release.table("charts/movers", **asked)
        downloads.offer(release, answer, f"movers-{ranked_by}", ["rpt_rating_movers"])


def _caption(moved: Row, ranked_by: str, row_count: int) -> str:
    change = "" if ranked_by == "votes" else _BY_WEIGHTED
    return (
        f"{display.number(moved['mover_count'])} titles moved on {display.day(moved['moved_on'])}; "
        f"here are {display.number(row_count)} of those chosen above.{change} "
        "“Since” is the day from which the rating before had stood."
    )


def _why_empty(moved: Row) -> str:
    if moved["newest_day"] is None:
        return "No title is rated: ratings come with IMDb's title.ratings.tsv.gz."
    return (
        f"Nothing has moved yet: there are ratings of {display.day(moved['newest_day'])} alone. "
        "The first night on which IMDb's ratings differ from the last ones fills this chart."
    )


_COLUMNS = [
    table.Column("Place", lambda row: display.number(row["place"]), is_number=True),
    table.TITLE,
    table.YEAR,
    table.Column("Was", lambda row: display.rating(row["previous_rating_average"]), is_number=True),
    table.Column("Is", lambda row: display.rating(row["rating_average"]), is_number=True),
    table.Column(
        "Weighted",
        lambda row: display.change(row["weighted_rating_change"], 3),
        is_number=True,
    ),
    table.Column("Votes", lambda row: display.number(row["vote_count"]), is_number=True),
    table.Column(
        "Votes gained", lambda row: display.change(row["new_vote_count"], 0), is_number=True
    ),
    table.Column("Since", lambda row: display.day(row["previous_rating_date"]), is_number=True),
    table.Column("Type", lambda row: display.title_type(row["title_type"])),
]
