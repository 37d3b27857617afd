"""A series' episodes: their ratings as a heat map, and each season's list with links."""

import streamlit

from dashboards import display, links, markup, problems, table
from dashboards.reader import Release, Row
from dashboards.views.title import heat_map

# Episodes in one list, as the query has it.
_PAGE = 50


def season_name(season: Row) -> str:
    """`Season 3`, or that nobody states it."""
    number = season["season_number"]
    return "Season not stated" if number is None else f"Season {number}"


def offsets(count: int) -> dict[str, int]:
    """The lists of so many episodes by their names, `101–200`, and where each begins."""
    return {
        f"Episodes {start + 1:,}–{min(start + _PAGE, count):,}": start
        for start in range(0, count, _PAGE)
    }


@streamlit.fragment
@problems.told()
def show(release: Release, title_id: int) -> None:
    """All of it, where a series has episodes."""
    seasons = release.rows("title/seasons", title_id=title_id)
    if not seasons:
        return
    markup.show("title/episodes.html", seasons=seasons)
    heat_map.show(release, title_id, seasons)
    season, offset = _chosen({season_name(season): season for season in seasons})
    _list(release, title_id, season, offset)


def _chosen(seasons: dict[str, Row]) -> tuple[Row, int]:
    """The season and the part of it that the address or the person names."""
    with streamlit.container(horizontal=True):
        name = streamlit.selectbox("Season", list(seasons), key="season", bind="query-params")
        season = seasons[name]
        parts = offsets(season["episode_count"])
        if len(parts) == 1:
            return season, 0
        part = streamlit.selectbox("Part", list(parts), key="part", bind="query-params")
    return season, parts[part]


def _list(release: Release, title_id: int, season: Row, offset: int) -> None:
    rows = release.rows(
        "title/episodes",
        title_id=title_id,
        season_number=season["season_number"],
        episode_offset=offset,
    )
    table.show(
        rows,
        [
            table.Column("No.", lambda row: display.year(row["episode_number"]), is_number=True),
            table.Column(
                "Title",
                lambda row: display.title_name(row["episode_title"], row["episode_id"]),
                href=lambda row: links.title(row["episode_id"]),
                is_long=True,
            ),
            table.YEAR,
            table.Column(
                "Rating", lambda row: display.rating(row["rating_average"]), is_number=True
            ),
            table.Column("Votes", lambda row: display.number(row["vote_count"]), is_number=True),
        ],
        caption=f"{season_name(season)}: {season['episode_count']:,} episodes, "
        f"{season['rated_count']:,} of them rated",
    )
