"""Targets are computed from medians, and say when nothing was measured."""

import pytest

from benchmarks import targets
from benchmarks.targets import GIB, Target
from tests.unit.benchmarks.figures import figure, result, walls

ROUND = {
    "floor": 10.0,
    "load": 7.0,
    "night": 30.0,
    "unchanged_night": 8.0,
    "night_less_startup": 22.0,
    "imdb_sqlite": 96.0,
}


def test_ratios_are_of_medians_not_of_means() -> None:
    outlier = {line: seconds * (9 if line == "load" else 1) for line, seconds in ROUND.items()}
    judged = targets.of(result(walls(**ROUND), walls(**outlier), walls(**ROUND)))
    assert [one.found for one in judged[:3]] == pytest.approx([0.7, 2.2, 3.2])
    assert [one.verdict for one in judged[:3]] == ["pass", "pass", "pass"]


@pytest.mark.parametrize(
    ("line", "seconds", "position"),
    [
        ("load", 7.6, 0),
        ("night_less_startup", 25.1, 1),
        ("imdb_sqlite", 89.0, 2),
        ("night", 32.5, 2),
    ],
)
def test_each_target_is_missed_by_its_own_figure(line: str, seconds: float, position: int) -> None:
    judged = targets.of(result(walls(**{**ROUND, line: seconds})))
    missed = [number for number, one in enumerate(judged) if one.verdict == "miss"]
    assert missed == [position]


@pytest.mark.parametrize("line", ["load", "night", "unchanged_night"])
def test_peak_memory_is_the_worst_of_ours_in_any_round(line: str) -> None:
    low, high = figure(1.0, peak=GIB), figure(1.0, peak=5 * GIB)
    rounds = result(
        {"load": low, "night": low, line: high},
        {"load": low, "night": low, "imdb_sqlite": figure(1.0, peak=9 * GIB)},
    )
    peak = targets.of(rounds)[3]
    assert (peak.found, peak.verdict) == (5.0, "miss")


def test_what_was_not_measured_is_neither_passed_nor_missed() -> None:
    judged = targets.of(result(walls(floor=10.0), contestants=("floor",)))
    assert {one.verdict for one in judged} == {"not measured"}


@pytest.mark.parametrize(
    ("way", "found", "verdict"),
    [
        ("at most", 2.0, "pass"),
        ("at most", 2.01, "miss"),
        ("at least", 2.0, "pass"),
        ("at least", 1.99, "miss"),
    ],
)
def test_a_bound_is_within_the_target(way: str, found: float, verdict: str) -> None:
    assert Target("x", 2.0, way, found).verdict == verdict  # type: ignore[arg-type] # a literal


def test_growth_compares_time_with_rows_between_neighbouring_scales() -> None:
    small = result(walls(load=2.0, floor=3.0), scale=0.05, row_count=100)
    large = result(walls(load=7.0, floor=13.0), scale=0.2, row_count=400)
    found = targets.growth([small, large], ["load", "floor", "night"])
    assert [(one.rows, one.time and round(one.time, 2)) for one in found] == [
        (4.0, 3.5),
        (4.0, 4.33),
        (4.0, None),
    ]
    assert [one.verdict for one in found] == ["pass", "miss", "not measured"]
