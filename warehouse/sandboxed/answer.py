"""One SELECT or EXPLAIN on a release, answered as an Arrow stream on stdout."""

import os
import sys

import duckdb
import pyarrow as pa

from warehouse.sandboxed import confinement, nested
from warehouse.sandboxed.complaint import RefusedError, placed
from warehouse.sandboxed.order import Order, Report

# What people write is not a fifth as deep; a deeper one could overflow the stack.
EXPRESSION_DEPTH = 250
# Less than the address space: the interpreter, the libraries and functions whose memory DuckDB
# does not count take the rest.
MEMORY_SHARE = 0.6
# EXPLAIN and its options have fewer tokens.
EXPLAIN_TOKENS = 20


def open_release(order: Order) -> duckdb.DuckDBPyConnection:
    """A connection that can reach no file but the release, and change no setting."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": order["threads"],
        "memory_limit": f"{int(order['memory_bytes'] * MEMORY_SHARE) // 1024}KiB",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
    }
    connection = duckdb.connect(order["database"], read_only=True, config=config)
    for setting in (
        "enable_progress_bar = false",
        # Before external access ends: afterwards it cannot be set.
        "temp_directory = ''",
        "allow_persistent_secrets = false",
        "search_path = 'marts,ops'",
        "timezone = 'UTC'",
        "errors_as_json = true",
        # `select * from order` would read our own variable.
        "python_enable_replacements = false",
        # Without it a uhugeint above 2^127 arrives as another number.
        "arrow_lossless_conversion = true",
        f"max_expression_depth = {EXPRESSION_DEPTH}",
        # Not of this connection alone: one that a query opens would not have it.
        f"global max_execution_time = {order['milliseconds']}",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"set {setting}")
    # DuckDB's threads run by now.
    confinement.start_nothing_more()
    return connection


def answer(connection: duckdb.DuckDBPyConnection, order: Order) -> Report:
    """Run the statement and send its rows.

    Raises:
        RefusedError: it is not one SELECT, nor EXPLAIN of one.
    """
    statement, rows = order["statement"], order["rows"]
    _require_one_query(connection, statement)
    try:
        # Not `execute`: its rows would all be in memory before the first is sent.
        relation = connection.sql(statement)
    except duckdb.Error as error:
        raise duckdb.Error(placed(connection, statement, str(error))) from None
    if rows is not None:
        relation = nested.as_text(relation)
    # A bounded answer is sent as soon as there is enough of it.
    reader = relation.to_arrow_reader(20_480 if rows is None else 2_048)
    return {"kind": "answered", "total": _send(reader, rows)}


def _send(reader: pa.RecordBatchReader, rows: int | None) -> int:
    """Send at most one row more than asked for, so that it shows; count the others."""
    left = sys.maxsize if rows is None else rows + 1
    total: int = 0
    with os.fdopen(1, "wb") as pipe, pa.ipc.new_stream(pipe, reader.schema) as stream:
        for batch in reader:
            total += batch.num_rows
            stream.write_batch(batch[:left])
            left -= min(left, batch.num_rows)
            if not left:
                break
    # The pipe is closed: the parent has its rows while we count.
    for batch in reader:
        total += batch.num_rows
    return total


def _require_one_query(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    kinds = _kinds(connection, statement)
    if not kinds:
        raise RefusedError("there is no statement")
    if len(kinds) > 1:
        raise RefusedError(f"one statement is run at a time, and these are {len(kinds)}")
    [kind] = kinds
    if kind == "EXPLAIN":
        kind = _explained(connection, statement)
    if kind == "MULTI":
        raise RefusedError(
            "a PIVOT must name its values, or it would create a type: on column in ('a', 'b')"
        )
    if kind != "SELECT":
        words = kind.replace("_", " ")
        raise RefusedError(f"one SELECT or EXPLAIN is run at a time, read-only; this is {words}")


def _kinds(connection: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    return [one.type.name for one in connection.extract_statements(text)]


def _explained(connection: duckdb.DuckDBPyConnection, statement: str) -> str:
    """The kind of what is explained: of the first rest of the text that is a statement itself."""
    encoded = statement.encode()
    for start, _ in duckdb.tokenize(statement)[1:EXPLAIN_TOKENS]:
        try:
            [kind] = _kinds(connection, encoded[start:].decode(errors="replace"))
        except (duckdb.ParserException, ValueError):
            continue
        return kind
    return "EXPLAIN"
