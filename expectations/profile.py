"""One scan per table: counts, null shares and distinct values, for a gate to judge.

The gates judge measures rather than rows wherever they can, so that a table of a hundred
million rows is read once, by its engine, and a release's profile is small enough to be kept
beside it as the next night's baseline.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import duckdb

from expectations.suite import Relation, Subject, elements_of, measures_of, null_share_name

Number: TypeAlias = int | float


@dataclass(frozen=True, slots=True)
class TableProfile:
    """What was measured of one table. Shares are ratios, 0-1."""

    row_count: int
    null_shares: Mapping[str, float] = field(default_factory=dict)
    elements: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    measures: Mapping[str, Number | None] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As a release's manifest keeps it."""
        return {
            "row_count": self.row_count,
            "null_shares": dict(self.null_shares),
            "elements": {column: dict(counts) for column, counts in self.elements.items()},
            "measures": dict(self.measures),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "TableProfile":
        """Read what `to_json` wrote; KeyError when it is something else."""
        return cls(
            document["row_count"],
            document["null_shares"],
            document["elements"],
            document["measures"],
        )


def measure(session: duckdb.DuckDBPyConnection, subject: Subject) -> TableProfile:
    """Scan a table once; leave what was measured in `measures` and `elements`.

    Raises:
        duckdb.Error: the table, or a column a measure names, does not exist.
    """
    rows = qualified(subject.relation)
    types = _column_types(session, rows)
    nullable = [name for name in subject.null_shares if name in types]
    shares = {null_share_name(name): _null_share(name) for name in nullable}
    into = qualified(measures_of(subject.table_name))
    measured = _aggregate(
        session, {"row_count": "count(*)", **shares, **subject.measures}, rows, into
    )
    return TableProfile(
        row_count=measured["row_count"],
        null_shares={name: measured[null_share_name(name)] for name in nullable},
        elements={
            name: _elements(session, subject.table_name, name, types[name], rows)
            for name in subject.elements
            if name in types
        },
        measures={name: measured[name] for name in subject.measures},
    )


def null_shares(
    session: duckdb.DuckDBPyConnection, rows: str, columns: tuple[str, ...]
) -> dict[str, float]:
    """Null shares of another version of a table, of those columns it has."""
    known = [name for name in columns if name in _column_types(session, rows)]
    if not known:
        return {}
    shares = ", ".join(_null_share(name) for name in known)
    [row] = session.execute(f"select {shares} from {rows}").fetchall()
    return dict(zip(known, row, strict=True))


def qualified(relation: Relation) -> str:
    """The relation's name in SQL."""
    return f'"{relation.schema}"."{relation.name}"'


def _null_share(column: str) -> str:
    # An empty table misses nothing.
    return f'coalesce((count(*) - count("{column}")) / nullif(count(*), 0), 0.0)'


def _column_types(session: duckdb.DuckDBPyConnection, rows: str) -> dict[str, str]:
    described = session.execute(f"describe select * from {rows}").fetchall()
    return {name: type_name for name, type_name, *_ in described}


def _aggregate(
    session: duckdb.DuckDBPyConnection, aggregates: Mapping[str, str], rows: str, into: str
) -> dict[str, Any]:
    columns = ", ".join(f'{sql} as "{name}"' for name, sql in aggregates.items())
    session.execute(f"create table {into} as select {columns} from {rows}")
    [row] = session.execute(f"select * from {into}").fetchall()
    return dict(zip(aggregates, row, strict=True))


def _elements(
    session: duckdb.DuckDBPyConnection, table_name: str, column: str, type_name: str, rows: str
) -> dict[str, int]:
    element = f'unnest("{column}")' if type_name.endswith("[]") else f'"{column}"'
    into = qualified(elements_of(table_name, column))
    session.execute(
        f"create table {into} as "
        f"with elements as (select {element} as element from {rows}) "
        "select element, count(*) as row_count from elements where element is not null "
        "group by element order by row_count desc, element"
    )
    return dict(session.execute(f"select element, row_count from {into}").fetchall())
