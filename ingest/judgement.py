r"""Judging a separated text record by record, in SQL: its values, or what does not fit and why."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from ingest import records
from ingest.catalog import Column, Table
from ingest.dialect import Dialect
from ingest.forms import FORMS

# Nobody looks a value up in the lake: Bloom filters would cost a tenth of the writing.
PARQUET = (
    "format parquet, parquet_version v2, compression zstd, compression_level 1, "
    "write_bloom_filter false"
)
TORN = "a quote is out of place, or never closes"


def literal(value: str) -> str:
    """A SQL string literal."""
    return "'" + value.replace("'", "''") + "'"


def value(column: Column, text: str) -> str:
    """SQL of a column's value; null where the text is null or does not fit."""
    return FORMS[column.form].sql.format(c=text)


def write(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    names: Sequence[str],
    lines: object,
    judged: Path,
    dialect: Dialect,
) -> int:
    """Write each of `lines` with its values or its reason; how many there were.

    `names` are the text's columns from left to right, some of which the table has.
    """
    connection.register("numbered_lines", lines)
    try:
        [(count,)] = connection.execute(_sql(table, names, judged, dialect)).fetchall()
    finally:
        connection.unregister("numbered_lines")
    return int(count)


def _fields(dialect: Dialect) -> str:
    """SQL of a record's fields; those in quotes without them, and each doubled quote as one."""
    plain = f"string_split(text, {literal(dialect.delimiter)})"
    if not dialect.quote:
        return plain
    quote, delimiter = literal(dialect.quote), _escaped(dialect.delimiter)
    mark = _escaped(dialect.quote)
    # A delimiter goes first, so that no field is an empty match, which RE2 steps over.
    pattern = f"{delimiter}({mark}(?:[^{mark}]|{mark}{mark})*{mark}|[^{delimiter}{mark}]*)"
    unquoted = (
        f"lambda field: case when starts_with(field, {quote}) "
        f"then replace(substr(field, 2, len(field) - 2), {quote} || {quote}, {quote}) "
        "else field end"
    )
    return f"""case
        when contains(text, {quote}) then list_transform(
            regexp_extract_all(
                {literal(dialect.delimiter)} || text, {literal(pattern)}, 1
            ), {unquoted}
        )
        else {plain}
    end"""


def _escaped(character: str) -> str:
    return f"\\x{{{ord(character):x}}}"


def _sql(table: Table, names: Sequence[str], judged: Path, dialect: Dialect) -> str:
    """Each record with its values, or with the first column that does not fit and why."""
    width, null = len(names), literal(dialect.null)
    raws = ", ".join(
        f'nullif(fields[{names.index(column.name) + 1}], {null}) as "{column.name} raw"'
        for column in table.columns
    )
    values = [(c, f'"{c.name} raw"', f'"{c.name}"') for c in table.columns]
    computed = ", ".join(f"{value(c, raw)} as {made}" for c, raw, made in values)
    misfits = [(c, f"not {_fits(c, raw, made)}", raw) for c, raw, made in values]
    reasons = " ".join(
        f"when {misfit} then case when {raw} is null then 'no value' else "
        f"{literal(FORMS[c.form].complaint)} end"
        for c, misfit, raw in misfits
    )
    named = " ".join(f"when {misfit} then {literal(c.name)}" for c, misfit, _ in misfits)
    longest = records.MAX_BYTES
    return f"""
        copy (
            with decoded as (
                select
                    line_number, line as raw_line, octet_length(line) as byte_count, is_torn,
                    try(decode(
                        case when octet_length(line) <= {longest} and not is_torn then line end
                    )) as decoded_text
                from numbered_lines
            ),
            texts as (
                select *, case
                    when ends_with(decoded_text, chr(13)) then left(decoded_text, -1)
                    else decoded_text
                end as text
                from decoded
            ),
            split as (select *, {_fields(dialect)} as fields from texts),
            raws as (select *, {raws} from split),
            valued as (select *, {computed} from raws),
            judged as (
                select *, case
                    when byte_count > {longest} then 'longer than {longest} bytes'
                    when is_torn then {literal(TORN)}
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
        ) to {literal(str(judged))} ({PARQUET})
    """


def _fits(column: Column, raw: str, made: str) -> str:
    if column.required:
        return f"{made} is not null"
    return f"({raw} is null or {made} is not null)"


def settle(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    judged: Path,
    target: Path,
    ledger: Path,
    kept: Mapping[str, str],
    source_file: str,
) -> tuple[int, int, int]:
    """Write rows and rejects of what was judged; loaded, rejected and, of those, repeated keys."""
    connection.execute(_repeats_sql(table, judged))
    columns = ", ".join(f'{sql} as "{name}"' for name, sql in kept.items())
    is_first = "line_number not in (select line_number from repeats)"
    parameters = {"judged": str(judged)}
    [(loaded,)] = connection.execute(
        f"""
        copy (select {columns} from read_parquet($judged) where reason is null and {is_first})
        to {literal(str(target))} ({PARQUET})
        """,
        parameters,
    ).fetchall()
    [(rejected,)] = connection.execute(
        f"""
        copy (
            select
                {literal(table.name)} as table_name, {literal(source_file)} as source_file,
                judged.line_number,
                case when repeats.line_number is null then judged.column_name
                    else {literal(", ".join(table.key))} end as column_name,
                coalesce(judged.reason, repeats.reason) as reason, judged.raw_line
            from read_parquet($judged) as judged
            left join repeats on judged.line_number = repeats.line_number
            where judged.reason is not null or repeats.line_number is not null
            order by judged.line_number
        ) to {literal(str(ledger))} ({PARQUET})
        """,
        parameters,
    ).fetchall()
    [(duplicates,)] = connection.execute("select count(*) from repeats").fetchall()
    connection.execute("drop table repeats")
    return int(loaded), int(rejected), int(duplicates)


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
            select * from read_parquet({literal(str(judged))}) where reason is null
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
