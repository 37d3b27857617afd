"""Readers under a storm of publications: what each read saw, and what it should have seen.

A release of the storm holds its own number in each row of three tables, and facts that follow from
it: what is read in one go must be of one number, and of the release whose path was opened.
"""

import bisect
import os
import queue
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from operator import attrgetter
from pathlib import Path
from typing import Any

import duckdb

from dashboards import reader
from ingest import lake
from ingest.settings import Settings
from tests.faults import small_run
from warehouse import connect, ledger, release, retention, sandbox

HERE = __name__
ROWS = 20_000
# A release is seen for as long at least: on two busy cores a thread may not run for a while.
LIFE_SECONDS = 0.25
ROLLBACK_SHARE = 0.1
PATIENCE_SECONDS = 900.0
# Of the releases, each process must have read so many. On a quiet machine it misses one at most.
SEEN_SHARE = 0.9
TABLES = ("titles", "ratings", "credits")
READ = " union all ".join(
    f"select count(*), min(number), max(number), sum(fact) from marts.{table}" for table in TABLES
)
_COLUMNS = "select {n}::bigint as number, {n} + range as fact from range({rows})"


@dataclass(frozen=True, slots=True)
class Shown:
    """From when on readers could see a release: perhaps, and surely, as `time.monotonic` has it."""

    perhaps: float
    surely: float
    number: int


@dataclass(slots=True)
class Seen:
    """What the readers of one process saw."""

    # When it began, when it ended, the number that was read; as `time.monotonic` has it.
    spans: list[tuple[float, float, int]] = field(default_factory=list)
    reads: Counter[str] = field(default_factory=Counter)
    mixed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    deleted_files: int = 0


def build(target: Path, number: int, rows: int = ROWS) -> None:
    """The database of a release."""
    with duckdb.connect(target, config={"threads": 1}) as connection:
        connection.execute("create schema marts; create schema ops")
        for table in TABLES:
            columns = _COLUMNS.format(n=number, rows=rows)
            connection.execute(f"create table marts.{table} as {columns}")


def publish(home: Path, number: int, rows: int = ROWS) -> str:
    """Build, add and publish a release; its run."""
    run = f"{number:06d}-20260101T000000Z"
    candidate = home / "builds" / run / "candidate.duckdb"
    candidate.parent.mkdir(parents=True)
    build(candidate, number, rows)
    parent = release.current(home)
    size, digest = candidate.stat().st_size, lake.sha256(candidate)
    tables = {f"marts.{table}": {"row_count": rows, "content_hash": ""} for table in TABLES}
    facts = release.Manifest(
        run, parent, ledger.stamp(), None, {}, "code", "models", digest, size, tables, {}
    )
    release.add(home, candidate, facts)
    candidate.parent.rmdir()
    release.publish(home, run, parent)
    return run


def number_of(path: Path) -> int:
    """The number that a release's rows have."""
    return int(path.stem.partition("-")[0])


def check(path: Path, rows: list[tuple[Any, ...]]) -> str:
    """What is wrong with what was read of a release; nothing is."""
    expected = number_of(path)
    for count, least, most, total in rows:
        facts = int(count) * expected + int(count) * (int(count) - 1) // 2
        if (count, least, most, total) != (rows[0][0], expected, expected, facts) or not count:
            return f"{path.name}: {rows}"
    return ""


def by_connection(home: Path) -> tuple[Path, list[tuple[Any, ...]]]:
    """As `arthouse export` reads: a connection, a transaction, and a moment's thought."""
    path = connect.published(home)
    with connect.opened(path) as connection:
        connection.execute("begin")
        first = connection.execute(READ.split(" union all ")[0]).fetchall()
        time.sleep(0.005)
        return path, first + connection.execute(READ.partition(" union all ")[2]).fetchall()


def by_page(_: Path) -> tuple[Path, list[tuple[Any, ...]]]:
    """As the dashboards' pages read: a release for the page, a cursor for each question."""
    shown = reader.current()
    rows = []
    for question in READ.split(" union all "):
        rows += shown.cursor().execute(question).fetchall()
    return shown.path, rows


def by_sandbox(home: Path) -> tuple[Path, list[tuple[Any, ...]]]:
    """As a person's SQL is answered: by a child that opens the path it is given."""
    path = connect.published(home)
    answer = sandbox.ask(path, READ).table
    return path, [tuple(row.values()) for row in answer.rename_columns(list("abcd")).to_pylist()]


def by_held_connection(home: Path) -> tuple[Path, list[tuple[Any, ...]]]:
    """Naive: the link itself, and one connection for ever."""
    key = str(home)
    if key not in _HELD:
        _HELD[key] = duckdb.connect(home / release.LINK, read_only=True)
    rows = _HELD[key].cursor().execute(READ).fetchall()
    return Path(f"{int(rows[0][1]):06d}-held"), rows


def by_link(home: Path) -> tuple[Path, list[tuple[Any, ...]]]:
    """Naive: one file that is written over in place."""
    with duckdb.connect(home / release.LINK, read_only=True) as connection:
        rows = connection.execute(READ).fetchall()
    return Path(f"{int(rows[0][1]):06d}-in-place"), rows


_HELD: dict[str, duckdb.DuckDBPyConnection] = {}
Way = Callable[[Path], tuple[Path, list[tuple[Any, ...]]]]


def read(home: Path, way: Way, seen: Seen, until: Path, pause: float = 0.0) -> None:
    """Read again and again until the file is there, or its maker must have been killed."""
    gives_up = time.monotonic() + PATIENCE_SECONDS
    while not until.exists() and time.monotonic() < gives_up:
        began = time.monotonic()
        try:
            path, rows = way(home)
        except Exception as error:  # noqa: BLE001 # every error of a reader counts
            seen.errors.append(f"{way.__name__}: {type(error).__name__}: {error}")
            time.sleep(0.05)
            continue
        seen.reads[way.__name__] += 1
        until.with_name(f"reading-{os.getpid()}").touch()
        if wrong := check(path, rows):
            seen.mixed.append(wrong)
        else:
            seen.spans.append((began, time.monotonic(), int(rows[0][1])))
        time.sleep(pause)


def readers(home: Path, ways: list[Way], until: Path, answer: Any) -> None:
    """A process with a thread for each way; what they saw is put into the queue."""
    os.environ["ARTHOUSE_HOME"] = str(home)
    seen = Seen()
    with ThreadPoolExecutor(len(ways)) as pool:
        # The sandbox is a process for each question: at a person's pace.
        for one in ways:
            pool.submit(read, home, one, seen, until, 0.5 if one is by_sandbox else 0.0)
    reader._connection.clear()
    seen.deleted_files = len(deleted_files())
    answer.put(seen)


def deleted_files() -> list[str]:
    """The releases that this process has open, and that have no name any more."""
    links = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            links.append(str(descriptor.readlink()))
        except FileNotFoundError:
            continue  # the listing's own
    return [link for link in links if link.endswith(".duckdb (deleted)")]


def start(
    home: Path, ways: list[Way], until: Path, processes: int
) -> tuple[list[ForkServerProcess], Any]:
    """Processes of readers that have begun to read, and the queue that they answer to."""
    context = small_run.processes()
    answers = context.Queue()
    started: list[ForkServerProcess] = []
    for _ in range(processes):
        one = context.Process(target=readers, args=(home, ways, until, answers), daemon=True)
        one.start()
        started.append(one)
    deadline = time.monotonic() + 60
    while len(list(home.glob("reading-*"))) < processes:
        assert time.monotonic() < deadline, "no reader began"
        time.sleep(0.02)
    return started, answers


def blow(
    home: Path, seconds: float, seed: int, *, publishing: Callable[[Path, int], object] = publish
) -> list[Shown]:
    """Publish back to back, and roll back now and then; when readers could first see which."""
    draw = random.Random(seed)
    here = Settings(home=home, keep_hours=10 / 3600)
    shown = [Shown(0.0, 0.0, number_of(connect.published(home)))]
    ends, newest = time.monotonic() + seconds, shown[0].number
    while time.monotonic() < ends:
        newest += 1
        began = time.monotonic()
        publishing(home, newest)
        shown.append(Shown(began, time.monotonic(), newest))
        if publishing is publish and draw.random() < ROLLBACK_SHARE:
            time.sleep(LIFE_SECONDS)
            began = time.monotonic()
            older = number_of(release.path(home, release.rollback(home)))
            shown.append(Shown(began, time.monotonic(), older))
            release.resume(home)
        if publishing is publish:
            retention.prune(here, "storm")
        time.sleep(max(0.0, shown[-1].surely + LIFE_SECONDS - time.monotonic()))
    return shown


def in_place(home: Path, number: int) -> None:
    """Naive: write over the one file that readers open."""
    draft = home / "draft.duckdb"
    draft.unlink(missing_ok=True)
    build(draft, number)
    shutil.copyfile(draft, (home / release.LINK).resolve())


def storm(
    home: Path,
    ways: list[Way],
    seconds: float,
    *,
    processes: int = 2,
    seed: int = 0,
    publishing: Callable[[Path, int], object] = publish,
) -> tuple[list[Shown], list[Seen]]:
    """Readers and publications for so long: what was shown when, and what each process saw."""
    publish(home, 1)
    until = home / "until"
    started, answers = start(home, ways, until, processes)
    shown = blow(home, seconds, seed, publishing=publishing)
    time.sleep(0.5)
    until.touch()
    return shown, heard(started, answers)


def heard(started: list[ForkServerProcess], answers: Any) -> list[Seen]:
    """What each process saw; of one that died or went on for ever, that."""
    seen: list[Seen] = []
    deadline = time.monotonic() + 20
    while len(seen) < len(started) and time.monotonic() < deadline:
        try:
            seen.append(answers.get(timeout=0.5))
        except queue.Empty:
            if not any(one.is_alive() for one in started):
                break
    lost = len(started) - len(seen)
    for one in started:
        one.join(2)
        one.kill()
    return seen + [Seen(errors=["a process of readers gave no answer"])] * lost


def complaints(shown: list[Shown], seen: list[Seen]) -> list[str]:
    """Mixed releases, errors, releases that were over when the read began or that nobody saw."""
    wrong = [f"mixed: {one}" for process in seen for one in process.mixed[:5]]
    wrong += [f"error: {one}" for process in seen for one in process.errors[:5]]
    every = {one.number for one in shown}
    for process in seen:
        stale = [span for span in process.spans if span[2] not in _current(shown, *span[:2])]
        wrong += [
            f"stale: {number} from {began:.3f} to {end:.3f}" for began, end, number in stale[:5]
        ]
        found = every & {number for *_, number in process.spans}
        if len(found) < SEEN_SHARE * len(every) - 1:
            wrong.append(f"a process saw {len(found)} of {len(every)} releases")
        if process.deleted_files:
            wrong.append(f"{process.deleted_files} deleted releases are still open")
    return wrong


def _current(shown: list[Shown], began: float, end: float) -> set[int]:
    """The releases that readers could see at some moment of a span."""
    first = max(0, bisect.bisect_right(shown, began, key=attrgetter("surely")) - 1)
    last = bisect.bisect_right(shown, end, key=attrgetter("perhaps"))
    return {one.number for one in shown[first:last]}
