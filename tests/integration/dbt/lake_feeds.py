"""Invented snapshots of the feeds beside imdb, in the catalogue's own columns."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from ingest.catalog import FEEDS, Column
from ingest.lake import REJECT_COLUMNS

SNAPSHOT = "000001-20260101T043000Z"
# Rows of a feed, by table; a column left out is NULL, or what `_EMPTY` has for a required one.
Rows = Mapping[str, Sequence[Mapping[str, Any]]]
_EMPTY = {
    "varchar": "",
    "integer": 0,
    "bigint": 0,
    "smallint": 0,
    "boolean": False,
    "varchar[]": [],
    "date": "2000-01-01",
    "timestamp": "2000-01-01 00:00:00",
    "decimal(3, 1)": 0,
    "decimal(18, 2)": 0,
}


def write_feeds(home: Path, feeds: Mapping[str, Rows]) -> dict[str, str]:
    """Write one snapshot of each feed under `home`; their pins."""
    for feed, rows in feeds.items():
        write_feed(home, feed, rows)
    return dict.fromkeys(feeds, SNAPSHOT)


def write_feed(home: Path, feed: str, rows: Rows) -> None:
    """Write a feed's snapshot; a table without rows is empty, an unknown column an error."""
    folder = home / "lake" / feed / SNAPSHOT
    folder.mkdir(parents=True)
    unknown = rows.keys() - {table.name for table in FEEDS[feed].tables}
    assert not unknown, unknown
    with duckdb.connect() as connection:
        for table in FEEDS[feed].tables:
            given = rows.get(table.name, ())
            file = folder / f"{table.name}.parquet"
            _write(connection, file, table.columns, given)
        refused = tuple(Column(name, form) for name, form in REJECT_COLUMNS.items())
        _write(connection, folder / "rejects.rejects.parquet", refused, (), typed=True)
    receipt: dict[str, Any] = {
        "feed": feed,
        "snapshot": SNAPSHOT,
        "run": SNAPSHOT,
        "committed_at": "2026-01-01T04:32:00Z",
        "previous": None,
        "loader": "test",
        "tables": {table.name: {} for table in FEEDS[feed].tables},
        "files": [],
    }
    (folder / "receipt.json").write_text(json.dumps(receipt), "utf-8")


def _write(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    *,
    typed: bool = False,
) -> None:
    types = {column.name: column.form if typed else column.type for column in columns}
    declared = ", ".join(f'"{name}" {type_}' for name, type_ in types.items())
    connection.execute(f"create or replace table written ({declared})")
    for row in rows:
        unknown = row.keys() - types.keys()
        assert not unknown, unknown
        empty = {one.name: _EMPTY[one.type] for one in columns if one.required}
        values = {**empty, **row}
        marks = ", ".join(f"cast(? as {types[name]})" for name in values)
        named = ", ".join(f'"{name}"' for name in values)
        connection.execute(f"insert into written ({named}) values ({marks})", list(values.values()))
    connection.execute(f"copy written to '{file}' (format parquet, compression zstd)")
