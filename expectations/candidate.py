"""The candidate gate's case: what would be published, beside the last release's profile."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb

from expectations.case import (
    CANDIDATE,
    Case,
    Engine,
    Measured,
    create_schemas,
    create_view,
    opened,
)
from expectations.limits import CandidateLimits
from expectations.marts import audience, catalogue, drift, money, operations, pages, promise
from expectations.profile import TableProfile
from expectations.suite import Relation, Severity, Subject, Suite

TABLES = """
    select
        schema_name,
        table_name,
        coalesce(
            list(column_name order by column_index) filter (where columns.is_nullable), []
        ) as nullable_columns
    from duckdb_tables() as tables
    inner join duckdb_columns() as columns using (database_name, schema_name, table_name)
    where database_name = 'candidate' and schema_name in ('marts', 'ops')
    group by all
    order by all
"""
LOADED = """
    select feed || '.' || table_name, sum(loaded_count)::bigint from ops.table_counts group by all
"""
PROMISES = {**catalogue.PROMISES, **audience.PROMISES, **money.PROMISES, **pages.PROMISES}


def prepare(
    candidate: Path,
    baseline: Path | None,
    database: Path,
    *,
    now: datetime,
    limits: CandidateLimits,
    engine: Engine,
) -> Case:
    """Measure each mart and choose what is expected of it.

    Raises:
        OSError, ValueError: the baseline is not the profile of a release.
        duckdb.Error: the candidate is no database.
    """
    before = _profiles(baseline) if baseline else {}
    measured = Measured()
    with opened(database, engine, read_only=False, candidate=candidate) as session:
        found = _show(session)
        subjects = _subjects(found, now)
        for subject in subjects:
            measured.add(session, subject)
        loaded = _loaded(session, measured)
    suites = [_suite(one, loaded, measured.profiles, before, limits) for one in subjects]
    return Case(suites, measured.profiles, measured.failures)


def _show(session: duckdb.DuckDBPyConnection) -> dict[Relation, tuple[str, ...]]:
    """Make every table of the candidate visible to suites; its nullable columns."""
    create_schemas(session, promise.SCHEMA, operations.SCHEMA)
    rows = session.execute(TABLES).fetchall()
    found = {Relation(schema, table): tuple(nullable) for schema, table, nullable in rows}
    for one in found:
        create_view(session, one, f'{CANDIDATE}."{one.schema}"."{one.name}"')
    return found


def _subjects(found: Mapping[Relation, tuple[str, ...]], now: datetime) -> list[Subject]:
    """Marts with promises, whether they are there or not, then every other mart, then `ops`."""
    promised = (
        promise.subject(table, one, found.get(Relation(promise.SCHEMA, table), ()), now.date())
        for table, one in PROMISES.items()
    )
    others = (
        Subject(one, nullable)
        for one, nullable in found.items()
        if one.schema == promise.SCHEMA and one.name not in PROMISES
    )
    return [*promised, *others, *operations.subjects(now)]


def _suite(
    subject: Subject,
    loaded: Mapping[str, int],
    now: Mapping[str, TableProfile],
    before: Mapping[str, TableProfile],
    limits: CandidateLimits,
) -> Suite:
    table, schema = subject.table_name, subject.relation.schema
    name = f"{CANDIDATE}.{table}"
    is_alike = _feeds(now) <= _feeds(before)
    if schema == operations.SCHEMA:
        of_shares = Severity.REFUSE if is_alike else Severity.REPORT
        expected = operations.expectations(table, loaded, before.get(table), limits, of_shares)
        return Suite(name, subject, expected)
    promised = PROMISES.get(table)
    change = promised.change if promised else Severity.REPORT
    changes = drift.expectations(
        table,
        now.get(table),
        before.get(table),
        limits,
        of_rows=change,
        of_shares=change if is_alike else Severity.REPORT,
    )
    promises = promise.expectations(table, promised, loaded) if promised else ()
    return Suite(name, subject, (*promises, *changes))


def _feeds(profiles: Mapping[str, TableProfile]) -> set[str]:
    """Feeds of a release. A new one's titles have other gaps, so that shares move, and rightly."""
    snapshots = profiles.get("feed_snapshots")
    return set(snapshots.elements.get("feed", {})) if snapshots else set()


def _loaded(session: duckdb.DuckDBPyConnection, measured: Measured) -> dict[str, int]:
    if "table_counts" in measured.failures:
        return {}
    return dict(session.execute(LOADED).fetchall())


def _profiles(baseline: Path) -> dict[str, TableProfile]:
    try:
        tables = json.loads(baseline.read_text("utf-8"))["tables"]
        return {table: TableProfile.from_json(facts) for table, facts in tables.items()}
    except (AttributeError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{baseline} is not the profile of a release: {error!r}") from error
