"""An invented lake with every kind of orphan, for the dbt project to build on."""

import json
from collections.abc import Mapping
from pathlib import Path

import duckdb

from ingest.lake import columns

FIRST = "000001-20260101T043000Z"
SECOND = "000002-20260102T043000Z"

ROWS = {
    "title_basics": """
        (1, 'movie', 'Paper Lanterns', 'Paper Lanterns', false, 1994, null, 101, ['Drama']),
        (2, 'tvSeries', 'Harbour Lights', 'Harbour Lights', false, 2001, 2003, null,
            ['Drama', 'Talk Show']),
        (3, 'tvEpisode', 'Episode #1.1', 'Episode #1.1', false, 2001, null, 25, ['Drama']),
        (4, 'tvEpisode', '"Low Tide', '"Low Tide', false, 2001, null, null, null),
        (12345678, 'short', 'Nine Kites', 'Nine Kites', true, null, null, 9, ['talk show'])
    """,
    "title_akas": """
        (1, 1, 'Paper Lanterns', null, null, ['original'], null, true),
        (1, 2, 'Papierlaternen', 'DE', 'de', null, ['literal title'], false),
        (50, 1, 'A Name Alone', 'NA', null, null, null, false)
    """,
    "title_crew": """
        (1, [20, 21, 20], [20]),
        (2, null, [22]),
        (60, [90], null)
    """,
    "title_episode": "(3, 2, 1, 1), (4, 2, null, null), (70, 71, 1, 3)",
    "title_principals": """
        (1, 1, 10, 'actor', null, ['The Keeper']),
        (1, 2, 20, 'director', null, null),
        (1, 5, 91, 'producer', 'line producer', null),
        (80, 1, 10, 'self', null, ['Self'])
    """,
    "title_ratings": "(1, 8.2, 40000), (3, 7.0, 120), (85, 5.0, 7)",
    "name_basics": """
        (10, 'Ada Ferrow', 1960, null, ['actress'], [1, 88, 1]),
        (20, 'Bo Tillman', null, null, null, null),
        (21, 'Cy Marsh', null, null, null, [1]),
        (22, null, null, null, null, null)
    """,
}
FIRST_CHANGES = {
    "rating_changes": "(1, 'added', 8.1, 39000), (86, 'added', 6.0, 9)",
    "title_changes": "(1, 'added', null, null), (86, 'added', null, null)",
}
SECOND_CHANGES = {
    "rating_changes": """
        (1, 'changed', 8.2, 40000), (3, 'added', 7.0, 120), (85, 'added', 5.0, 7),
        (86, 'gone', null, null)
    """,
    "title_changes": "(2, 'added', null, null), (86, 'gone', 'movie', 'Gone Astray')",
}
_CHANGES = {
    "rating_changes": "tconst bigint, change varchar, averageRating decimal(3, 1),"
    " numVotes integer",
    "title_changes": "tconst bigint, change varchar, titleType varchar, primaryTitle varchar",
}
_REJECTS = (
    "table_name varchar, source_file varchar, line_number bigint, column_name varchar,"
    " reason varchar, raw_line blob"
)


def write_lake(home: Path, rows: Mapping[str, str]) -> dict[str, str]:
    """Write two snapshots of feed imdb under `home`; the pins of the newest.

    `rows`: SQL values by table; a table left out is empty.
    """
    _write_snapshot(home, FIRST, rows, FIRST_CHANGES)
    _write_snapshot(home, SECOND, rows, SECOND_CHANGES)
    return {"imdb": SECOND}


def _write_snapshot(
    home: Path, name: str, rows: Mapping[str, str], changes: Mapping[str, str]
) -> None:
    folder = home / "lake" / "imdb" / name
    folder.mkdir(parents=True)
    tables = columns("imdb")
    counts = {}
    with duckdb.connect() as connection:
        for table, types in tables.items():
            declared = ", ".join(f'"{column}" {type_}' for column, type_ in types.items())
            file = folder / f"{table}.parquet"
            counts[table] = _write(connection, file, declared, rows.get(table))
            refused = "('title_basics', 'f.tsv', 7, 'startYear', 'bad integer', 'x'::blob)"
            rejects = refused if rows and table == "title_basics" else None
            _write(connection, folder / f"{table}.rejects.parquet", _REJECTS, rejects)
        for table, declared in _CHANGES.items():
            _write(
                connection,
                folder / f"{table}.parquet",
                declared,
                changes[table] if rows else None,
            )
    (folder / "receipt.json").write_text(json.dumps(_receipt(name, counts)), "utf-8")


def _write(
    connection: duckdb.DuckDBPyConnection, file: Path, declared: str, values: str | None
) -> int:
    connection.execute(f"create or replace table written ({declared})")
    if values:
        connection.execute(f"insert into written values {values}")
    connection.execute(f"copy written to '{file}' (format parquet, compression zstd)")
    count = connection.execute("select count(*) from written").fetchone()
    assert count is not None
    return int(count[0])


def _receipt(name: str, counts: Mapping[str, int]) -> dict[str, object]:
    tables: dict[str, object] = {
        table: {
            "source_file": f"{table.replace('_', '.')}.tsv.gz",
            "location": "https://dumps.invalid/",
            "sha256": "00",
            "byte_count": 1,
            "fetched_at": "2026-01-01T04:31:00Z",
            "last_modified": None,
            "received_count": count + (table == "title_basics"),
            "loaded_count": count,
            "rejected_count": int(table == "title_basics"),
            "duplicate_count": 0,
            "extra_columns": [],
            "warnings": [],
        }
        for table, count in counts.items()
    }
    return {
        "feed": "imdb",
        "snapshot": name,
        "run": name,
        "committed_at": "2026-01-01T04:32:00Z",
        "previous": None,
        "loader": "test",
        "tables": tables,
    }
