"""Readers while releases come and go."""

import sys
from pathlib import Path

import pytest

from tests.faults import storm
from tests.faults.trials import IS_FULL, Trials

WAYS = [storm.by_connection, storm.by_connection, storm.by_page, storm.by_sandbox]


@pytest.mark.fault("F33", "publications and rollbacks back to back under readers", quick=1, full=1)
def test_a_storm_of_publications(
    trials: Trials, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds, processes = (600.0, 8) if IS_FULL else (20.0, 2)
    for _ in trials:
        shown, seen = storm.storm(tmp_path / "storm", WAYS, seconds, processes=processes)
        for one in storm.complaints(shown, seen):
            trials.lose(one)
        with capsys.disabled():
            sys.stdout.write(f"\n{len(shown)} shown; read {[dict(one.reads) for one in seen]}\n")
    for planted, way, publishing in (
        ("a file written over in place", storm.by_link, storm.in_place),
        ("one connection held for ever", storm.by_held_connection, storm.publish),
    ):
        home = tmp_path / way.__name__
        shown, seen = storm.storm(home, [way] * 4, 1.5, processes=1, publishing=publishing)
        trials.control(planted, caught=bool(storm.complaints(shown, seen)))
