"""Charts: what is made of few is on no line, and a year that is not over is marked."""

from typing import Any

import altair

from dashboards import plots
from dashboards.views.genres.choice import Choice

Layer = dict[str, Any]
DATA = altair.InlineData(values=[{"series": "Drama", "release_year": 1999, "mean": 7, "rated": 3}])


def layers(few: plots.Few | None = None, open_year: int | None = None) -> list[Layer]:
    chart = plots.lines(
        DATA, altair.Y("mean:Q"), series="Genre", tooltips=[], few=few, open_year=open_year
    )
    with altair.data_transformers.enable(consolidate_datasets=False):
        drawn: list[Layer] = chart.to_dict()["layer"]
    return drawn


def test_figures_of_few_titles_are_faint_points_off_the_line() -> None:
    line, faint, _ = layers(few=plots.Few("mean", "rated", 10))
    assert line["transform"] == [
        {"calculate": "datum.rated < 10 ? null : datum.mean", "as": "mean"}
    ]
    assert faint["transform"] == [{"filter": "datum.rated < 10"}]
    assert faint["mark"] == {"type": "circle", "opacity": 0.4, "size": 12}


def test_a_year_that_is_not_over_has_a_band_behind_the_lines() -> None:
    assert [layer["mark"]["type"] for layer in layers()] == ["line", "point"]
    band = layers(open_year=2026)[0]
    assert band["mark"]["type"] == "rect"
    assert band["data"]["values"] == [{"from": 2025.5, "to": 2026.5}]


def test_the_present_year_is_open_only_where_it_is_shown() -> None:
    chosen = Choice("movie", ("Drama",), 1990, 2026, 2026)
    assert chosen.open_year == 2026
    assert chosen.of_type == "of type film"
    past = Choice("tvSeries", ("Drama",), 1990, 2020, 2026)
    assert past.open_year is None
    assert past.of_type == "of type TV series"
