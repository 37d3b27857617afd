"""Reviews that are JSON objects: what the two formats that have them share."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb
import pyarrow as pa

from ingest import source
from ingest.feeds.reviews import drafts, elements
from ingest.feeds.reviews.drafts import Settled
from ingest.feeds.reviews.rules import Rule
from ingest.judgement import literal
from ingest.parts import Arrived, FileLoad
from ingest.records import MAX_BYTES

_Split = Callable[[IO[bytes], str], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class Format:
    """Fields by name with their JSON paths; rules and values may use `"name"`, and `"name kind"`.

    A field's kind is DuckDB's name of its JSON type, null where the record has no such field.
    """

    fields: Mapping[str, str]
    rules: Sequence[Rule]
    values: Mapping[str, str]


def not_text(name: str) -> Rule:
    """The rule that a field is text, or null."""
    return Rule(name, f"\"{name} kind\" not in ('VARCHAR', 'NULL')", "not a text")


def load(
    connection: duckdb.DuckDBPyConnection,
    form: Format,
    arrived: Arrived,
    folder: Path,
    earlier: Sequence[Settled],
) -> FileLoad:
    """Load one file of JSON objects."""
    draft = folder / ".draft.parquet"
    try:
        _write(connection, form, arrived, draft, elements.pieces)
        is_plain = not _has_piece(connection, draft)
    except elements.NotPlainError:
        is_plain = False
    if not is_plain:
        _write(connection, form, arrived, draft, elements.batches)
    return drafts.settle(connection, arrived, draft, earlier)


def _write(
    connection: duckdb.DuckDBPyConnection,
    form: Format,
    arrived: Arrived,
    draft: Path,
    split: _Split,
) -> None:
    with drafts.streamed(connection, "elements", elements.SCHEMA, _elements(arrived, split)):
        drafts.write(connection, _records_sql(form, arrived.name), form.rules, form.values, draft)


def _elements(arrived: Arrived, split: _Split) -> Iterator[pa.RecordBatch]:
    with source.opened(arrived.path, ahead=True, name=arrived.name) as handle:
        yield from split(handle, arrived.name)


def _has_piece(connection: duckdb.DuckDBPyConnection, draft: Path) -> bool:
    """Whether anything in the draft is no JSON object: then it was not cut where records end."""
    problems = ", ".join(map(literal, (*_PROBLEMS, elements.TOO_LONG)))
    found = connection.execute(
        f"select 1 from read_parquet($1) where reason in ({problems}) limit 1", [str(draft)]
    )
    return bool(found.fetchall())


_NOT_UTF_8, _NOT_JSON, _NO_OBJECT = "not valid UTF-8", "not valid JSON", "not a JSON object"
_PROBLEMS = (_NOT_UTF_8, _NOT_JSON, _NO_OBJECT)


def _records_sql(form: Format, name: str) -> str:
    paths = ", ".join(map(literal, form.fields.values()))
    fields = ", ".join(
        f'strings[{place}] as "{field}", kinds[{place}] as "{field} kind"'
        for place, field in enumerate(form.fields, 1)
    )
    return f"""
        with decoded as (
            select
                *,
                case when problem is null and octet_length(line) <= {MAX_BYTES}
                then try(decode(line)) end as text
            from elements
        ),
        checked as (
            select * replace (case
                when problem is not null then problem
                when octet_length(line) > {MAX_BYTES} then {literal(elements.TOO_LONG)}
                when text is null then {literal(_NOT_UTF_8)}
                when not json_valid(text) then {literal(_NOT_JSON)}
                when json_type(text) <> 'OBJECT' then {literal(_NO_OBJECT)}
            end as problem)
            from decoded
        ),
        objects as (
            select *, case when problem is null then text end as object from checked
        ),
        read as (
            select
                *,
                json_keys(object) as keys,
                json_extract_string(object, [{paths}]) as strings,
                json_type(object, [{paths}]) as kinds
            from objects
        )
        select
            line_number as record_number, {literal(name)} as source_file, line_number,
            line as raw_line, {fields}, null as problem_column,
            case
                when problem is null and len(keys) > len(list_distinct(keys))
                    then 'it has a key twice'
                else problem
            end as problem
        from read
    """
