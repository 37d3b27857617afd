"""The reject ledger: every line that did not fit, with its place and the reason.

One row per rejected line of a file: (table_name, source_file, line_number, column_name, reason,
raw_line). Lines are numbered as an editor numbers them: the header is line 1. `raw_line` is the
line's exact bytes without its newline.
"""

from pathlib import Path

import duckdb

from ingest.lake import REJECT_COLUMNS


def path(folder: Path, table_name: str) -> Path:
    """Where a snapshot keeps the rejects of a table."""
    return folder / f"{table_name}.rejects.parquet"


def write_none(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write the ledger of a file in which every line fitted."""
    typed = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in REJECT_COLUMNS.items())
    connection.execute(
        f"copy (select {typed} where false) to $target (format parquet)", {"target": str(target)}
    )
