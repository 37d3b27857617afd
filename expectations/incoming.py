"""The raw gate's case: the Parquet of one incoming snapshot beside the one before it."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from expectations.case import Case, Engine, Measured, create_schemas, create_view, opened, parquet
from expectations.limits import RawLimits
from expectations.profile import null_shares
from expectations.raw import budgets, imdb, movielens, pages, promise, recorded, reviews
from expectations.raw.recorded import Counts, Previous
from expectations.suite import incoming as arrived
from expectations.suite import rejects_of

FEEDS = {
    "budgets": budgets,
    "imdb": imdb,
    "movielens": movielens,
    "pages": pages,
    "reviews": reviews,
}
UNRECORDED = Counts(received=0, loaded=0, rejected=0)


def prepare(
    feed: str,
    incoming: Path,
    previous: Path | None,
    database: Path,
    *,
    year: int,
    limits: RawLimits,
    engine: Engine,
) -> Case:
    """Measure each table of a feed and choose what is expected of it.

    Raises:
        KeyError: no suites are written for the feed.
    """
    promises = FEEDS[feed].promises(year, limits)
    measured = Measured()
    counts = _counts(incoming, tuple(promises), measured)
    suites = []
    with opened(database, engine, read_only=False) as session:
        create_schemas(session, "incoming", "rejects")
        earlier = _earlier(session, previous, {name: one.watched for name, one in promises.items()})
        for table, promised in promises.items():
            suite = promise.suite(
                feed, table, promised, counts.get(table, UNRECORDED), earlier.get(table), limits
            )
            if table not in measured.failures:
                _show(session, incoming, table, measured)
            if table not in measured.failures:
                measured.add(session, suite.subject)
            suites.append(suite)
    return Case(suites, measured.profiles, measured.failures)


def _counts(incoming: Path, tables: tuple[str, ...], measured: Measured) -> Mapping[str, Counts]:
    try:
        counts = recorded.counts(incoming)
    except (OSError, ValueError) as error:
        measured.failures.update(dict.fromkeys(tables, str(error)))
        return {}
    missing = (table for table in tables if table not in counts)
    measured.failures.update(dict.fromkeys(missing, f"{incoming} has no receipt of it"))
    return counts


def _show(
    session: duckdb.DuckDBPyConnection, incoming: Path, table: str, measured: Measured
) -> None:
    """Make the rows and the rejects of a table visible to suites."""
    try:
        create_view(session, arrived(table), parquet(incoming / f"{table}.parquet"))
        create_view(session, rejects_of(table), parquet(incoming / f"{table}.rejects.parquet"))
    except duckdb.Error as error:
        measured.failures[table] = str(error)


def _earlier(
    session: duckdb.DuckDBPyConnection,
    previous: Path | None,
    watched: Mapping[str, tuple[str, ...]],
) -> dict[str, Previous]:
    """What the previous snapshot is a baseline for; a pruned table has its counts only."""
    if previous is None:
        return {}
    counts = recorded.counts(previous)
    return {
        table: Previous(counts[table].loaded, _null_shares(session, previous, table, columns))
        for table, columns in watched.items()
        if table in counts
    }


def _null_shares(
    session: duckdb.DuckDBPyConnection, previous: Path, table: str, columns: tuple[str, ...]
) -> dict[str, float]:
    file = previous / f"{table}.parquet"
    return null_shares(session, parquet(file), columns) if file.exists() else {}
