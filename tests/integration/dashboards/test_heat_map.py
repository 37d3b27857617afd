"""A series' heat map whose cells hold several episodes, against the episodes themselves."""

from collections import defaultdict
from statistics import fmean

import pytest

from dashboards.reader import Release


@pytest.mark.parametrize("width", [1, 5])
def test_a_cell_is_the_mean_of_its_episodes(release: Release, width: int) -> None:
    rated = """
        from marts.bridge_series_episodes as places
        inner join marts.dim_titles as titles on places.episode_id = titles.title_id
        where titles.rating_average is not null and places.season_number is not null
            and places.episode_number > 0
    """
    cursor = release.cursor()
    [(series_id,)] = cursor.execute(
        f"select series_id {rated} group by all order by count(*) desc, series_id limit 1"
    ).fetchall()
    cells = defaultdict(list)
    for season, number, rating in cursor.execute(
        f"select season_number, episode_number, rating_average {rated} and series_id = ?",
        [series_id],
    ).fetchall():
        cells[season, number - (number - 1) % width].append(float(rating))
    shown = release.rows(
        "title/heat_map", title_id=series_id, width=width, first_number=1, last_number=10_000
    )
    assert {(row["season_number"], row["first_number"]): row["rated_count"] for row in shown} == {
        place: len(ratings) for place, ratings in cells.items()
    }
    for row in shown:
        ratings = cells[row["season_number"], row["first_number"]]
        assert row["rating_average"] == pytest.approx(fmean(ratings))
