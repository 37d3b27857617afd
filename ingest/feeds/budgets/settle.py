"""Records of all files to the lake's tables: the first record of an id is the film.

A record that says all that an earlier one said is a repeat, and no more. One that says something
else is a repeat, too, but its amounts count: another area is another amount. Of several amounts of
one kind and area the known one is kept, then the one of the latest date, then the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest import rejects
from ingest.catalog import BUDGETS
from ingest.judgement import PARQUET, literal

FILMS, AMOUNTS = BUDGETS.table("films"), BUDGETS.table("amounts")
# What a record says of its film; where it stands is added.
FILM_COLUMNS = [
    column for column in FILMS.columns if column.name not in ("source_file", "line_number")
]
_PLACE = "file_order, line_number"


@dataclass(frozen=True, slots=True)
class Counts:
    """Records of one file, or amounts of all: received = loaded + rejected."""

    loaded: int
    rejected: int
    duplicates: int


def settle(
    connection: duckdb.DuckDBPyConnection, records: Sequence[Path], folder: Path
) -> tuple[dict[str, Counts], Counts]:
    """Write both tables and their rejects; counts of records by file, and of amounts."""
    listed = ", ".join(literal(str(path)) for path in records)
    connection.execute(f"create or replace temp view given as from read_parquet([{listed}])")
    connection.execute(f"create or replace temp table records as {_records_sql()}")
    connection.execute(f"create or replace temp table amounts as {_amounts_sql()}")
    try:
        _write(connection, folder, "films", _films_sql(), _film_rejects_sql())
        _write(connection, folder, "amounts", _loaded_amounts_sql(), _amount_rejects_sql())
        return _film_counts(connection), _amount_counts(connection)
    finally:
        connection.execute("drop table amounts")
        connection.execute("drop table records")
        connection.execute("drop view given")


def _write(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: str, rows: str, refused: str
) -> None:
    for sql, target in (
        (rows, folder / f"{table}.parquet"),
        (refused, rejects.path(folder, table)),
    ):
        connection.execute(f"copy ({sql}) to {literal(str(target))} ({PARQUET})")


def _records_sql() -> str:
    """Each good record with the place of the first of its id, and whether it says the same."""
    said = ", ".join(f'"{column.name}"' for column in FILM_COLUMNS)
    return f"""
        with good as (
            select
                file_order, source_file, line_number, {said}, amounts,
                md5(cast(to_json(row({said}, amounts)) as varchar)) as content
            from given where reason is null
        )
        select
            *,
            row_number() over firsts as place,
            first_value(content) over firsts = content as is_same,
            {_named_place("first_value(source_file) over firsts", "source_file",
                          "first_value(line_number) over firsts")} as first_place
        from good
        window firsts as (partition by source, source_record_id order by {_PLACE})
    """  # fmt: skip


def _named_place(other: str, own: str, line: str) -> str:
    return f"""'line ' || {line}
            || case when {other} = {own} then '' else ' of ' || {other} end"""


def _amounts_sql() -> str:
    """Each amount with its reason: its own, or that another one of its kind and area is kept."""
    return f"""
        with stated as (
            select
                source, source_record_id, file_order, source_file, line_number,
                unnest(amounts, recursive := true)
            from records where place = 1 or not is_same
        ),
        ranked as (
            select
                *,
                reason is null as is_good,
                row_number() over kept as place,
                first_value(amount) over kept is not distinct from amount
                    and first_value(currency_code) over kept = currency_code
                    and first_value(as_of_date) over kept is not distinct from as_of_date
                    as is_same,
                {_named_place("first_value(source_file) over kept", "source_file",
                              "first_value(line_number) over kept")} as first_place
            from stated
            window kept as (
                partition by source, source_record_id, amount_kind, area, reason is null
                order by amount is null, as_of_date desc nulls last, {_PLACE}
            )
        )
        select
            * exclude (reason),
            case
                when not is_good then reason
                when place > 1 and is_same then 'the same as ' || first_place
                when place > 1 then 'repeats ' || first_place || ' with another value'
            end as reason,
            is_good and place > 1 as is_repeat
        from ranked
    """  # fmt: skip


def _films_sql() -> str:
    columns = ", ".join(
        f'cast("{column.name}" as {column.type}) as "{column.name}"' for column in FILMS.columns
    )
    return f"select {columns} from records where place = 1"


def _loaded_amounts_sql() -> str:
    columns = ", ".join(
        f'cast("{column.name}" as {column.type}) as "{column.name}"' for column in AMOUNTS.columns
    )
    return f"""
        select {columns}
        from (select *, false as is_estimated from amounts where reason is null)
    """


def _film_rejects_sql() -> str:
    key = literal(", ".join(FILMS.key))
    return f"""
        select
            'films' as table_name, given.source_file, given.line_number,
            case when records.place > 1 then {key} else given.column_name end as column_name,
            case
                when records.is_same then 'the same as ' || records.first_place
                when records.place > 1
                    then 'repeats the key of ' || records.first_place || ' with other values'
                else given.reason
            end as reason,
            given.raw_line
        from given
        left join records using (file_order, line_number)
        where given.reason is not null or records.place > 1
        order by {_PLACE}
    """


def _amount_rejects_sql() -> str:
    return f"""
        select
            'amounts' as table_name, amounts.source_file, amounts.line_number,
            amounts.column_name, amounts.reason, given.raw_line
        from amounts
        inner join given using (file_order, line_number)
        where amounts.reason is not null
        order by {_PLACE}, amounts.column_name
    """


def _film_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, Counts]:
    rows = connection.execute("""
        select
            given.source_file,
            count(*) filter (records.place = 1),
            count(*) filter (records.place is distinct from 1),
            count(*) filter (records.place > 1)
        from given left join records using (file_order, line_number)
        group by given.source_file
    """).fetchall()
    return {str(name): Counts(*counts) for name, *counts in rows}


def _amount_counts(connection: duckdb.DuckDBPyConnection) -> Counts:
    [counts] = connection.execute("""
        select
            count(*) filter (reason is null),
            count(*) filter (reason is not null),
            count(*) filter (is_repeat)
        from amounts
    """).fetchall()
    return Counts(*counts)
