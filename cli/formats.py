"""An answer of any size as CSV, JSON or Parquet, a chunk at a time."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.sandbox import spreadsheet

# One row group of Parquet; also what is held in memory.
_CHUNK_ROWS, _CHUNK_BYTES = 122_880, 32 * 1024**2
_OPTIONS = {"csv": "format csv, header {header}", "json": "format json"}
# Parquet has no such type, or Arrow none that holds all its values.
_TEXT_IN_PARQUET = re.compile(
    r"\b(INTERVAL|UNION|BIT|BIGNUM|UHUGEINT|VARIANT|GEOMETRY|TIME WITH TIME ZONE)\b"
)
# What is written as digits: nobody's text is in it.
_NUMBER = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\)|FLOAT|DOUBLE|BOOLEAN")


def write(
    schema: pa.Schema,
    batches: Iterator[pa.RecordBatch],
    form: str,
    sink: BinaryIO,
    *,
    for_spreadsheet: bool = False,
) -> None:
    """Write the rows, guarded where a spreadsheet will read them."""
    chunks = _chunks(schema, batches)
    with duckdb.connect() as connection, TemporaryDirectory() as folder:
        if form == "parquet":
            _write_parquet(connection, chunks, sink)
            return
        draft = Path(folder, "chunk")
        for number, chunk in enumerate(chunks):
            connection.register("answer", chunk)
            if for_spreadsheet:
                connection.register("answer", _guarded(connection))
            options = _OPTIONS[form].format(header=number == 0)
            connection.execute(f"copy (from answer) to '{draft}' ({options})")
            with draft.open("rb") as handle:
                shutil.copyfileobj(handle, sink)
            sink.flush()


def _chunks(schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The same rows in larger parts; one that is empty if there are none, for the header."""
    held: list[pa.RecordBatch] = []
    rows = size = 0
    sent = False
    for batch in batches:
        held.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
        if rows >= _CHUNK_ROWS or size >= _CHUNK_BYTES:
            yield pa.Table.from_batches(held, schema)
            held, rows, size, sent = [], 0, 0, True
    if held or not sent:
        yield pa.Table.from_batches(held, schema)


def _columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Names and types of the chunk."""
    described = connection.execute("describe answer").fetchall()
    return [(name, kind) for name, kind, *_ in described]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _write_parquet(
    connection: duckdb.DuckDBPyConnection, chunks: Iterator[pa.Table], sink: BinaryIO
) -> None:
    writer = None
    for chunk in chunks:
        connection.register("answer", chunk)
        columns = [
            f"{_quoted(name)}::varchar as {_quoted(name)}"
            if _TEXT_IN_PARQUET.search(kind)
            else _quoted(name)
            for name, kind in _columns(connection)
        ]
        made = connection.sql(f"select {', '.join(columns)} from answer").to_arrow_table()
        writer = writer or pq.ParquetWriter(sink, made.schema, compression="zstd")
        writer.write_table(made)
    if writer:
        writer.close()


def _guarded(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The chunk with an apostrophe before each text and name that would be a formula."""
    columns = [
        _quoted(name) if _NUMBER.fullmatch(kind) else f"{_quoted(name)}::varchar as {_quoted(name)}"
        for name, kind in _columns(connection)
    ]
    texts = connection.sql(f"select {', '.join(columns)} from answer").to_arrow_table()
    return spreadsheet.guarded(texts)
