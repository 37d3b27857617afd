"""DuckDB for SQLAlchemy 2.1, as Great Expectations 1.24 needs it: `duckdb+gx:///<file>`.

duckdb-engine alone cannot serve it. Great Expectations reads a result after it has given the
connection back, and an open DuckDB result dies with its connection: so a cursor keeps its rows.
duckdb-engine reflects through pg_catalog, where SQLAlchemy 2.1 asks for tables DuckDB lacks: so
columns come from `duckdb_columns()`. A pooled connection holds the file's lock between queries:
so there is no pool.

The query part of a URL holds DuckDB settings, and the schema in which names are looked up:
`?access_mode=read_only&threads=2&schema=marts`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import duckdb
import duckdb_engine
from sqlalchemy import Connection, text, types
from sqlalchemy.dialects import registry
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import (
    ReflectedColumn,
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
    ReflectedPrimaryKeyConstraint,
)
from sqlalchemy.exc import NoSuchTableError
from sqlalchemy.pool import NullPool, Pool

NAME = "duckdb.gx"

# DB-API rows hold whatever the columns hold.
Row: TypeAlias = tuple[Any, ...]
Parameters: TypeAlias = Sequence[Any] | Mapping[str, Any] | None

COLUMNS = """
    select column_name, data_type, is_nullable, comment
    from duckdb_columns()
    where table_name = :table_name and schema_name = coalesce(:schema_name, current_schema())
        and database_name = current_database()
    order by column_index
"""
SCHEMAS = """
    select schema_name from duckdb_schemas()
    where database_name = current_database()
        and schema_name not in ('information_schema', 'pg_catalog')
    order by schema_name
"""

SCALARS: dict[str, type[types.TypeEngine[Any]]] = {
    "BIGINT": types.BigInteger,
    "BLOB": types.LargeBinary,
    "BOOLEAN": types.Boolean,
    "DATE": types.Date,
    "DOUBLE": types.Double,
    "FLOAT": types.Float,
    "INTEGER": types.Integer,
    "INTERVAL": types.Interval,
    "JSON": types.String,  # as DuckDB's own client hands it over
    "SMALLINT": types.SmallInteger,
    "TIME": types.Time,
    "TIMESTAMP": types.DateTime,
    "TIMESTAMP_MS": types.DateTime,
    "TIMESTAMP_NS": types.DateTime,
    "TIMESTAMP_S": types.DateTime,
    "TINYINT": types.SmallInteger,
    "UBIGINT": types.BigInteger,
    "UINTEGER": types.BigInteger,
    "USMALLINT": types.Integer,
    "UTINYINT": types.SmallInteger,
    "UUID": types.Uuid,
    "VARCHAR": types.String,
}
DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")
DIMENSION = re.compile(r"\[\d*\]$")


class BufferedCursor:
    """A DB-API cursor that has read its whole result: it outlives its connection."""

    arraysize = 1
    rowcount = -1  # DuckDB says it in a result row, if at all

    def __init__(
        self, session: duckdb.DuckDBPyConnection, connection: "BufferedConnection"
    ) -> None:
        self._session = session
        self.connection = connection  # its notices are read after each statement
        self._rows: list[Row] = []
        self._read_count = 0
        self.description: Sequence[Any] | None = None

    def execute(self, statement: str, parameters: Parameters = None) -> None:
        self._session.execute(statement, parameters or None)
        self.description = self._session.description
        self._rows = self._session.fetchall() if self.description else []
        self._read_count = 0

    def executemany(self, statement: str, parameters: Sequence[Parameters]) -> None:
        self._session.executemany(statement, list(parameters))
        self.description, self._rows, self._read_count = None, [], 0

    def fetchone(self) -> Row | None:
        return next(iter(self.fetchmany(1)), None)

    def fetchmany(self, size: int | None = None) -> list[Row]:
        rows = self._rows[self._read_count : self._read_count + (size or self.arraysize)]
        self._read_count += len(rows)
        return rows

    def fetchall(self) -> list[Row]:
        return self.fetchmany(len(self._rows))

    def close(self) -> None:
        self._rows = []


class BufferedConnection:
    """A DB-API connection to one DuckDB file, open only as long as SQLAlchemy holds it."""

    def __init__(self, session: duckdb.DuckDBPyConnection) -> None:
        self._session = session
        self.notices: list[str] = []  # of the psycopg2 dialect duckdb-engine builds on; none here

    def cursor(self) -> BufferedCursor:
        return BufferedCursor(self._session, self)

    def begin(self) -> None:
        self._session.begin()

    def commit(self) -> None:
        self._session.commit()

    def rollback(self) -> None:
        self._session.rollback()

    def close(self) -> None:
        self._session.close()


def column_type(name: str) -> types.TypeEngine[Any]:
    """The SQLAlchemy type for DuckDB's own name of a type; NullType where there is none."""
    if DIMENSION.search(name):
        return _list_type(name)
    if decimal := DECIMAL.fullmatch(name):
        return types.Numeric(precision=int(decimal[1]), scale=int(decimal[2]))
    if name in ("HUGEINT", "UHUGEINT"):
        return types.Numeric(precision=39, scale=0)
    if name == "TIMESTAMP WITH TIME ZONE":
        return types.DateTime(timezone=True)
    return SCALARS.get(name, types.NullType)()


def _list_type(name: str) -> types.TypeEngine[Any]:
    depth = 0
    while DIMENSION.search(name):
        name, depth = DIMENSION.sub("", name), depth + 1
    return types.ARRAY(column_type(name), dimensions=depth)


class Dialect(duckdb_engine.Dialect):  # type: ignore[misc]  # duckdb-engine is not typed
    """duckdb-engine's SQL with our connections and our reflection."""

    supports_statement_cache = False

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003 # SQLAlchemy's signature
        return NullPool

    def connect(
        self,
        database: str,
        url_config: Mapping[str, str] | None = None,
        config: Mapping[str, str] | None = None,
    ) -> BufferedConnection:
        """Open a file under the settings of the URL (`url_config`) and of the caller."""
        settings: dict[str, Any] = {**(config or {}), **(url_config or {})}
        schema = settings.pop("schema", None)
        session = duckdb.connect(database, config=settings)
        if schema is not None:
            session.execute("set schema = $schema", {"schema": schema})
        return BufferedConnection(session)

    def get_schema_names(self, connection: Connection, **_: object) -> list[str]:
        return list(connection.execute(text(SCHEMAS)).scalars().all())

    def get_columns(
        self, connection: Connection, table_name: str, schema: str | None = None, **_: object
    ) -> list[ReflectedColumn]:
        """Columns of a table or view of this file.

        Raises:
            NoSuchTableError: the schema has neither a table nor a view of that name.
        """
        names = {"table_name": str(table_name), "schema_name": schema}
        rows = connection.execute(text(COLUMNS), names).mappings().all()
        if not rows:
            raise NoSuchTableError(table_name)
        return [
            {
                "name": row["column_name"],
                "type": column_type(row["data_type"]),
                "nullable": row["is_nullable"],
                "default": None,
                "comment": row["comment"],
            }
            for row in rows
        ]

    # A gate asks for rows, not for constraints: dbt and load answer for those.

    def get_pk_constraint(self, *_: object, **__: object) -> ReflectedPrimaryKeyConstraint:
        return {"constrained_columns": [], "name": None}

    def get_foreign_keys(self, *_: object, **__: object) -> list[ReflectedForeignKeyConstraint]:
        return []

    def get_indexes(self, *_: object, **__: object) -> list[ReflectedIndex]:
        return []


def register() -> None:
    """Let SQLAlchemy find `duckdb+gx://`; harmless when done twice."""
    registry.register(NAME, __name__, Dialect.__name__)
