"""A night of two small dumps in a moment: every step, lock and receipt is the product's, but dbt.

The command is `cli.nightly`, a scheduler's tasks are `dags.step`; each step works in a process of
its own. The stand-in for dbt makes marts that are facts of the lake, its history among them.
"""

import json
import os
import pkgutil
import random
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from cli import airflow_process, nightly
from dags import child, step
from ingest import lake, loader, settings, verification
from ingest.catalog import IMDB
from ingest.errors import RotError
from ingest.feeds import imdb
from ingest.settings import Settings
from tests.faults import killing, tasks
from tests.unit.ingest import builders
from warehouse import build, ledger, release, sources

FEED = "imdb"
HERE = __name__
_TABLES = ("title_basics", "title_ratings")
# Each night prunes what it can.
_SETTINGS = {
    "ARTHOUSE_THREADS": "1",
    "ARTHOUSE_KEEP_RELEASES": "1",
    "ARTHOUSE_KEEP_SNAPSHOTS": "1",
    "ARTHOUSE_KEEP_HOURS": "0",
}
# The tasks of `dags/ingest_imdb.py` and `dags/build_warehouse.py`, and the steps of each.
INGEST: dict[str, tasks.Steps] = {
    "fetch": (("fetch_imdb", "ingest.feeds.imdb:fetch", ()),),
    "load": (("load_imdb", "ingest.feeds.imdb:load", ()),),
    "commit": (("commit_imdb", "ingest.feeds.imdb:commit", ()),),
}
BUILD = tasks.of_build(FEED, f"{HERE}:transform")
TASKS = {**INGEST, **BUILD}
_DAGS = {"ingest_imdb": INGEST, "build_warehouse": BUILD}
MARTS = {
    "dim_titles": "from '{lake}/{pin}/title_basics.parquet'",
    "fct_ratings": "from '{lake}/{pin}/title_ratings.parquet'",
    # Names of snapshots tell instants, which differ: of the history, their order is compared.
    "fct_history": "select dense_rank() over (order by filename) as night, * exclude (filename) "
    "from read_parquet('{lake}/0*/rating_changes.parquet', filename = true)",
}


def settle(home: Path, *, is_forking: bool = False) -> Settings:
    """Make this process one that works on a home; its steps are processes of their own, or not."""
    os.environ.update(ARTHOUSE_HOME=str(home), **_SETTINGS)
    settings.current.cache_clear()
    instead: tuple[tuple[Any, str, Any], ...] = (
        (imdb, "IMDB", _SMALL),
        (build, "fingerprint", _build_code),
        (loader, "fingerprint", _loader_code),
        (child, "call", call if is_forking else tasks.work),
        (airflow_process, "prepare", lambda _: None),
        (airflow_process, "run", _run_dag),
        # A kill loses nothing that was written: what syncing is for, only a power cut tells.
        (os, "fsync", lambda _: None),
    )
    for where, name, value in instead:
        setattr(where, name, value)
    return settings.current()


_SMALL = replace(IMDB, tables=tuple(IMDB.table(name) for name in _TABLES))
_build_code, _loader_code = cache(build.fingerprint), cache(loader.fingerprint)


def warm() -> None:
    """Compute and import once what every fork would again."""
    for steps in TASKS.values():
        for _, function, _ in steps:
            pkgutil.resolve_name(function)
    lake.instant("000001-20260101T000000Z")
    for parts in (build.CODE, ("dbt_project",)):
        _build_code(parts)
    _loader_code(FEED)


def call(function: str, *arguments: Any) -> Any:
    """As `dags.child.call`: the function's answer, from a process that dies with this one."""
    return killing.finish(lambda: tasks.work(function, *arguments))


def dumps(folder: Path, night: int) -> Path:
    """The night's dumps: some hundreds of titles, of which some change from night to night."""
    rolled = random.Random(night)
    numbers = range(1, 301 + 10 * night)
    basics = (f"tt{n:07d}\tmovie\tLamp {n}\tLamp {n}\t0\t{1900 + n % 120}\t\\N\t64\tDrama"
              for n in numbers)  # fmt: skip
    ratings = (f"tt{n:07d}\t{rolled.randint(10, 99) / 10}\t{n + night}" for n in numbers)
    return builders.write_dumps(folder / str(night), title_basics=basics, title_ratings=ratings)


def night(place: Path) -> nightly.Ended:
    """`arthouse run --only imdb --feed imdb=PLACE`."""
    return nightly.run(settings.current(), {FEED: str(place)}, [FEED])


def point(place: Path) -> None:
    """Let this process fetch from a folder."""
    os.environ["ARTHOUSE_FEEDS"] = json.dumps({FEED: str(place)})
    settings.current.cache_clear()


def begin(place: Path, *, scheduled: bool) -> str:
    """A run of a scheduler's, or of a command that will be killed."""
    point(place)
    return ledger.begin(settings.current().home, scheduled=scheduled)


def do(run: str, tasks: Iterable[str]) -> None:
    """Do tasks of a run, and end it after its last."""
    for task in tasks:
        for name, function, arguments in TASKS[task]:
            if not step.take(run, name, function, *arguments):
                return
        if task == "publish":
            step.end(run)


def _run_dag(dag: str, _: dict[str, Any]) -> None:
    with suppress(Exception):  # a failed task ends its DAG run; the ledger tells of it
        do(os.environ[step.RUN], _DAGS[dag])


def transform(here: Settings, run: str) -> dict[str, Any]:
    """What dbt does, without dbt: marts from the pinned snapshot and those before it."""
    made = build.read_plan(here.home, run)
    build.start(here.home, made)
    verification.require_sound(here.home, FEED, made.pins[FEED])
    spill = str(build.folder(here.home, run) / ".spill")
    with duckdb.connect(config={"threads": 1, "temp_directory": spill}) as connection:
        file = build.candidate(here.home, run)
        connection.execute(f"attach '{file}' as made (storage_version 'v1.4.0')")
        connection.execute("use made; create schema marts; create schema ops")
        names = {"lake": lake.folder(here.home, FEED), "pin": made.pins[FEED]}
        for name, query in MARTS.items():
            connection.execute(f"create table marts.{name} as {query.format(**names)}")
        for table, columns in (("runs", sources.RUNS), ("gate_results", sources.GATE_RESULTS)):
            declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
            connection.execute(f"create table ops.{table} ({declared})")
    return {}


def content(home: Path) -> dict[str, str]:
    """The content of what readers see; {} before the first release."""
    seen = release.current(home)
    try:
        return release.require_sound(home, seen).content() if seen else {}
    except RotError as error:
        return {"rotten": str(error)}
