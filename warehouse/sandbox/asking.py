"""Asking: a bounded answer in memory, or all of it as a stream."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pyarrow as pa

from warehouse.sandbox import plain
from warehouse.sandbox.errors import LimitError, RefusedError
from warehouse.sandbox.process import Process
from warehouse.sandboxed.order import Order

# A short answer waits so long for the count of the rows that are not shown.
COUNTING_SECONDS = 1.0
# No person writes so much.
STATEMENT_BYTES = 1_000_000
# DuckDB's own limit comes a little before ours, since DuckDB can say more.
EARLIER_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take."""

    seconds: float = 10.0
    # Of address space: more than it uses.
    memory_bytes: int = 3 * 1024**3
    # None: all.
    rows: int | None = None
    # Of an answer that is held in memory here.
    answer_bytes: int = 64 * 1024**2
    # Nobody reads more, and ten thousand take a grid many seconds.
    columns: int = 1_000
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows, in types that every reader of Arrow reads right."""

    table: pa.Table
    # There are more rows than asked for.
    truncated: bool
    seconds: float
    # All rows, if they were counted in time.
    total: int | None


def ask(database: Path, statement: str, limits: Limits = Limits()) -> Answer:
    """The first rows of the answer, in memory.

    Raises:
        QueryError: the statement has no answer, or none within the limits.
    """
    began = monotonic()
    own_limit = max(1, int((limits.seconds - EARLIER_SECONDS) * 1000))
    with _started(database, statement, limits, own_limit) as child:
        schema, batches = child.answer()
        if len(schema) > limits.columns:
            message = f"the answer has more than {limits.columns:,} columns: ask for fewer"
            raise LimitError(message, "size")
        table = pa.Table.from_batches(_within(batches, limits.answer_bytes), schema)
        truncated = limits.rows is not None and table.num_rows > limits.rows
        total = child.ended(COUNTING_SECONDS if truncated else None)
    made = plain.table(table[: limits.rows] if truncated else table)
    return Answer(made, truncated, monotonic() - began, total)


@contextmanager
def stream(
    database: Path, statement: str, limits: Limits = Limits()
) -> Iterator[tuple[pa.Schema, Iterator[pa.RecordBatch]]]:
    """All rows, a batch at a time, in types that DuckDB reads back without loss.

    Time passes only while we wait for the child: a slow reader of the batches is not stopped.

    Raises:
        QueryError: at once, or after some of the batches.
    """
    with _started(database, statement, limits, 0) as child:
        schema, batches = child.answer()
        yield schema, _to_the_end(batches, child)


def _started(database: Path, statement: str, limits: Limits, milliseconds: int) -> Process:
    try:
        length = len(statement.encode())
    except UnicodeEncodeError:
        raise RefusedError("the statement is not UTF-8") from None
    if length > STATEMENT_BYTES:
        raise RefusedError(f"a statement has at most {STATEMENT_BYTES:,} bytes")
    order = Order(
        database=str(database),
        statement=statement,
        parent=os.getpid(),
        memory_bytes=limits.memory_bytes,
        seconds=limits.seconds,
        milliseconds=milliseconds,
        threads=limits.threads,
        rows=limits.rows,
    )
    return Process(order)


def _within(batches: Iterator[pa.RecordBatch], most: int) -> Iterator[pa.RecordBatch]:
    size = 0
    for batch in batches:
        size += batch.nbytes
        if size > most:
            message = f"the answer is larger than {most // 1024**2:,} MiB"
            raise LimitError(f"{message}: ask for fewer rows or columns", "size")
        yield batch


def _to_the_end(batches: Iterator[pa.RecordBatch], child: Process) -> Iterator[pa.RecordBatch]:
    yield from batches
    child.ended()
