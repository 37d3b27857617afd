"""Ad-hoc SQL on the published warehouse: one read-only statement, four output formats."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import duckdb
from rich.console import Console

from cli import report
from warehouse import connect

Format = Literal["table", "csv", "json", "parquet"]
_TABLE_ROWS = 200
_ALLOWED = frozenset({"SELECT", "EXPLAIN"})


class QueryError(Exception):
    """The statement cannot be run; the message says why."""


def run(home: Path, statement: str, form: Format, target: Path | None) -> None:
    """Run one SELECT and write its rows.

    Raises:
        QueryError: not exactly one SELECT or EXPLAIN, or DuckDB refused it.
    """
    with connect.reading(home) as connection:
        try:
            _require_one_query(connection, statement)
            rows = connection.sql(statement).to_arrow_table()
        except duckdb.Error as error:
            raise QueryError(str(error)) from error
    # The connection can reach no file but the release: writing is done by another one.
    with duckdb.connect() as writer:
        writer.register("answer", rows)
        _write(writer, form, target)


def _require_one_query(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    statements = connection.extract_statements(statement)
    if len(statements) != 1 or statements[0].type.name not in _ALLOWED:
        kinds = ", ".join(one.type.name for one in statements) or "nothing"
        raise QueryError(f"one SELECT or EXPLAIN is run at a time, read-only; this is {kinds}")


def _write(writer: duckdb.DuckDBPyConnection, form: Format, target: Path | None) -> None:
    if form == "table":
        _write_table(writer, target)
        return
    if form == "parquet" and target is None:
        raise QueryError("Parquet is not for a terminal: name a file with --out")
    if target:
        _copy(writer, form, target)
        return
    # Not to /dev/stdout: opening it again empties the file that a shell appends to.
    with TemporaryDirectory() as folder:
        draft = Path(folder, "answer")
        _copy(writer, form, draft)
        with draft.open("rb") as handle:
            shutil.copyfileobj(handle, sys.stdout.buffer)


def _copy(writer: duckdb.DuckDBPyConnection, form: Format, target: Path) -> None:
    options = {"csv": "format csv, header", "json": "format json", "parquet": "format parquet"}
    quoted = str(target).replace("'", "''")
    writer.execute(f"copy answer to '{quoted}' ({options[form]})")


def _write_table(writer: duckdb.DuckDBPyConnection, target: Path | None) -> None:
    total = writer.execute("select count(*) from answer").fetchall()[0][0]
    shown = writer.execute(f"select * from answer limit {_TABLE_ROWS}")
    columns = [name for name, *_ in shown.description or []]
    rows = shown.fetchall()
    # No separators: a column of numbers may hold years or ids.
    text = report.table("", columns, rows, separator="")
    if target:
        with target.open("w", encoding="utf-8") as handle:
            Console(file=handle, width=200).print(text)
        return
    out = report.console()
    out.print(text)
    if total > len(rows):
        out.print(f"{len(rows):,} of {total:,} rows; --format csv writes them all")
