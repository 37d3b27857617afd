"""A gate as its task runs it: in a process of its own, and on far too many bad rows."""

import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from expectations.run import judge_incoming
from expectations.suite import Outcome, Report
from tests import memory
from tests.unit.expectations import snapshots
from tests.unit.expectations.snapshots import Fault

BAD_ROWS = 10_000_000
MEMORY_BYTES = 1 << 30


def judge_and_weigh(incoming: Path, scratch: Path) -> tuple[Report, int]:
    """The report, and the greatest memory of this process, in bytes."""
    report = judge_incoming("imdb", incoming, None, scratch, now=datetime(2026, 11, 22, tzinfo=UTC))
    return report, memory.peak()


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    many = (
        "create or replace table title_ratings as select i as tconst, "
        f"7.5::decimal(3, 1) as averageRating, 0 as numVotes from range({BAD_ROWS}) as n (i)"
    )
    return snapshots.write(tmp_path / "incoming", [Fault("title_ratings", many)])


def test_ten_million_bad_rows_are_counted_and_five_are_shown(
    incoming: Path, tmp_path: Path
) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        report, taken = pool.apply(judge_and_weigh, (incoming, tmp_path))

    [refused] = [one for one in report.verdicts if one.verdict is Outcome.REFUSED]
    assert refused.observed == "10,000,000 of 10,000,000"
    assert refused.sample is not None
    assert refused.sample.count("tconst=") == 5
    assert taken < MEMORY_BYTES


def test_a_gate_lets_go_of_the_files_it_judged(incoming: Path, tmp_path: Path) -> None:
    report = judge_incoming("imdb", incoming, None, tmp_path)

    held = [link.resolve() for link in Path("/proc/self/fd").iterdir() if link.exists()]
    assert report.verdicts
    assert not [path for path in held if path.is_relative_to(tmp_path)]
