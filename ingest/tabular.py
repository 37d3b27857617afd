r"""Separated text to typed Parquet: what fits is loaded, every other line is in the ledger.

Two ways in, one meaning. The fast way lets DuckDB's reader parse decoded text, and keeps the rows
whose every value has the form its column promises. When that yields anything but one row per
line, or a repeated key, nothing of it is kept: the careful way numbers the lines, splits them in
SQL, and names for each misfit the column and the reason. Both use the expressions of `forms`.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest import decode, rejects
from ingest.catalog import Column, Table
from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.forms import FORMS

# A title or a character list is below 10 kB; a line of megabytes is a broken file.
MAX_LINE_BYTES = 4 << 20
# Rows whose keys are grouped at once: about 500 MB for one group in four rows.
SLICE_ROWS = 32_000_000
# Nobody looks a value up in the lake: Bloom filters would cost a tenth of the writing.
PARQUET = (
    "format parquet, parquet_version v2, compression zstd, compression_level 1, "
    "write_bloom_filter false"
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Counts of one file, in lines after the header: received = loaded + rejected."""

    received_count: int
    loaded_count: int
    rejected_count: int
    duplicate_count: int
    extra_columns: list[str]
    warnings: list[str]


def header_columns(table: Table, text: decode.Text, source_file: str) -> list[str]:
    """The file's column names, which start with the catalogue's.

    Raises:
        SourceChangedError: a column is missing or stands elsewhere; the message names it.
    """
    found = text.header.removesuffix("\r").split("\t")
    expected = [column.name for column in table.columns]
    missing = [name for name in expected if name not in found]
    if missing:
        raise SourceChangedError(
            source_file,
            f"its header lacks {', '.join(missing)}; it has {', '.join(found)[:300]}",
            "Nothing was loaded: compare the publisher's documentation with ingest/catalog.py",
        )
    if found[: len(expected)] != expected:
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


def load(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    source: Path,
    text: decode.Text,
    folder: Path,
    *,
    source_file: str,
) -> Loaded:
    """Write `folder/<table>.parquet` and its rejects from one measured dump.

    Raises:
        SourceChangedError: the header is not the catalogue's.
        SourceDamagedError: the text changed between measuring and loading.
    """
    columns = header_columns(table, text, source_file)
    received = text.line_count - 1
    altered = SourceDamagedError(
        source_file,
        f"it changed while it was read, after {received} lines were counted",
        "Something else writes to landing: find it, then run again",
    )
    try:
        loaded, rejected, duplicates = _load(
            connection, table, len(columns), source, text, folder, source_file
        )
    except duckdb.Error as error:
        # What Python's reader raised comes out of DuckDB as its own error: ask the file itself.
        if decode.measure(source, name=source_file) == text:
            raise
        raise altered from error
    if loaded + rejected != received:
        raise altered
    extra = columns[len(table.columns) :]
    return Loaded(received, loaded, rejected, duplicates, extra, _warnings(text))


def _load(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    width: int,
    source: Path,
    text: decode.Text,
    folder: Path,
    source_file: str,
) -> tuple[int, int, int]:
    """Load one way or the other; counts of loaded, rejected and, of those, repeated keys."""
    target = folder / f"{table.name}.parquet"
    ledger = rejects.path(folder, table.name)
    for path in (target, ledger):
        path.unlink(missing_ok=True)
    if _load_fast(connection, table, width, source, text, target):
        rejects.write_none(connection, ledger)
        return text.line_count - 1, 0, 0
    return _load_carefully(connection, table, width, source, text, folder, source_file)


def _warnings(text: decode.Text) -> list[str]:
    return [
        words
        for words, is_so in (
            ("starts with a byte order mark, left out", text.has_bom),
            ("holds carriage returns; one at a line's end is left out", text.has_carriage_return),
            ("the last line has no newline: was the file cut?", not text.ends_with_newline),
        )
        if is_so
    ]


def _value(column: Column, text: str) -> str:
    return FORMS[column.form].sql.format(c=text)


def _fits(column: Column, raw: str, value: str) -> str:
    if column.required:
        return f"{value} is not null"
    return f"({raw} is null or {value} is not null)"


def _load_fast(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    width: int,
    source: Path,
    text: decode.Text,
    target: Path,
) -> bool:
    """Whether DuckDB's reader made one fitting row of each line, with unrepeated keys."""
    # Its reader skips blank lines, takes a lone CR for a line's end, and drops extra trailing
    # fields that are null, all without a word. Counting rules each of them out beforehand.
    if text.has_carriage_return or text.tab_count != text.line_count * (width - 1):
        return False
    connection.register_filesystem(decode.TextFileSystem({source: text}))
    try:
        [(row_count,)] = connection.execute(_fast_sql(table, width, source, target)).fetchall()
    except duckdb.InvalidInputException:
        return False  # no fit, a field count, a character set, a length: the careful way says
    finally:
        connection.unregister_filesystem(decode.TextFileSystem.protocol)
    return bool(row_count == text.line_count - 1) and not _has_repeated_key(
        connection, table, target, row_count
    )


def _fast_sql(table: Table, width: int, source: Path, target: Path) -> str:
    names = [column.name for column in table.columns]
    names += [f"extra {number}" for number in range(width - len(names))]
    declared = ", ".join(f"{_text(name)}: 'varchar'" for name in names)
    values = ", ".join(f'{_value_or_error(c)} as "{c.name}"' for c in table.columns)
    return f"""
        copy (
            select {values}
            from read_csv(
                {_text(decode.TextFileSystem.url(source))},
                auto_detect = false, header = true, compression = 'none',
                columns = {{{declared}}},
                delim = '\t', quote = '', escape = '', comment = '', nullstr = '\\N',
                strict_mode = true, null_padding = false, ignore_errors = false,
                max_line_size = {MAX_LINE_BYTES}
            )
        ) to {_text(str(target))} ({PARQUET})
    """


def _value_or_error(column: Column) -> str:
    """The value, or an end to the query: a filter would compute each value twice."""
    raw = f'"{column.name}"'
    value = _value(column, raw)
    if column.required:
        return f"coalesce({value}, error('no fit'))"
    if column.form == "text":
        return value
    return f"case when {raw} is not null then coalesce({value}, error('no fit')) end"


def _has_repeated_key(
    connection: duckdb.DuckDBPyConnection, table: Table, parquet: Path, row_count: int
) -> bool:
    """Whether two rows share a key, whose columns are whole numbers from 0 on.

    Keys stand close together, so 64 numbers share a group and each sets its bit of one word: fewer
    bits than rows is a repeat. It takes a quarter of the time of a group for each key.
    """
    leading = "".join(f'"{name}", ' for name in table.key[:-1])
    last = f'"{table.key[-1]}"'
    slices = max(1, row_count // SLICE_ROWS)
    for number in range(slices):
        repeated = connection.execute(
            f"""
            select 1 from read_parquet($parquet)
            where "{table.key[0]}" % {slices} = {number}
            group by {leading}{last} >> 6
            having count(*) <> bit_count(bit_or(1::ubigint << cast({last} & 63 as ubigint)))
            limit 1
            """,
            {"parquet": str(parquet)},
        ).fetchall()
        if repeated:
            return True
    return False


def _load_carefully(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    width: int,
    source: Path,
    text: decode.Text,
    folder: Path,
    source_file: str,
) -> tuple[int, int, int]:
    """Load line by line, in SQL; counts of loaded, rejected and, of those, repeated keys."""
    judged = folder / f".{table.name}.judged.parquet"
    connection.register("numbered_lines", decode.lines(source, text))
    try:
        connection.execute(_judge_sql(table, width, judged))
    finally:
        connection.unregister("numbered_lines")
    connection.execute(_repeats_sql(table, judged))
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    kept = "line_number not in (select line_number from repeats)"
    parameters = {"judged": str(judged)}
    [(loaded,)] = connection.execute(
        f"""
        copy (select {names} from read_parquet($judged) where reason is null and {kept})
        to {_text(str(folder / f"{table.name}.parquet"))} ({PARQUET})
        """,
        parameters,
    ).fetchall()
    [(rejected,)] = connection.execute(
        f"""
        copy (
            select
                {_text(table.name)} as table_name, {_text(source_file)} as source_file,
                judged.line_number,
                case when repeats.line_number is null then judged.column_name
                    else {_text(", ".join(table.key))} end as column_name,
                coalesce(judged.reason, repeats.reason) as reason, judged.raw_line
            from read_parquet($judged) as judged
            left join repeats on judged.line_number = repeats.line_number
            where judged.reason is not null or repeats.line_number is not null
            order by judged.line_number
        ) to {_text(str(rejects.path(folder, table.name)))} ({PARQUET})
        """,
        parameters,
    ).fetchall()
    [(duplicates,)] = connection.execute("select count(*) from repeats").fetchall()
    connection.execute("drop table repeats")
    judged.unlink()
    return int(loaded), int(rejected), int(duplicates)


def _judge_sql(table: Table, width: int, judged: Path) -> str:
    """Each line with its values, or with the first column that does not fit and why."""
    raws = ", ".join(
        f"nullif(fields[{position}], '\\N') as \"{column.name} raw\""
        for position, column in enumerate(table.columns, start=1)
    )
    values = [(c, f'"{c.name} raw"', f'"{c.name}"') for c in table.columns]
    computed = ", ".join(f"{_value(c, raw)} as {value}" for c, raw, value in values)
    misfits = [(c, f"not {_fits(c, raw, value)}", raw) for c, raw, value in values]
    reasons = " ".join(
        f"when {misfit} then case when {raw} is null then 'no value' else "
        f"{_text(FORMS[c.form].complaint)} end"
        for c, misfit, raw in misfits
    )
    named = " ".join(f"when {misfit} then {_text(c.name)}" for c, misfit, _ in misfits)
    return f"""
        copy (
            with decoded as (
                select
                    line_number, line as raw_line, octet_length(line) as byte_count,
                    try(decode(case when octet_length(line) <= {MAX_LINE_BYTES} then line end))
                        as decoded_text
                from numbered_lines
            ),
            texts as (
                select *, case
                    when ends_with(decoded_text, chr(13)) then left(decoded_text, -1)
                    else decoded_text
                end as text
                from decoded
            ),
            split as (select *, string_split(text, chr(9)) as fields from texts),
            raws as (select *, {raws} from split),
            valued as (select *, {computed} from raws),
            judged as (
                select *, case
                    when byte_count > {MAX_LINE_BYTES} then 'longer than {MAX_LINE_BYTES} bytes'
                    when text is null then 'not valid UTF-8'
                    when text = '' then 'a blank line'
                    when len(fields) <> {width}
                        then printf('%d fields, expected {width}', len(fields))
                    {reasons}
                end as reason,
                case
                    when text is null or text = '' or len(fields) <> {width} then null
                    {named}
                end as column_name
                from valued
            )
            select
                line_number, reason, column_name, raw_line,
                {", ".join(f"case when reason is null then {v} end as {v}" for _, _, v in values)}
            from judged
        ) to {_text(str(judged))} ({PARQUET})
    """


def _repeats_sql(table: Table, judged: Path) -> str:
    """Lines that repeat the key of an earlier good line: the first in the file is kept."""
    key = ", ".join(f'"{name}"' for name in table.key)
    # Not by a hash of the row: DuckDB's is the same for [1], [2] and [1, 2], [].
    differs = " or ".join(
        f'members."{column.name}" is distinct from firsts."{column.name}"'
        for column in table.columns
    )
    return f"""
        create or replace temp table repeats as
        with good as (
            select * from read_parquet({_text(str(judged))}) where reason is null
        ),
        repeated as (
            select {key}, min(line_number) as first_line
            from good group by all having count(*) > 1
        ),
        members as materialized (
            select good.*, repeated.first_line from good inner join repeated using ({key})
        )
        select
            members.line_number,
            printf(
                case when {differs}
                then 'repeats the key of line %d with other values' else 'the same as line %d' end,
                members.first_line
            ) as reason
        from members inner join members as firsts on members.first_line = firsts.line_number
        where members.line_number > members.first_line
    """


def _text(value: str) -> str:
    """A SQL string literal."""
    return "'" + value.replace("'", "''") + "'"
