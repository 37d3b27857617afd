"""Contestants: each turns the same dumps into its own tables, in fresh processes and folders."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect

from benchmarks import floor, load, measure
from benchmarks.dumps import Dumps
from benchmarks.measure import Usage
from benchmarks.results import Figure, Round
from warehouse import ledger

PROJECT = Path(__file__).resolve().parents[1]
IMDB_SQLITE = "imdb-sqlite==2.1.0"
# What imdb-sqlite calls the six files it reads; it leaves title.crew out.
_SQLITE_TABLES = {
    "name_basics": "people",
    "title_basics": "titles",
    "title_akas": "akas",
    "title_principals": "crew",
    "title_episode": "episodes",
    "title_ratings": "ratings",
}


class WrongResultError(Exception):
    """A contestant ended well, but not with the tables that the dumps hold."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a contestant gets: the dumps, a fresh folder, and a name for its logs."""

    dumps: Dumps
    folder: Path
    logs: Path
    tools: Path

    def measure(self, name: str, command: list[str], **environment: str) -> Usage:
        """Run one of the contestant's commands in its folder, once the disk is idle."""
        self.dumps.warm()
        os.sync()
        return measure.run(
            command,
            folder=self.folder,
            environment=_environment(environment),
            log=self.logs.with_name(f"{self.logs.name}-{name}.log"),
        )


def _environment(added: Mapping[str, str]) -> dict[str, str]:
    """Ours, without a person's settings: everybody runs on defaults."""
    ours = ("ARTHOUSE_", "AIRFLOW_", "DBT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONPATH": str(PROJECT), **added}


def _check(contestant: str, found: dict[str, int], expected: dict[str, int]) -> None:
    wrong = {table: rows for table, rows in expected.items() if found.get(table) != rows}
    if wrong:
        table, rows = next(iter(wrong.items()))
        raise WrongResultError(
            f"{contestant}: {table} has {found.get(table)} rows, the dumps have {rows}"
        )


def _figure(usage: Usage, folder: Path) -> Figure:
    disk = measure.disk_bytes(folder)
    return Figure(usage.wall_seconds, usage.cpu_seconds, usage.peak_bytes, disk)


def run_floor(stage: Stage) -> Round:
    """Bare DuckDB to text tables in one database."""
    database = stage.folder / "floor.duckdb"
    command = [sys.executable, "-m", "benchmarks.floor", str(stage.dumps.folder), str(database)]
    usage = stage.measure("floor", command)
    _check("floor", floor.rows(database), stage.dumps.rows)
    return Round({"floor": _figure(usage, stage.folder)})


def run_load(stage: Stage) -> Round:
    """Our fetch, load and commit; the second pass of verifying is taken out of the total."""
    home, report = stage.folder / "home", stage.folder / "parts.json"
    paths = [str(stage.dumps.folder), str(home), str(report)]
    usage = stage.measure("load", [sys.executable, "-m", "benchmarks.load", *paths])
    _check("load", load.rows(home), stage.dumps.rows)
    parts = load.read(report)
    started = usage.wall_seconds - sum(part.wall_seconds for part in parts.values())
    seconds = {name: part.wall_seconds for name, part in parts.items()}
    return Round(
        figures={
            "load": _without(usage, parts["fetch"], home / "lake"),
            "load_fetched": _without(usage, parts["verify"], home),
        },
        steps={"load": {"start of Python": started, **seconds}},
    )


def _without(usage: Usage, part: load.Part, folder: Path) -> Figure:
    return Figure(
        usage.wall_seconds - part.wall_seconds,
        usage.cpu_seconds - part.cpu_seconds,
        usage.peak_bytes,
        measure.disk_bytes(folder),
    )


def run_night(stage: Stage) -> Round:
    """The whole command on a fresh home, then again with nothing new: its start-up."""
    home = stage.folder / "home"
    home.mkdir()
    subprocess.run(
        [sys.executable, "-m", "benchmarks.metadata", str(home)],
        cwd=stage.folder,
        env=_environment({}),
        check=True,
        capture_output=True,
    )
    arthouse = str(Path(sys.executable).with_name("arthouse"))
    command = [arthouse, "run", "--only", "imdb", "--feed", f"imdb={stage.dumps.folder}"]
    first = stage.measure("night", command, ARTHOUSE_HOME=str(home))
    night = _figure(first, home)
    night_steps = _night_steps(home, "done", first)
    _check("night", load.rows(home), stage.dumps.rows)
    second = stage.measure("unchanged", command, ARTHOUSE_HOME=str(home))
    unchanged = _figure(second, home)
    return Round(
        figures={
            "night": night,
            "unchanged_night": unchanged,
            "night_less_startup": night.less(unchanged),
        },
        steps={"night": night_steps, "unchanged_night": _night_steps(home, "unchanged", second)},
    )


def _night_steps(home: Path, outcome: ledger.Outcome, usage: Usage) -> dict[str, float]:
    """Seconds by step of the last run, and what the command took beside them."""
    run = ledger.runs(home)[-1]
    receipts = ledger.read(home, run)
    if receipts[-1].outcome != outcome:
        ended = f"{receipts[-1].outcome} ({receipts[-1].reason})"
        raise WrongResultError(
            f"night: run {run} ended {ended}, not {outcome}; code that is edited meanwhile "
            "makes a night do its work again"
        )
    steps = {one.task: one.seconds for one in receipts if one.task not in ("begin", "end")}
    return {**steps, "beside the steps": usage.wall_seconds - sum(steps.values())}


def run_imdb_sqlite(stage: Stage) -> Round:
    """imdb-sqlite from the package index, without its indexes: the kinder figure."""
    database = stage.folder / "imdb.db"
    tool = _imdb_sqlite(stage.tools)
    dumps = str(stage.dumps.folder)
    command = [str(tool), "--db", str(database), "--cache-dir", dumps, "--no-index"]
    # It downloads what it does not find: no proxy answers there, so that it fails instead.
    nowhere = "http://127.0.0.1:9"
    usage = stage.measure("imdb_sqlite", command, https_proxy=nowhere, HTTPS_PROXY=nowhere)
    expected = {table: stage.dumps.rows[table] for table in _SQLITE_TABLES}
    _check("imdb_sqlite", _sqlite_rows(database), expected)
    return Round({"imdb_sqlite": _figure(usage, stage.folder)})


def _imdb_sqlite(tools: Path) -> Path:
    """Its command, in an environment of its own that is made once."""
    environment = tools / IMDB_SQLITE.replace("==", "-")
    command = environment / "bin" / "imdb-sqlite"
    if not command.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        pip = str(environment / "bin" / "pip")
        subprocess.run([pip, "install", "-qq", IMDB_SQLITE], check=True)
    return command


def _sqlite_rows(database: Path) -> dict[str, int]:
    # It never deletes: the highest row number is the count, without reading the table.
    with closing(connect(database)) as connection:
        return {
            name: connection.execute(f"select max(rowid) from {table}").fetchone()[0]
            for name, table in _SQLITE_TABLES.items()
        }


CONTESTANTS: dict[str, Callable[[Stage], Round]] = {
    "floor": run_floor,
    "load": run_load,
    "night": run_night,
    "imdb_sqlite": run_imdb_sqlite,
}
