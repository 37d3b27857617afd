"""Readers while releases come and go."""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboards import reader
from ingest.settings import Settings
from tests.faults import storm
from tests.faults.trials import IS_FULL, Trials
from warehouse import connect, lock, release, retention, sandbox

WAYS = [storm.by_connection, storm.by_connection, storm.by_page, storm.by_sandbox]
SLOW_ROWS = 3_000


@pytest.mark.fault("F33", "publications and rollbacks back to back under readers", quick=1, full=1)
def test_a_storm_of_publications(
    trials: Trials, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds, processes = (600.0, 8) if IS_FULL else (25.0, 2)
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


def _sweep(home: Path) -> None:
    """Delete whatever nobody needs by name."""
    retention.prune(Settings(home=home, keep_releases=1, keep_hours=0.0), "nightly")


@pytest.mark.fault("F34", "a slow reader over five publications and retention", quick=20, full=100)
def test_a_slow_reader_finishes_on_its_release(
    trials: Trials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda _: None)
    ways = (_by_rows, _by_page_left_open, _by_rows, _by_page_left_open, _by_sandbox_stream)
    for number in trials:
        home = tmp_path / str(number)
        monkeypatch.setenv("ARTHOUSE_HOME", str(home))
        for wrong in _read_slowly(home, ways[number % len(ways)], number):
            trials.lose(f"try {number}: {wrong}")
    home = tmp_path / "control"
    storm.publish(home, 1, SLOW_ROWS)
    with connect.reading(home):
        _publish_more(home)
        trials.control("a reader that is never closed", caught=bool(_open_of(home)))


def _read_slowly(home: Path, way: Callable[[Path], Iterator[int]], first: int) -> list[str]:
    """Read a little, let five releases follow, read the rest; what went wrong."""
    run = storm.publish(home, first + 1, SLOW_ROWS)
    reading = way(home)
    numbers = [next(reading)]
    _publish_more(home)
    wrong = ["its release is still there"] * release.path(home, run).exists()
    numbers += reading
    if numbers != [first + 1] * SLOW_ROWS:
        wrong.append(f"{way.__name__}: read {len(numbers)} rows of {sorted(set(numbers))}")
    for _ in range(2):  # the dashboards keep two releases open
        storm.by_page(home)
        _publish_more(home, 1)
    storm.by_page(home)
    gc.collect()
    # The dashboards keep the release before theirs, which another person may still read.
    left = _open_of(home)
    if any(run in one for one in left) or len(left) > 1:
        wrong.append(f"{way.__name__}: of {run}, still open: {left}")
    reader._connection.clear()
    return wrong


def _publish_more(home: Path, count: int = 5) -> None:
    for _ in range(count):
        storm.publish(home, storm.number_of(connect.published(home)) + 1, 10)
        _sweep(home)


def _open_of(home: Path) -> list[str]:
    return [one for one in storm.deleted_files() if one.startswith(str(home))]


def _by_rows(home: Path) -> Iterator[int]:
    """A transaction of a client's, fetched a few rows at a time."""
    with connect.reading(home) as connection:
        connection.execute("begin")
        connection.execute("select number from marts.titles")
        while rows := connection.fetchmany(100):
            yield from (number for (number,) in rows)


def _by_page_left_open(_: Path) -> Iterator[int]:
    """A page that asks a question, and the next one much later."""
    shown = reader.current()
    for start in range(0, SLOW_ROWS, 1_000):
        rows = shown.cursor().sql(f"select number from marts.titles limit 1000 offset {start}")
        yield from (number for (number,) in rows.fetchall())


def _by_sandbox_stream(home: Path) -> Iterator[int]:
    """A person's export, which is read as slowly as the person's disk."""
    statement = "select number, repeat('x', 2000) as padding from titles"
    with sandbox.stream(connect.published(home), statement) as (_, batches):
        for batch in batches:
            yield from batch.column("number").to_pylist()


@pytest.mark.fault("F35", "a rollback while readers read", quick=20, full=100)
def test_a_rollback_while_readers_read(trials: Trials, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        storm.publish(tmp_path, number)
    until = tmp_path / "until"
    started, answers = storm.start(tmp_path, WAYS, until, 2)
    shown = [storm.Shown(0.0, 0.0, 3)]
    with lock.run(tmp_path):  # a night is at work, and must not make a person wait
        for number in trials:
            seen, began = storm.number_of(connect.published(tmp_path)), time.monotonic()
            back = release.rollback(tmp_path) if number % 2 == 0 else _forward(tmp_path)
            ended = time.monotonic()
            shown.append(storm.Shown(began, ended, int(back.partition("-")[0])))
            path, rows = storm.by_connection(tmp_path)
            if ended - began > 1:
                trials.lose(f"try {number}: it took {ended - began:.2f} s")
            if path.stem != back or storm.number_of(path) == seen or storm.check(path, rows):
                trials.lose(f"try {number}: from {seen} to {back}, a new reader sees {path}")
            time.sleep(0.1)
    until.touch()
    processes = storm.heard(started, answers)
    for wrong in storm.complaints(shown, processes):
        trials.lose(wrong)
    every = [span for one in processes for span in one.spans]
    held = storm.Seen(spans=[(began, end, 3) for began, end, _ in every])
    trials.control("readers that stay where they are", caught=bool(storm.complaints(shown, [held])))


def _forward(home: Path) -> str:
    """Back to what the person rolled back from."""
    return release.rollback(home, release.held(home)[-1])
