"""Runs over a stand-in lake and a stand-in dbt: the steps, locks and switches are the product's.

They work in processes of a fork server, which has everything imported and no database open.
"""

import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
from airflow import sdk

from dags import child, step
from ingest import incoming, lake, settings
from ingest.settings import Settings
from tests.faults import tasks
from warehouse import build, ledger, lock, release, sources

FEED = "imdb"
HERE = __name__
CHILD_CALL = child.call
TASKS = tasks.of_build(FEED, f"{HERE}:transform")


def processes() -> ForkServerContext:
    """Where `Process` makes a child that has inherited no thread and no database."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([HERE])
    return context


def transform(here: Settings, run: str) -> dict[str, Any]:
    """A candidate whose one fact is what it was built from."""
    made = build.read_plan(here.home, run)
    build.start(here.home, made)
    with duckdb.connect(config={"threads": 1}) as connection:
        file = build.candidate(here.home, run)
        connection.execute(f"attach '{file}' as made (storage_version 'v1.4.0')")
        connection.execute("create schema made.marts; create schema made.ops")
        connection.execute("create table made.marts.facts (snapshot varchar primary key)")
        connection.execute("insert into made.marts.facts values (?)", [made.pins[FEED]])
        for table, columns in (("runs", sources.RUNS), ("gate_results", sources.GATE_RESULTS)):
            declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
            connection.execute(f"create table made.ops.{table} ({declared})")
    return {}


def stop(here: Settings, _: str) -> dict[str, Any]:
    """Stop the process, for ever if nobody lets it go on; its number is in `child`."""
    (here.home / "child").write_text(str(os.getpid()), "utf-8")
    os.kill(os.getpid(), signal.SIGSTOP)
    return {}


def load(here: Settings, run: str) -> dict[str, Any]:
    """An incoming folder without tables, compared with the newest snapshot."""
    before = lake.newest(here.home, FEED)
    draft = lake.incoming(here.home, FEED, run)
    incoming.begin(draft, [], invented=False)
    previous = before.name if before else None
    receipt: dict[str, Any] = {"run": run, "previous": previous, "tables": {}}
    (draft / lake.RECEIPT).write_text(json.dumps(receipt), "utf-8")
    return {}


def land(home: Path) -> str:
    """Commit a snapshot of no run; its name."""
    run = f"by-hand-{len(lake.snapshots(home, FEED))}"
    load(Settings(home=home), run)
    draft = lake.incoming(home, FEED, run)
    now = datetime.now(UTC)
    receipt = lake.read_receipt(draft) | {"committed_at": f"{now:%Y-%m-%dT%H:%M:%SZ}"}
    return lake.commit(draft, FEED, home, receipt, now).name


@contextmanager
def at_work(home: Path) -> Iterator[None]:
    """Make this process a task's: its steps are called here, and nothing waits for the disk.

    Each move of the link is noted in `moves`, in the order they happened.
    """
    here = Settings(home=home, threads=1)
    point = release._point

    def noted(home: Path, run: str) -> None:
        point(home, run)
        with (home / "moves").open("a") as handle:
            handle.write(f"{run}\n")

    instead: tuple[tuple[Any, str, Any], ...] = (
        (settings, "current", lambda: here),
        (child, "call", tasks.work),
        (os, "fsync", lambda _: None),
        (lock, "_POLL_SECONDS", 0.003),
        (step, "_WAIT_SECONDS", 30.0),
        (build, "fingerprint", lambda _: "the same code"),
        (release, "_point", noted),
        (sdk, "get_current_context", lambda: {"ti": SimpleNamespace(try_number=2, max_tries=1)}),
    )
    before = [(where, name, getattr(where, name)) for where, name, _ in instead]
    try:
        for where, name, value in instead:
            setattr(where, name, value)
        yield
    finally:
        for where, name, value in before:
            setattr(where, name, value)


def begin() -> str:
    """A run of a scheduler's; what was killed before it is gone."""
    return step.begin({"dag": "build_warehouse"})


def do(
    run: str,
    names: Sequence[str] = tuple(TASKS),
    between: Callable[[str], object] = lambda _: None,
) -> str:
    """Do a run's tasks as a scheduler would, to the first that has nothing left to do or fails.

    How it went, in the run's own words: "done", or why not. `between` is called before each task.
    """
    try:
        for task in names:
            between(task)
            for name, function, arguments in TASKS[task]:
                if not step.take(run, name, function, *arguments):
                    return str(ledger.read(settings.current().home, run)[-1].reason)
        if names[-1] == "publish":
            step.end(run)
    except Exception as error:  # noqa: BLE001 # a task's failure is its words
        return str(error)
    return "done"


def moves(home: Path) -> list[str]:
    """The runs that the link was moved to, in order."""
    file = home / "moves"
    return file.read_text("utf-8").split() if file.exists() else []


def complaints(home: Path) -> list[str]:
    """What is wrong with a home whose runs are over, and whose releases nobody deleted.

    Each state of the lake is published once at most; each release follows the one before it.
    """
    wrong = []
    seen = moves(home)
    states = [release.manifest(home, run).pins[FEED] for run in seen]
    if len(set(states)) != len(states):
        wrong.append(f"the link was moved to {seen}, of the snapshots {states}")
    if seen and release.current(home) != seen[-1]:
        wrong.append(f"readers see {release.current(home)}, the last move was to {seen[-1]}")
    parents = [release.manifest(home, run).parent for run in seen]
    if parents != [None, *seen][: len(seen)]:
        wrong.append(f"{seen} have the parents {parents}")
    for run in ledger.runs(home):
        *_, last = receipts = ledger.read(home, run)
        if last.task != "end":
            wrong.append(f"{run} is not over: {[one.task for one in receipts]}")
        elif (last.outcome == "done") != (run in seen) and not _is_ingest(receipts):
            wrong.append(f"{run} ended {last.outcome}, and readers saw {seen}")
        elif last.outcome != "done" and not last.reason:
            wrong.append(f"{run} ended {last.outcome}, and does not say why")
    return wrong


def _is_ingest(receipts: Sequence[ledger.Receipt]) -> bool:
    return str(receipts[0].facts.get("dag", "")).startswith("ingest")
