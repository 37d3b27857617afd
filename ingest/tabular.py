r"""Separated text to typed Parquet: what fits is loaded, every other record is in the ledger.

Two ways in, one meaning. The fast way lets DuckDB's reader parse decoded text, and keeps the rows
whose every value has the form its column promises. When that yields anything but one row per
record, or a repeated key, nothing of it is kept: the careful way numbers the records, splits them
in SQL, and names for each misfit the column and the reason. Both use the expressions of `forms`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest import decode, judgement, records, rejects
from ingest.catalog import Column, Table
from ingest.decode import Text
from ingest.dialect import TSV, Dialect
from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.judgement import PARQUET, literal, value
from ingest.source import Source
from ingest.text_files import TextFileSystem

__all__ = ["PARQUET", "Judged", "Kept", "Loaded", "header_columns", "judge", "load"]

MAX_LINE_BYTES = records.MAX_BYTES
# Rows whose keys are grouped at once: about 500 MB for one group in four rows.
SLICE_ROWS = 32_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What a lake table keeps of a text's columns: SQL by column, and those that are its key.

    The key's order is for `has_repeated_key`: no constants, the densest whole numbers last.
    """

    columns: Mapping[str, str]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Counts of one file, in records after the header: received = loaded + rejected."""

    received_count: int
    loaded_count: int
    rejected_count: int
    duplicate_count: int
    extra_columns: list[str]
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judged file holds: every record after the header has a row."""

    received_count: int
    extra_columns: list[str]
    warnings: list[str]


def header_columns(table: Table, text: Text, source_file: str, dialect: Dialect = TSV) -> list[str]:
    """The file's column names; without a header, those of the catalogue.

    Raises:
        SourceChangedError: a column is missing or stands elsewhere; the message names it.
    """
    expected = [column.name for column in table.columns]
    if not dialect.has_header:
        _refuse_other_texts(text, source_file)
        return expected
    found = dialect.names(text.header)
    missing = [name for name in expected if name not in (found or [])]
    # Behind a lone CR, names are the values of a first row; quotes tell where that is a name.
    if found is None or missing or (not dialect.quote and _has_lone_return(text)):
        _refuse_other_texts(text, source_file)
        raise SourceChangedError(
            source_file,
            f"its header lacks {', '.join(missing)}; it has {text.header[:300]}",
            "Nothing was loaded: compare the publisher's documentation with ingest/catalog",
        )
    if found[: len(expected)] != expected and not dialect.is_by_name:
        raise SourceChangedError(
            source_file,
            f"its columns stand in another order: {', '.join(found)[:300]}",
            f"Expected {', '.join(expected)} first: a person must look before values move",
        )
    if len(set(found)) != len(found):
        raise SourceChangedError(
            source_file,
            f"its header repeats a name: {', '.join(found)[:300]}",
            "A person must look",
        )
    return found


def _refuse_other_texts(text: Text, source_file: str) -> None:
    """SourceChangedError where the first line shows what kind of text this is instead."""
    first = text.header
    if "\0" in first or first.startswith(("\\xff\\xfe", "\\xfe\\xff")):
        kind = "UTF-16"
    elif _has_lone_return(text):
        kind = "text whose lines end in a carriage return alone"
    else:
        return
    raise SourceChangedError(
        source_file, f"it looks like {kind}", "Save it as UTF-8 with LF or CR LF at the lines' ends"
    )


def _has_lone_return(text: Text) -> bool:
    return "\r" in text.header.removesuffix("\r")


def load(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    source: Source,
    text: Text,
    folder: Path,
    *,
    source_file: str,
    dialect: Dialect = TSV,
    kept: Kept | None = None,
) -> Loaded:
    """Write `folder/<table>.parquet` and its rejects from one text, measured in its dialect.

    The table describes the text. What the lake keeps of it is the same, unless `kept` says so.

    Raises:
        SourceChangedError: the header is not the catalogue's.
        SourceDamagedError: the text changed between measuring and loading.
    """
    reading = _Reading(
        table, header_columns(table, text, source_file, dialect), source, text, dialect
    )
    with _unaltered(reading, source_file):
        counts = _load(connection, reading, folder, kept or _all(table), source_file)
        if sum(counts[:2]) != reading.received_count:
            raise _altered(reading, source_file)
    loaded, rejected, duplicates = counts
    return Loaded(
        reading.received_count,
        loaded,
        rejected,
        duplicates,
        reading.extra_columns(),
        _warnings(text),
    )


def judge(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    source: Source,
    text: Text,
    judged: Path,
    *,
    source_file: str,
    dialect: Dialect = TSV,
) -> Judged:
    """Write every record of a text, measured in its dialect, to the Parquet file `judged`.

    For loaders with rules of their own: (line_number, reason, column_name, raw_line, and the
    table's columns, typed). Where `reason` is not null the record is a reject, its columns are
    null, and `column_name` names the first that does not fit, if it is one column. A record of
    several lines has the number of its first. Keys may repeat: that is for the caller to see.

    Raises:
        SourceChangedError: the header is not the catalogue's.
        SourceDamagedError: the text changed between measuring and judging.
    """
    reading = _Reading(
        table, header_columns(table, text, source_file, dialect), source, text, dialect
    )
    with _unaltered(reading, source_file):
        if _judge(connection, reading, judged) != reading.received_count:
            raise _altered(reading, source_file)
    return Judged(reading.received_count, reading.extra_columns(), _warnings(text))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text being read as one table; `names` are all its columns, from left to right."""

    table: Table
    names: list[str]
    source: Source
    text: Text
    dialect: Dialect

    @property
    def received_count(self) -> int:
        return self.text.record_count - int(self.dialect.has_header)

    def extra_columns(self) -> list[str]:
        wanted = {column.name for column in self.table.columns}
        return [name for name in self.names if name not in wanted]

    def is_regular(self) -> bool:
        """Whether DuckDB's reader can make nothing but one row of each line.

        It skips blank lines, takes a lone CR for a line's end, and drops extra trailing fields
        that are null, all without a word. Counting rules each of them out beforehand.
        """
        text, width = self.text, len(self.names)
        if text.split is None:
            return not text.has_carriage_return and text.tab_count == text.line_count * (width - 1)
        split = text.split
        return (
            split.ends_alike
            and split.torn_count == 0
            and split.record_count == text.line_count
            and split.delimiter_count == split.record_count * (width - 1)
        )


def _all(table: Table) -> Kept:
    return Kept({column.name: f'"{column.name}"' for column in table.columns}, table.key)


def _altered(reading: _Reading, source_file: str) -> SourceDamagedError:
    return SourceDamagedError(
        source_file,
        f"it changed while it was read, after {reading.received_count} records were counted",
        "Something else writes to landing: find it, then run again",
    )


@contextmanager
def _unaltered(reading: _Reading, source_file: str) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        # What Python's reader raised comes out of DuckDB as its own error: ask the file itself.
        again = decode.measure(reading.source, name=source_file, dialect=reading.dialect)
        if again == reading.text:
            raise
        raise _altered(reading, source_file) from error


def _load(
    connection: duckdb.DuckDBPyConnection,
    reading: _Reading,
    folder: Path,
    kept: Kept,
    source_file: str,
) -> tuple[int, int, int]:
    """Load one way or the other; counts of loaded, rejected and, of those, repeated keys."""
    table = reading.table
    target = folder / f"{table.name}.parquet"
    ledger = rejects.path(folder, table.name)
    for path in (target, ledger):
        path.unlink(missing_ok=True)
    if _load_fast(connection, reading, kept, target):
        rejects.write_none(connection, ledger)
        return reading.received_count, 0, 0
    judged = folder / f".{table.name}.judged.parquet"
    _judge(connection, reading, judged)
    counts = judgement.settle(connection, table, judged, target, ledger, kept.columns, source_file)
    judged.unlink()
    return counts


def _judge(connection: duckdb.DuckDBPyConnection, reading: _Reading, judged: Path) -> int:
    lines = decode.lines(reading.source, reading.text, reading.dialect)
    return judgement.write(connection, reading.table, reading.names, lines, judged, reading.dialect)


def _warnings(text: Text) -> list[str]:
    is_odd = text.has_carriage_return and not (text.split and text.split.ends_alike)
    return [
        words
        for words, is_so in (
            ("starts with a byte order mark, left out", text.has_bom),
            ("holds carriage returns; one at a line's end is left out", is_odd),
            ("the last line has no newline: was the file cut?", not text.ends_with_newline),
        )
        if is_so
    ]


def _load_fast(
    connection: duckdb.DuckDBPyConnection, reading: _Reading, kept: Kept, target: Path
) -> bool:
    """Whether DuckDB's reader made one fitting row of each record, with unrepeated keys."""
    if not reading.is_regular():
        return False
    connection.register_filesystem(TextFileSystem({reading.source: reading.text}))
    try:
        [(row_count,)] = connection.execute(_fast_sql(reading, kept, target)).fetchall()
    except duckdb.InvalidInputException:
        return False  # no fit, a field count, a character set, a length: the careful way says
    finally:
        connection.unregister_filesystem(TextFileSystem.protocol)
    return bool(row_count == reading.received_count) and not has_repeated_key(
        connection, kept.key, target, row_count
    )


def _fast_sql(reading: _Reading, kept: Kept, target: Path) -> str:
    table, dialect = reading.table, reading.dialect
    places = {name: place for place, name in enumerate(reading.names)}
    wanted = {places[column.name]: column.name for column in table.columns}
    declared = ", ".join(
        f"{literal(wanted.get(place, f'extra {place}'))}: 'varchar'" for place in places.values()
    )
    values = ", ".join(f'{_value_or_error(c)} as "{c.name}"' for c in table.columns)
    columns = ", ".join(f'{sql} as "{name}"' for name, sql in kept.columns.items())
    has_quotes = reading.text.split is not None and reading.text.split.has_quotes
    quote = literal(dialect.quote if has_quotes else "")
    return f"""
        copy (
            select {columns} from (
                select {values}
                from read_csv(
                    {literal(TextFileSystem.url(reading.source))},
                    auto_detect = false, header = {dialect.has_header}, compression = 'none',
                    columns = {{{declared}}},
                    delim = {literal(dialect.delimiter)}, quote = {quote}, escape = {quote},
                    comment = '', nullstr = {literal(dialect.null)},
                    strict_mode = true, null_padding = false, ignore_errors = false,
                    max_line_size = {MAX_LINE_BYTES}
                )
            )
        ) to {literal(str(target))} ({PARQUET})
    """


def _value_or_error(column: Column) -> str:
    """The value, or an end to the query: a filter would compute each value twice."""
    raw = f'"{column.name}"'
    made = value(column, raw)
    if column.required:
        return f"coalesce({made}, error('no fit'))"
    if column.form == "text":
        return made
    return f"case when {raw} is not null then coalesce({made}, error('no fit')) end"


def has_repeated_key(
    connection: duckdb.DuckDBPyConnection, key: Sequence[str], parquet: Path, row_count: int
) -> bool:
    """Whether two rows of a Parquet file share a key, which must not be null.

    Where whole numbers from 0 on stand close together, 64 of the last column share a group and each
    sets its bit of one word: fewer bits than rows is a repeat. It takes a quarter of the time of a
    group for each key.
    """
    first, last = f'"{key[0]}"', f'"{key[-1]}"'
    leading = "".join(f'"{name}", ' for name in key[:-1])
    kinds = connection.execute(
        f"describe select {leading}{last} from read_parquet($1)", [str(parquet)]
    )
    if all(kind in ("INTEGER", "BIGINT") for _, kind, *_ in kinds.fetchall()):
        last = f"{last} >> 6"
        is_repeated = (
            f'count(*) <> bit_count(bit_or(1::ubigint << cast("{key[-1]}" & 63 as ubigint)))'
        )
    else:
        is_repeated = "count(*) > 1"
    slices = max(1, row_count // SLICE_ROWS)
    for number in range(slices):
        repeated = connection.execute(
            f"""
            select 1 from read_parquet($parquet)
            where {f"hash({first}) % {slices} = {number}" if slices > 1 else "true"}
            group by {leading}{last}
            having {is_repeated}
            limit 1
            """,
            {"parquet": str(parquet)},
        ).fetchall()
        if repeated:
            return True
    return False
