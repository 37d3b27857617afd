"""Results come back from their files as they were, one a scale."""

from pathlib import Path

import pytest

from benchmarks import results
from tests.unit.benchmarks.figures import figure, result, walls


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    one = result(walls(floor=1.25), walls(floor=1.5), steps={"load": {"fetch": 0.5}})
    results.write(tmp_path, one)
    assert results.read(tmp_path) == [one]


def test_the_result_of_most_contestants_is_shown_and_of_those_the_newest(tmp_path: Path) -> None:
    whole = result(walls(floor=1.0), measured_at="2026-11-22 01:00 UTC")
    later = result(walls(floor=2.0), measured_at="2026-11-22 02:00 UTC")
    partial = result(
        walls(floor=3.0), measured_at="2026-11-23 01:00 UTC", contestants=("floor", "load")
    )
    small = result(walls(floor=4.0), scale=0.05)
    for one in (whole, later, partial, small):
        results.write(tmp_path, one)
    assert results.read(tmp_path) == [small, later]


def test_the_time_over_another_figure_has_no_memory_of_its_own() -> None:
    less = figure(5.0, cpu=4.0, peak=9).less(figure(2.0, cpu=3.5, peak=7))
    assert (less.wall_seconds, less.cpu_seconds) == (3.0, 0.5)
    assert less.peak_bytes is None


def test_steps_stand_side_by_side_over_the_rounds() -> None:
    one = result(walls(load=1.0), walls(load=2.0), steps={"load": {"fetch": 0.5, "load": 0.25}})
    assert one.steps("load") == {"fetch": [0.5, 0.5], "load": [0.25, 0.25]}
    assert one.steps("night") == {}
    assert [round_.wall_seconds for round_ in one.figures("load")] == pytest.approx([1.0, 2.0])
