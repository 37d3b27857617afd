"""The dbt sources: in the scratch file, over the pinned lake, its catalogue and the ledger.

A feed that never landed has the same views, empty: the models need not know.
"""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

import duckdb

from ingest import lake
from ingest.lake import Snapshot
from warehouse import ledger

# What a feed's changes carry besides the key: `ingest.changes` writes them.
_CHANGES = {
    "rating_changes": {
        "tconst": "bigint",
        "change": "varchar",
        "averageRating": "decimal(3, 1)",
        "numVotes": "integer",
    },
    "title_changes": {
        "tconst": "bigint",
        "change": "varchar",
        "titleType": "varchar",
        "primaryTitle": "varchar",
    },
}
_SNAPSHOTS = {
    "feed": "varchar",
    "snapshot": "varchar",
    "snapshot_at": "timestamp",
    "committed_at": "timestamp",
}
_FILES = {
    "feed": "varchar",
    "snapshot": "varchar",
    "table_name": "varchar",
    "source_file": "varchar",
    "location": "varchar",
    "sha256": "varchar",
    "byte_count": "bigint",
    "fetched_at": "timestamp",
    "last_modified": "timestamp",
    "received_count": "bigint",
    "loaded_count": "bigint",
    "rejected_count": "bigint",
    "duplicate_count": "bigint",
}
_TERMS = {
    "feed": "varchar",
    "source": "varchar",
    "publisher": "varchar",
    "url": "varchar",
    "licence": "varchar",
    "attribution": "varchar",
    "may_redistribute": "boolean",
}
RUNS = {
    "run_id": "varchar",
    "started_at": "timestamp",
    "finished_at": "timestamp",
    "outcome": "varchar",
    "reason": "varchar",
    "release": "varchar",
}
GATE_RESULTS = {
    "run_id": "varchar",
    "gate": "varchar",
    "suite": "varchar",
    "table_name": "varchar",
    "column_name": "varchar",
    "expectation": "varchar",
    "severity": "varchar",
    "verdict": "varchar",
    "expected": "varchar",
    "observed": "varchar",
    "sample": "varchar",
    "judged_at": "timestamp",
}
# A night has some sixty verdicts; a warehouse needs the recent ones, the ledger keeps them all.
_GATED_RUNS = 30


def create(
    connection: duckdb.DuckDBPyConnection, home: Path, feeds: Iterable[str], pins: Mapping[str, str]
) -> None:
    """Make every source of the dbt project in an empty scratch file."""
    pinned = {
        feed: next(one for one in lake.snapshots(home, feed) if one.name == name)
        for feed, name in pins.items()
    }
    for feed in feeds:
        _create_feed(connection, home, feed, pinned.get(feed))
    connection.execute("create schema lake")
    _create_rows(connection, "lake.snapshots", _SNAPSHOTS, map(_snapshot_row, pinned.values()))
    files = (row for snapshot in pinned.values() for row in _file_rows(snapshot))
    _create_rows(connection, "lake.files", _FILES, files)
    _create_rows(connection, "lake.source_terms", _TERMS, lake.terms())
    connection.execute("create schema ledger")
    _create_rows(connection, "ledger.runs", RUNS, run_rows(home))
    recent = ledger.runs(home)[-_GATED_RUNS:]
    verdicts = (row for run in recent for row in verdict_rows(home, run))
    _create_rows(connection, "ledger.gate_results", GATE_RESULTS, verdicts)


def _create_feed(
    connection: duckdb.DuckDBPyConnection, home: Path, feed: str, pin: Snapshot | None
) -> None:
    connection.execute(f"create schema {feed}")
    for table, columns in lake.columns(feed).items():
        _create_view(
            connection, f"{feed}.{table}", columns, pin.path / f"{table}.parquet" if pin else None
        )
    _create_view(
        connection,
        f"{feed}.rejects",
        lake.REJECT_COLUMNS,
        pin.path / "*.rejects.parquet" if pin else None,
    )
    history = [one for one in lake.snapshots(home, feed) if pin and one.name <= pin.name]
    for name in lake.CHANGES.get(feed, ()):
        _create_history(connection, f"{feed}.{name}", _CHANGES[name], name, history)


def _create_view(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], file: Path | None
) -> None:
    if file is None:
        typed = ", ".join(f'null::{type_} as "{column}"' for column, type_ in columns.items())
        connection.execute(f"create view {name} as select {typed} where false")
        return
    listed = ", ".join(f'"{column}"' for column in columns)
    connection.execute(f"create view {name} as select {listed} from read_parquet({_text(file)})")


def _create_history(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    file: str,
    history: list[Snapshot],
) -> None:
    typed = {**columns, "snapshot": "varchar", "snapshot_at": "timestamp"}
    if not history:
        _create_view(connection, name, typed, None)
        return
    listed = ", ".join(f'"{column}"' for column in columns)
    # A clock that was set back does not take history with it: it goes on at the instant reached.
    instants = accumulate((one.at for one in history), max)
    parts = [
        f"""
        select {listed}, '{one.name}' as snapshot, timestamp '{at:%Y-%m-%d %H:%M:%S}'
            as snapshot_at
        from read_parquet({_text(one.path / f"{file}.parquet")})
        """
        for one, at in zip(history, instants, strict=True)
    ]
    connection.execute(f"create view {name} as {' union all '.join(parts)}")


def _create_rows(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    rows: Iterable[Mapping[str, Any]],
) -> None:
    declared = ", ".join(f"{column} {type_}" for column, type_ in columns.items())
    connection.execute(f"create table {name} ({declared})")
    insert(connection, name, columns, rows)


def insert(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    rows: Iterable[Mapping[str, Any]],
) -> None:
    """Add a few receipt rows to a table with these columns; unknown keys are an error."""
    values = [[row[column] for column in columns] for row in rows]
    if values:
        marks = ", ".join("?" for _ in columns)
        connection.executemany(f"insert into {name} values ({marks})", values)


def _snapshot_row(one: Snapshot) -> dict[str, Any]:
    return {
        "feed": one.feed,
        "snapshot": one.name,
        "snapshot_at": f"{one.at:%Y-%m-%d %H:%M:%S}",
        "committed_at": _instant(one.receipt()["committed_at"]),
    }


def _file_rows(one: Snapshot) -> list[dict[str, Any]]:
    return [
        {
            **facts,
            "feed": one.feed,
            "snapshot": one.name,
            "fetched_at": _instant(facts["fetched_at"]),
            "last_modified": lake.http_instant(facts["last_modified"]),
        }
        for facts in one.files()
    ]


def run_rows(home: Path) -> list[dict[str, Any]]:
    """One row per run that has ended."""
    rows = []
    for run in ledger.runs(home):
        receipts = ledger.read(home, run)
        if receipts and receipts[-1].task == "end":
            published = [one for one in receipts if one.task == "publish" and one.outcome == "done"]
            rows.append(
                {
                    "run_id": run,
                    "started_at": _instant(receipts[0].started_at),
                    "finished_at": _instant(receipts[-1].finished_at),
                    "outcome": receipts[-1].outcome,
                    "reason": receipts[-1].reason,
                    "release": run if published else None,
                }
            )
    return rows


def verdict_rows(home: Path, run: str) -> list[dict[str, Any]]:
    """One row per expectation that a gate of the run judged.

    A dbt test knows no instant of its own: it was judged when its step ended.
    """
    return [
        {
            **verdict,
            "run_id": run,
            "judged_at": _instant(verdict.get("judged_at", receipt.finished_at)),
        }
        for receipt in ledger.read(home, run)
        for verdict in receipt.facts.get("verdicts", [])
    ]


def _instant(text: str | None) -> str | None:
    """ISO 8601 with a Z as DuckDB's TIMESTAMP in UTC reads it."""
    return text.replace("T", " ").removesuffix("Z") if text else None


def _text(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"
