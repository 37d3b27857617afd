"""An answer in types that every reader of Arrow reads right: pandas, Streamlit, plain Python.

What they misread or do not know becomes DuckDB's own text: an interval, a struct, a date after
9999. Lists of plain values stay lists. Of a bounded answer, the child made what is nested text.
"""

import duckdb
import pyarrow as pa

from warehouse.sandboxed.nested import PLAIN, is_plain_list

HUGE = frozenset({"HUGEINT", "UHUGEINT"})
# Python knows the years 1 to 9999 only.
DATED = frozenset({"DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP WITH TIME ZONE"})
FIRST, LAST = "'0001-01-01'", "'9999-12-31'"


def table(answer: pa.Table) -> pa.Table:
    """The same rows; columns of one name keep it."""
    # Names may be equal, or anything: here they are numbers.
    numbered = answer.rename_columns([f"c{i}" for i in range(answer.num_columns)])
    with duckdb.connect(config={"enable_external_access": False}) as connection:
        connection.register("answer", numbered)
        described = connection.execute("describe answer").fetchall()
        columns = [_column(connection, name, kind) for name, kind, *_ in described]
        made = connection.sql(f"select {', '.join(columns)} from answer").to_arrow_table()
    return made.rename_columns(answer.column_names)


def _column(connection: duckdb.DuckDBPyConnection, name: str, kind: str) -> str:
    if kind in PLAIN or (kind.startswith("DECIMAL") and not kind.endswith("]")):
        return name
    if is_plain_list(kind):
        return name
    if kind in HUGE and _all(connection, f"try_cast({name} as bigint) is not null", name):
        return f"{name}::bigint as {name}"
    if kind in DATED and _all(connection, f"{name}::date between {FIRST} and {LAST}", name):
        return name
    return f"{name}::varchar as {name}"


def _all(connection: duckdb.DuckDBPyConnection, condition: str, name: str) -> bool:
    query = f"select coalesce(bool_and({condition}), true) from answer where {name} is not null"
    [(held,)] = connection.execute(query).fetchall()
    return bool(held)
