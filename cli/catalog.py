"""What a statement can name: the release's tables with their comments, and DuckDB's words."""

from dataclasses import dataclass
from pathlib import Path

from warehouse import connect

# DuckDB does not reserve them, and people write them.
USUAL = frozenset(
    {"explain", "exclude", "filter", "first", "following", "last", "nulls", "over", "partition"}
    | {"preceding", "range", "recursive", "replace", "rows", "sample", "unbounded", "within"}
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column, with what its comment says."""

    name: str
    kind: str
    comment: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view, with what its comment says; a view's rows are not counted."""

    schema: str
    name: str
    comment: str
    rows: int | None
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """What a statement can name."""

    tables: dict[str, Table]
    # With what DuckDB says of them.
    functions: dict[str, str]
    keywords: frozenset[str]


def read(home: Path) -> Catalog:
    """The published release's."""
    with connect.reading(home) as connection:
        columns: dict[tuple[str, str], list[Column]] = {}
        for schema, table, name, kind, comment in connection.execute(
            "select schema_name, table_name, column_name, data_type, coalesce(comment, '') "
            "from duckdb_columns() where not internal order by column_index"
        ).fetchall():
            columns.setdefault((schema, table), []).append(Column(name, kind, comment))
        tables = connection.execute(
            "select schema_name, table_name, coalesce(comment, ''), estimated_size "
            "from duckdb_tables() where not internal union all "
            "select schema_name, view_name, coalesce(comment, ''), null "
            "from duckdb_views() where not internal order by 1, 2"
        ).fetchall()
        functions = connection.execute(
            "select function_name, any_value(description) from duckdb_functions() "
            "where function_type in ('scalar', 'aggregate') "
            "and regexp_full_match(function_name, '[a-z][a-z0-9_]+') group by 1 order by 1"
        ).fetchall()
        keywords = connection.execute(
            "select keyword_name from duckdb_keywords() where keyword_category <> 'unreserved'"
        ).fetchall()
    return Catalog(
        {
            name: Table(schema, name, comment, rows, tuple(columns.get((schema, name), ())))
            for schema, name, comment, rows in tables
        },
        {name: about or "" for name, about in functions},
        USUAL.union(name for (name,) in keywords),
    )
