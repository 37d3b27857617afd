"""A series' heat map: seasons by episodes, coloured by rating; of long runs, by ranges of them."""

from dataclasses import dataclass

import altair
import pyarrow

from dashboards import markup, plots
from dashboards.reader import Release, Row

# More would be thinner than a finger on a telephone, and than a line on a desk.
_COLUMNS = 50
_WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
# A number far beyond the episodes of the longest season, as a date in its place, would leave all
# others no room.
_SPARE = 50
# Pixels: the cells at most, and the axis and the legend below them.
_TALLEST = 700
_AROUND = 110


@dataclass(frozen=True, slots=True)
class Grid:
    """The numbers of episodes that the map has room for, and how many share a cell."""

    last_number: int
    width: int


def grid(seasons: list[Row]) -> Grid | None:
    """The grid for a series' seasons, or None where no rated episode has a place."""
    placed = [season for season in seasons if season["placed_count"]]
    if not placed:
        return None
    longest = max(season["episode_count"] for season in placed)
    last = min(max(season["last_number"] for season in placed), 2 * longest + _SPARE)
    width = next((width for width in _WIDTHS if last <= _COLUMNS * width), _WIDTHS[-1])
    return Grid(last, width)


def show(release: Release, title_id: int, seasons: list[Row]) -> None:
    """The map, and the same as a table, folded."""
    room = grid(seasons)
    if room is None:
        return
    cells = release.table(
        "title/heat_map",
        title_id=title_id,
        width=room.width,
        first_number=0,
        last_number=room.last_number,
    )
    rows = cells.to_pylist()
    placed = sum(season["placed_count"] for season in seasons)
    season_count = len({row["season_number"] for row in rows})
    alt = f"Ratings of {placed:,} episodes of {season_count} seasons, a row for each season"
    plots.show(_chart(cells, room), alt=alt, height=_height(season_count))
    markup.show(
        "title/heat_map.html",
        rows=_by_season(rows),
        starts=sorted({row["first_number"] for row in rows}),
        width=room.width,
        left_out=placed - sum(row["rated_count"] for row in rows),
    )


def _height(season_count: int) -> int:
    return min(season_count * 26, _TALLEST) + _AROUND


def _by_season(rows: list[Row]) -> dict[int, dict[int, Row]]:
    seasons: dict[int, dict[int, Row]] = {}
    for row in rows:
        seasons.setdefault(row["season_number"], {})[row["first_number"]] = row
    return seasons


def _columns(cells: pyarrow.Table, room: Grid) -> list[int]:
    """Every column from the first to the last that has a rating, so that gaps show."""
    starts = cells["first_number"].to_pylist()
    return list(range(min(starts), max(starts) + 1, room.width))


def _chart(cells: pyarrow.Table, room: Grid) -> altair.Chart:
    is_single = room.width == 1
    episode = "Episode" if is_single else f"Episode, {room.width} to a cell"
    rating = "Rating" if is_single else "Mean rating"
    tooltip = [
        altair.Tooltip("season_number:O", title="Season"),
        altair.Tooltip("first_number:O", title="Episode" if is_single else "From episode"),
        altair.Tooltip("rating_average:Q", title=rating, format=".1f"),
        altair.Tooltip("vote_count:Q", title="Votes", format=","),
    ]
    if is_single:
        tooltip.insert(2, altair.Tooltip("episode_title:N", title="Title"))
    else:
        tooltip.append(altair.Tooltip("rated_count:Q", title="Rated episodes", format=","))
    chart: altair.Chart = (
        altair.Chart(cells)
        .mark_rect()
        .encode(
            x=altair.X(
                "first_number:O",
                title=episode,
                axis=altair.Axis(labelAngle=0, labelOverlap=True),
                scale=altair.Scale(domain=_columns(cells, room)),
            ),
            y=altair.Y("season_number:O", title="Season", axis=altair.Axis(labelOverlap=True)),
            color=altair.Color(
                "rating_average:Q",
                title=f"{rating} of 10",
                scale=altair.Scale(zero=False, nice=False),
                legend=altair.Legend(orient="bottom", format=".1f", tickCount=4),
            ),
            tooltip=tooltip,
        )
    )
    return chart
