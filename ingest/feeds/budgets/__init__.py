"""Budgets and box office: Wikidata, The Numbers, TMDB; one module per format.

A format is known by its columns. Its records become Parquet of one shape, whatever it was; all of
them together are settled into the lake's tables, because the files repeat one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import duckdb

from ingest import decode, tabular
from ingest.catalog import Column, Table
from ingest.dialect import CSV
from ingest.digest import number_sql
from ingest.errors import SourceChangedError
from ingest.feeds.budgets import settle as settling
from ingest.feeds.budgets import the_numbers, tmdb, wikidata
from ingest.feeds.budgets.formats import Format
from ingest.judgement import PARQUET, literal
from ingest.parts import Arrived, FileLoad, Parts

__all__ = ["load"]

# The "5000 movies" file: its columns, and why no currency of it can be believed.
_SILENT = {"movie_imdb_link", "budget", "gross"}
_SHOWN_DOUBTS = 3


@dataclass(frozen=True, slots=True)
class _Read:
    """One file's records, in the shape that all formats share."""

    file: str
    records: Path
    received_count: int
    warnings: list[str]


def load(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Arrived], parts: Parts
) -> list[FileLoad]:
    """Load every file; films by file, and the amounts that they unfold.

    Raises:
        SourceChangedError: a file of no known format, or one whose currencies nobody knows.
        SourceDamagedError: a file that was cut short or altered.
    """
    if not files:
        return []
    folder = parts.new()
    reads = [
        _read(connection, file, folder / f".{order:06d}", order)
        for order, file in enumerate(sorted(files, key=lambda file: file.name))
    ]
    films, amounts = settling.settle(connection, [one.records for one in reads], folder)
    return [
        *(_file_load(one, films.get(one.file, settling.Counts(0, 0, 0))) for one in reads),
        FileLoad(
            "amounts",
            received_count=amounts.loaded + amounts.rejected,
            loaded_count=amounts.loaded,
            rejected_count=amounts.rejected,
            duplicate_count=amounts.duplicates,
        ),
    ]


def _file_load(one: _Read, counts: settling.Counts) -> FileLoad:
    return FileLoad(
        "films",
        received_count=one.received_count,
        loaded_count=counts.loaded,
        rejected_count=counts.rejected,
        duplicate_count=counts.duplicates,
        file=one.file,
        warnings=one.warnings,
    )


def _read(connection: duckdb.DuckDBPyConnection, file: Arrived, folder: Path, order: int) -> _Read:
    folder.mkdir()
    judged, records = folder / "judged.parquet", folder / "records.parquet"
    if PurePath(file.name.casefold().removesuffix(".gz")).suffix == ".json":
        judgement = _judge_json(connection, file, judged)
    else:
        judgement = _judge_csv(connection, file, judged)
    form, found, received, warnings = judgement
    connection.execute(_records_sql(form, found, judged, records, file.name, order))
    judged.unlink()
    return _Read(file.name, records, received, [*warnings, *_doubts(connection, form, records)])


def _judge_json(
    connection: duckdb.DuckDBPyConnection, file: Arrived, judged: Path
) -> tuple[Format, Sequence[str], int, list[str]]:
    form = wikidata.format_()
    received = wikidata.judge_json(connection, file.path, judged, source_file=file.name)
    return form, form.columns, received, []


def _judge_csv(
    connection: duckdb.DuckDBPyConnection, file: Arrived, judged: Path
) -> tuple[Format, Sequence[str], int, list[str]]:
    """The format of a CSV file, those of its columns that are there, and what was judged."""
    text = decode.measure(file.path, name=file.name, dialect=CSV)
    header = CSV.names(text.header) or []
    form = _format(header, file.name)
    found = [name for name in form.columns if name in header]
    table = Table("films", tuple(Column(name, "text") for name in found), ())
    result = tabular.judge(
        connection, table, file.path, text, judged, source_file=file.name, dialect=CSV
    )
    return form, found, result.received_count, result.warnings


def _format(header: Sequence[str], name: str) -> Format:
    if set(header) >= _SILENT:
        raise SourceChangedError(
            name,
            "its budgets are in many currencies, of which it names none",
            'The "5000 movies" file is never loaded: take it out of the folder',
        )
    known = (wikidata.format_(), the_numbers.format_(), tmdb.format_())
    for form in known:
        if form.is_of(header):
            return form
    wanted = "; ".join(f"{form.name}: {', '.join(form.required)}" for form in known)
    raise SourceChangedError(
        name,
        f"its columns are of no known format: {', '.join(header)[:300]}",
        f"Expected {wanted}",
    )


def _records_sql(
    form: Format, found: Sequence[str], judged: Path, records: Path, name: str, order: int
) -> str:
    """Copies the judged texts as records: what they say, or why they are refused."""
    clean = wikidata.plain if form.source == "wikidata" else '"{}"'.format
    texts = ", ".join(
        f'{clean(column) if column in found else "cast(null as varchar)"} as "{column}"'
        for column in form.columns
    )
    film = {"source": literal(form.source), **form.film}
    key = number_sql("source || ' ' || source_record_id")
    said = ", ".join(
        f'cast({film.get(column.name, "null")} as {column.type}) as "{column.name}"'
        for column in settling.FILM_COLUMNS
        if column.name != "record_key"
    )
    parts = ", ".join(amount.parts() for amount in form.amounts)
    reasons = ", ".join(amount.reason() for amount in form.amounts)
    amounts = ", ".join(amount.stated() for amount in form.amounts)
    doubts = ", ".join(
        f'case when {doubt.condition} then "{doubt.column}" end as "doubt {doubt.column}"'
        for doubt in form.doubts
    )
    return f"""
        copy (
            with given as (
                select line_number, raw_line, reason, column_name, {texts}
                from read_parquet({literal(str(judged))})
            ),
            read as (select *, {parts} from given),
            refused as (select *, {reasons} from read),
            said as (
                select
                    line_number, raw_line,
                    coalesce(reason, {form.reason()}) as reason,
                    case when reason is null then {form.refused_column()} else column_name end
                        as column_name,
                    {said},
                    list_filter([{amounts}], lambda stated: stated is not null) as amounts,
                    {doubts}
                from refused
            )
            select
                {order} as file_order, {literal(name)} as source_file, *, -{key} as record_key
            from said
        ) to {literal(str(records))} ({PARQUET})
    """


def _doubts(connection: duckdb.DuckDBPyConnection, form: Format, records: Path) -> list[str]:
    """What was not taken as it stands, each with its count and its first lines."""
    words = []
    for doubt in form.doubts:
        column = f'"doubt {doubt.column}"'
        rows = connection.execute(
            f"""
            select line_number, {column}, count(*) over ()
            from read_parquet($1) where reason is null and {column} is not null
            order by line_number limit {_SHOWN_DOUBTS}
            """,
            [str(records)],
        ).fetchall()
        if rows:
            shown = ", ".join(f"line {line} has {text[:40]!r}" for line, text, _ in rows)
            words.append(f"records {doubt.words}: {rows[0][2]:,} ({shown})")
    return words
