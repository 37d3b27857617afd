"""Steps of a run with a defect planted in them: what a child process calls in their place."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import duckdb_engine
from sqlalchemy.dialects import registry

from expectations import dialect, incoming
from expectations.case import Case
from expectations.suite import Expectation, Suite
from ingest.settings import Settings
from tests import memory
from warehouse import build, gate


def transform(settings: Settings, run: str, project: str) -> dict[str, Any]:
    """Build another dbt project than ours."""
    build.DBT_PROJECT = Path(project)
    return build.transform(settings, run)


def judge_raising(settings: Settings, run: str, feed: str) -> dict[str, Any]:
    """Judge by suites of which each has one expectation that raises: it asks for no column."""
    prepare = incoming.prepare

    def raising(*arguments: Any, **named: Any) -> Case:
        case = prepare(*arguments, **named)
        return replace(case, suites=[_with_one_raising(suite) for suite in case.suites])

    incoming.prepare = raising
    return gate.judge_incoming(settings, run, feed)


def _with_one_raising(suite: Suite) -> Suite:
    first, *rest = suite.expectations
    return replace(suite, expectations=(_raising(first), *rest))


def _raising(one: Expectation) -> Expectation:
    return replace(one, name="raises", arguments={**one.arguments, "column": "no_such_column"})


class UnpatchedDialect(duckdb_engine.Dialect):  # type: ignore[misc]  # duckdb-engine is not typed
    """duckdb-engine as it is: its open results die with their connection."""

    supports_statement_cache = False
    get_schema_names = dialect.Dialect.get_schema_names
    get_columns = dialect.Dialect.get_columns
    get_pk_constraint = dialect.Dialect.get_pk_constraint
    get_foreign_keys = dialect.Dialect.get_foreign_keys
    get_indexes = dialect.Dialect.get_indexes
    get_pool_class = dialect.Dialect.get_pool_class

    def connect(self, database: str, url_config: Mapping[str, str], **_: object) -> Any:
        """A connection whose cursors are DuckDB's own."""
        options = dict(url_config)
        schema = options.pop("schema")
        made = super().connect(database, url_config=options)
        made.execute("set schema = $schema", {"schema": schema})
        return made


def judge_unpatched(settings: Settings, run: str, feed: str) -> dict[str, Any]:
    """Judge over an engine that Great Expectations cannot read."""
    dialect.register = lambda: registry.register(dialect.NAME, __name__, "UnpatchedDialect")
    return gate.judge_incoming(settings, run, feed)


def judge_and_weigh(settings: Settings, run: str, feed: str) -> dict[str, Any]:
    """Judge, and note the greatest memory of this process."""
    try:
        return gate.judge_incoming(settings, run, feed)
    finally:
        _weigh(settings.home, run)


def hold(settings: Settings, run: str, size: int) -> dict[str, Any]:
    """Hold as many bytes at once, and note it."""
    held = b"x" * size
    _weigh(settings.home, run)
    return {"held": len(held)}


def weight_of(home: Path, run: str) -> int:
    """The greatest memory that a process has noted, in bytes."""
    return int((home / f"{run}.weight").read_text("utf-8"))


def _weigh(home: Path, run: str) -> None:
    (home / f"{run}.weight").write_text(str(memory.peak()), "utf-8")


def spoil(parquet: Path, rows: int) -> None:
    """Put as many ratings beyond the scale in the place of a draft's."""
    with duckdb.connect() as session:
        [(kind,)] = session.execute(
            f"select column_type from (describe from '{parquet}') "
            "where column_name = 'rating_original'"
        ).fetchall()
        session.execute(
            f"create table spoilt as select one.* replace (99::{kind} as rating_original) "
            f"from (from '{parquet}' limit 1) as one, range({rows})"
        )
        session.execute(f"copy spoilt to '{parquet}' (format parquet)")
