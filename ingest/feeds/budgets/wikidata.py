"""Wikidata: what the query of `docs/budgets.md` answers, as CSV or as SPARQL's JSON.

Items are written as `Q4917` or as the address that ends so; a value that Wikidata knows to be
unknown is the address of a blank node. P345 is IMDb's id, P2130 the cost, P2142 the box office,
P585 the point in time, P3005 the place for which an amount is valid, P4947 TMDB's id.
"""

from pathlib import Path

import duckdb

from ingest import reference
from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.feeds.budgets.formats import (
    WORLDWIDE,
    Amount,
    Format,
    Refusal,
    look_up,
    number,
    title_id,
    unread,
    whole_id,
    without,
)
from ingest.judgement import PARQUET, literal
from ingest.source import opened

# The service answers for a minute: a tenth of this. DuckDB's reader takes eight times the text.
MAX_JSON_BYTES = 256 << 20
_BLOCK_BYTES = 1 << 20
# The Earth, and what film people call worldwide.
_WORLDWIDE = {"Q2": WORLDWIDE, "Q13780930": WORLDWIDE}
_INSTANT = r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}(T00:00:00Z)?"
_ITEM = r"Q[1-9][0-9]*"


def _date(column: str) -> str:
    return f"""case when regexp_full_match("{column}", '{_INSTANT}')
        then try_cast(left("{column}", 10) as date) end"""


def _money(kind: str, column: str, prefix: str, area: str, refusals: list[Refusal]) -> Amount:
    qid, as_of = f"{prefix}_currency_qid", f"{prefix}_asof"
    return Amount(
        kind=kind,
        column=column,
        value=number(column),
        complaint="not a number",
        currency=look_up(qid, reference.currencies_by_wikidata_id()),
        area=area,
        as_of_date=_date(as_of),
        refusals=[
            # An amount without a unit is a multiple of the number 1.
            Refusal(f"coalesce(\"{qid}\", 'Q199') = 'Q199'", "'no currency'"),
            Refusal(
                f'"{column} currency" is null',
                f"""'the currency ' || "{qid}" || ' is in no list, or means several'""",
            ),
            Refusal(unread(as_of, f'"{column} date"'), "'its point in time is not a date'"),
            *refusals,
        ],
    )


def format_() -> Format:
    """The format, with the currencies and countries of the seeds."""
    region = "box_office_region_qid"
    area = look_up(region, {**reference.countries_by_wikidata_id(), **_WORLDWIDE})
    is_elsewhere = Refusal(
        unread(region, '"box_office_value area"'),
        f"""'the area ' || "{region}" || ' is no country of the list'""",
    )
    date = _date("publication_date")
    return Format(
        name="Wikidata",
        source="wikidata",
        required=("wd_film_qid", "wd_film_label", "imdb_id", "budget_value",
                  "budget_currency_qid", "box_office_value", "box_office_currency_qid"),
        optional=("tmdb_id", "publication_date", "budget_asof", "box_office_asof", region),
        film={
            "source_record_id": "wd_film_qid",
            "imdb_title_id": title_id("imdb_id"),
            "wikidata_id": "wd_film_qid",
            "tmdb_id": whole_id("tmdb_id"),
            # The label service gives an item without a label its id.
            "title": "nullif(wd_film_label, wd_film_qid)",
            "release_date": date,
            "release_year": f"cast(year({date}) as smallint)",
        },
        refusals={
            "wd_film_qid": Refusal(
                f"not coalesce(regexp_full_match(wd_film_qid, '{_ITEM}'), false)",
                "case when wd_film_qid is null then 'no value' else 'not an item (Q and digits)' "
                "end",
            )
        },
        amounts=[
            _money("budget", "budget_value", "budget", "'unspecified'", []),
            _money(
                "gross",
                "box_office_value",
                "box_office",
                f"""case when "{region}" is null then 'unspecified' else {area} end""",
                [is_elsewhere],
            ),
        ],
        doubts=[
            without("imdb_id", title_id("imdb_id")),
            without("tmdb_id", whole_id("tmdb_id")),
            without("publication_date", date),
        ],
    )  # fmt: skip


def plain(column: str) -> str:
    """SQL of a text without the address around an item; null for a blank node's."""
    item = r"^https?://www\.wikidata\.org/entity/(Q[1-9][0-9]*)$"
    return f"""case when not contains("{column}", '/.well-known/genid/')
        then regexp_replace("{column}", '{item}', '\\1') end"""


def judge_json(
    connection: duckdb.DuckDBPyConnection, file: Path, judged: Path, *, source_file: str
) -> int:
    """Write every binding of a SPARQL result as `tabular.judge` writes a record; how many.

    A binding's number in the result stands for its line.

    Raises:
        SourceDamagedError: no JSON, cut short, or larger than any answer.
        SourceChangedError: JSON, but no result of the query.
    """
    text = judged.with_suffix(".json")
    try:
        size = _decode(file, text, source_file)
        _check_variables(connection, text, size, source_file)
        results = f"""
            select
                unnest(range(1, len(found) + 1)) as line_number, unnest(found) as binding,
                case when document > 1 then error('more than one result') end as surplus
            from (
                select results.bindings as found, row_number() over () as document
                from read_json(
                    {literal(str(text))}, format = 'unstructured', records = true,
                    columns = {{results: 'struct(bindings json[])'}},
                    maximum_object_size = {size + 1}
                )
            )
        """
        [(count,)] = connection.execute(_json_sql(results, judged)).fetchall()
    except duckdb.InvalidInputException as error:
        words = str(error).splitlines()[0].replace(f'"{text}"', source_file)
        raise SourceDamagedError(
            source_file,
            f"not a whole SPARQL result ({words[:200]})",
            "Did the query run out of time? Ask again, or for fewer films (docs/budgets.md)",
        ) from error
    finally:
        text.unlink(missing_ok=True)
    if count == 0:
        raise SourceChangedError(
            source_file, "it holds no bindings", "Run the query of docs/budgets.md, format JSON"
        )
    return int(count)


def _check_variables(
    connection: duckdb.DuckDBPyConnection, text: Path, size: int, source_file: str
) -> None:
    """SourceChangedError where the answer is another query's: its amounts would all be missing."""
    [named, *_] = connection.execute(
        f"""
        select head.vars from read_json(
            {literal(str(text))}, format = 'unstructured', records = true,
            columns = {{head: 'struct(vars varchar[])'}}, maximum_object_size = {size + 1}
        )
        """
    ).fetchall() or [([],)]
    lacking = [name for name in format_().required if name not in (named[0] or ())]
    if lacking:
        raise SourceChangedError(
            source_file,
            f"its variables lack {', '.join(lacking)}",
            "Run the query of docs/budgets.md, format JSON",
        )


def _decode(file: Path, text: Path, source_file: str) -> int:
    """Write the decoded text, which DuckDB reads from its start more than once; its size."""
    size = 0
    with opened(file, name=source_file) as handle, text.open("wb") as target:
        while block := handle.read(_BLOCK_BYTES):
            size += len(block)
            if size > MAX_JSON_BYTES:
                raise SourceDamagedError(
                    source_file,
                    f"its text has more than {MAX_JSON_BYTES} bytes",
                    "Ask for fewer films at once (docs/budgets.md)",
                )
            target.write(block)
    return size


def _json_sql(results: str, judged: Path) -> str:
    columns = ", ".join(
        f"json_extract_string(binding, '$.{name}.value') as \"{name}\""
        for name in format_().columns
    )
    no_text = " or ".join(
        f"json_exists(binding, '$.{name}') "
        f"and json_type(binding, '$.{name}.value') is distinct from 'VARCHAR'"
        for name in format_().columns
    )
    # Of a key that stands twice, DuckDB takes the first value, and other readers the last.
    repeats = " or ".join(
        f"len(json_keys({part})) > len(list_distinct(json_keys({part})))"
        for part in ("binding", *(f"binding, '$.{name}'" for name in format_().columns))
    )
    return f"""
        copy (
            select
                line_number, {columns},
                case when json_type(binding) is distinct from 'OBJECT'
                    then 'not a JSON object'
                    when {repeats} then 'it has a key twice'
                    when {no_text} then 'a field without a value, or with one that is no text'
                end as reason,
                cast(null as varchar) as column_name,
                encode(cast(coalesce(binding, 'null') as varchar)) as raw_line
            from ({results})
            where surplus is null
        ) to {literal(str(judged))} ({PARQUET})
    """
