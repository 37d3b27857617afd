"""What a gate brings before the judge: a scratch database of views and measures, and suites."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from expectations.profile import TableProfile, measure
from expectations.suite import Relation, Subject, Suite

# The name a candidate has in a gate's own database.
CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class Engine:
    """What one DuckDB connection of a gate may use."""

    memory_limit: str = "1GB"
    threads: int = 2

    def settings(self) -> dict[str, str]:
        """As DuckDB wants them."""
        return {"memory_limit": self.memory_limit, "threads": str(self.threads)}


@dataclass(frozen=True, slots=True)
class Case:
    """Suites to judge. `failures` says by table why it could not be measured."""

    suites: Sequence[Suite]
    profiles: Mapping[str, TableProfile]
    failures: Mapping[str, str]


@dataclass(slots=True)
class Measured:
    """What has been measured so far, and what could not be."""

    profiles: dict[str, TableProfile] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    def add(self, session: duckdb.DuckDBPyConnection, subject: Subject) -> None:
        """Measure one more table; one that cannot be read does not hide the others."""
        try:
            self.profiles[subject.table_name] = measure(session, subject)
        except duckdb.Error as error:
            self.failures[subject.table_name] = str(error)


@contextmanager
def opened(
    file: Path, engine: Engine, *, read_only: bool, candidate: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A session on a gate's database, with the candidate beside it, read-only."""
    config: dict[str, Any] = {**engine.settings()}
    if read_only:  # DuckDB compares settings by their spelling: as in `Database.url`
        config["access_mode"] = "read_only"
    with duckdb.connect(file, config=config) as session:
        session.execute("set enable_progress_bar = false")
        if candidate is not None:
            session.execute(f"attach '{_quoted(candidate)}' as {CANDIDATE} (read_only)")
        yield session


@contextmanager
def workbench(scratch: Path) -> Iterator[Path]:
    """A gate's own folder: free of what a killed gate left there, and gone afterwards.

    A raw gate works inside the folder that is about to be committed: nothing may stay.
    """
    folder = scratch / ".gate"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def create_schemas(session: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Schemas for views, and for what is measured."""
    for name in (*names, "measures", "elements"):
        session.execute(f"create schema {name}")


def create_view(session: duckdb.DuckDBPyConnection, relation: Relation, rows: str) -> None:
    """Give rows elsewhere the name by which suites know them."""
    session.execute(f'create view "{relation.schema}"."{relation.name}" as select * from {rows}')


def parquet(file: Path) -> str:
    """A Parquet file as SQL."""
    return f"read_parquet('{_quoted(file)}')"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
