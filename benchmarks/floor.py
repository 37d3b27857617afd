"""The floor: bare DuckDB, the seven gzipped files to text tables, nothing verified.

Nothing that reads these files with DuckDB can do less; a child process: `python -m
benchmarks.floor DUMPS DATABASE`.
"""

import os
import sys
from pathlib import Path

import duckdb

from ingest.catalog import IMDB, Table


def load(dumps: Path, database: Path) -> None:
    """Make the database from a folder of `.tsv.gz` files, on all cores."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": os.cpu_count() or 1,
        "preserve_insertion_order": False,
    }
    with duckdb.connect(str(database), config=config) as connection:
        for table in IMDB.tables:
            connection.execute(_create_sql(table, dumps / f"{table.file}.gz"))


def _create_sql(table: Table, file: Path) -> str:
    columns = {column.name: "varchar" for column in table.columns}
    return rf"""
        create table {table.name} as
        select *
        from read_csv(
            '{file}', auto_detect = false, header = true, columns = {columns}, delim = '\t',
            quote = '', escape = '', comment = '', nullstr = '\N', compression = 'gzip'
        )
    """


def rows(database: Path) -> dict[str, int]:
    """Rows by table."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return {table.name: len(connection.table(table.name)) for table in IMDB.tables}


if __name__ == "__main__":
    load(Path(sys.argv[1]), Path(sys.argv[2]))
