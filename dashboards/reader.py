"""The published release that a page shows, and the named questions it is asked.

A page asks one release for all it shows, so that no two figures are of different nights. Each
question is a file of `queries/`, `<page>/<name>.sql`, with `$parameters`. What several questions
share is a file that they include, `<page>/_<name>.sql`.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
import streamlit
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from warehouse import connect

_QUERIES = Path(__file__).with_name("queries")
# The release that is shown, and the one before it, which another person may still be reading.
_OPEN_RELEASES = 2
_KEPT_ANSWERS = 500

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Release:
    """One published version, at its own path: it never changes."""

    path: Path

    @property
    def run(self) -> str:
        """The run that made it."""
        return self.path.stem

    def rows(self, query: str, **parameters: object) -> list[Row]:
        """The rows of a named question; lists and structs are Python's."""
        rows: list[Row] = self._ask(query, parameters).to_pylist()
        return rows

    def row(self, query: str, **parameters: object) -> Row | None:
        """The first row, if there is one."""
        rows = self.rows(query, **parameters)
        return rows[0] if rows else None

    def table(self, query: str, **parameters: object) -> pyarrow.Table:
        """The answer as a chart takes it: decimals are doubles."""
        return _for_charts(self._ask(query, parameters))

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A read-only connection of one's own to this release."""
        return _connection(self.path).cursor()

    def _ask(self, query: str, parameters: dict[str, object]) -> pyarrow.Table:
        return _answer(self.path, query, tuple(sorted(parameters.items())))


def home() -> Path:
    """Where the warehouse is: whoever starts the app says so."""
    return Path(os.environ["ARTHOUSE_HOME"])


def current() -> Release:
    """The release that readers see now.

    Raises:
        NotPublishedError: there is none yet.
    """
    return Release(connect.published(home()))


@streamlit.cache_resource(max_entries=_OPEN_RELEASES, show_spinner=False)
def _connection(path: Path) -> duckdb.DuckDBPyConnection:
    return connect.opened(path)


@streamlit.cache_data(max_entries=_KEPT_ANSWERS, show_spinner=False)
def _answer(path: Path, query: str, parameters: tuple[tuple[str, object], ...]) -> pyarrow.Table:
    cursor = _connection(path).cursor()
    return cursor.sql(statement(query), params=dict(parameters)).to_arrow_table()


@cache
def statement(query: str) -> str:
    """The SQL of a named question."""
    return _questions().get_template(f"{query}.sql").render()


@cache
def _questions() -> Environment:
    # Nothing is filled in but files of ours: values are DuckDB's `$parameters`.
    return Environment(loader=FileSystemLoader(_QUERIES), undefined=StrictUndefined)  # noqa: S701


def _for_charts(table: pyarrow.Table) -> pyarrow.Table:
    """Vega knows doubles, and takes a decimal for text."""
    fields = [
        field.with_type(pyarrow.float64()) if pyarrow.types.is_decimal(field.type) else field
        for field in table.schema
    ]
    return table.cast(pyarrow.schema(fields))
