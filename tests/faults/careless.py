"""Careless loaders of dumps: what the checks of F08 to F15 must see."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from ingest import rejects, tabular
from ingest.catalog import Table
from ingest.forms import FORMS, Form
from ingest.judgement import PARQUET, literal, value

Loading = Callable[..., tuple[int, int, int]]


@contextmanager
def duckdb_alone(options: str) -> Iterator[None]:
    """DuckDB's reader with options that are often advised, and with whatever it makes of a file."""

    def load(
        connection: duckdb.DuckDBPyConnection,
        reading: tabular._Reading,
        folder: Path,
        *_: object,
    ) -> tuple[int, int, int]:
        table = reading.table
        declared = ", ".join(f"{literal(name)}: 'varchar'" for name in reading.names)
        raws = [(column, f'"{column.name}"') for column in table.columns]
        values = ", ".join(f"{value(column, raw)} as {raw}" for column, raw in raws)
        [(count,)] = connection.execute(f"""
            copy (
                select {values} from read_csv(
                    {literal(str(reading.source))}, auto_detect = false, header = true,
                    columns = {{{declared}}}, delim = '\t', nullstr = '\\N', {options}
                )
            ) to {literal(str(folder / f"{table.name}.parquet"))} ({PARQUET})
        """).fetchall()
        rejects.write_none(connection, rejects.path(folder, table.name))
        return count, reading.received_count - count, 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tabular, "_load", load)
        yield


@contextmanager
def uncounted() -> Iterator[None]:
    """The fast way for every text: no fields were counted beforehand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tabular._Reading, "is_regular", lambda _: True)
        yield


@contextmanager
def believing_any_header() -> Iterator[None]:
    """A loader that names columns as the catalogue does, whatever the file says."""

    def names(table: Table, *_: object) -> list[str]:
        return [column.name for column in table.columns]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tabular, "header_columns", names)
        yield


@contextmanager
def rounding() -> Iterator[None]:
    """Whole numbers as SQL casts them: 1.5 is 2, and a space is none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FORMS, "whole", Form("try_cast({c} as integer)", FORMS["whole"].complaint))
        yield
