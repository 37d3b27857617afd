"""Proofs: a fault planted for one check, and whether that very check was seen failing by it."""

from dataclasses import dataclass

import duckdb

_LITERALS = {"VARCHAR": "'nobody knows this'", "BOOLEAN": "true", "DATE": "date '2001-02-03'"}
_OF_TIME = ("TIMESTAMP", "TIME")


@dataclass(frozen=True, slots=True, order=True)
class Proof:
    """One row of `docs/gates_proven.md`. `why_not`: '' where the check was seen failing."""

    gate: str
    place: str
    check: str
    planted: str
    why_not: str = ""


def literal(kind: str) -> str:
    """Some value of a DuckDB type, as SQL."""
    if kind.endswith("[]"):
        return f"[]::{kind}"
    if kind.startswith(_OF_TIME):
        return "timestamp '2001-02-03 04:05:06'"
    return _LITERALS.get(kind, f"1::{kind}")


def unknown(kind: str) -> str:
    """A value of a type that no list of values has, as SQL."""
    if kind.endswith("[]"):
        return f"[{unknown(kind[:-2])}]"
    return _LITERALS["VARCHAR"] if kind == "VARCHAR" else f"(-987)::{kind}"


def columns(session: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    """The columns of a relation and their types."""
    rows = session.execute(f"describe from {relation}").fetchall()
    return {name: kind for name, kind, *_ in rows}


def count(session: duckdb.DuckDBPyConnection, query: str) -> int:
    """How many rows a query has."""
    [(rows,)] = session.execute(f"select count(*) from (\n{query}\n)").fetchall()
    return int(rows)


def bare(relation: str) -> str:
    """The table's own name, of a relation with its database and schema."""
    return relation.replace('"', "").rpartition(".")[2]
