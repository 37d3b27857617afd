"""Drafts: every record of one file as a lake row, or with the reason why it is none.

A draft is a Parquet file of one row per record: `record_number`, what the ledger needs
(`source_file`, `line_number`, `column_name`, `reason`, `raw_line`) and the lake's columns, which
are null in a reject. Settling it finds records that repeat an id, in the file or of an earlier
file.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from ingest import rejects
from ingest.catalog import REVIEWS
from ingest.feeds.reviews.rules import Rule
from ingest.judgement import PARQUET, literal
from ingest.parts import Arrived, FileLoad

TABLE = REVIEWS.table("reviews")
# Records are large: what a thread sorts out at once must fit in memory many times.
_ROWS = "row_group_size 30720"


@dataclass(frozen=True, slots=True)
class Settled:
    """The part of an earlier file of the same source, whose ids are taken."""

    name: str
    part: Path


@contextmanager
def streamed(
    connection: duckdb.DuckDBPyConnection,
    view: str,
    schema: pa.Schema,
    batches: Iterator[pa.RecordBatch],
) -> Iterator[None]:
    """Batches as a view that is read once; what their iterator raises comes out as it is."""
    raised: list[Exception] = []

    def watched() -> Iterator[pa.RecordBatch]:
        try:
            yield from batches
        # Of an error that crosses Arrow, DuckDB has only the words: the error itself is kept.
        except Exception as error:
            raised.append(error)
            raise

    connection.register(view, pa.RecordBatchReader.from_batches(schema, watched()))
    try:
        yield
    except duckdb.Error as error:
        if raised:
            raise raised[0] from error
        raise
    finally:
        connection.unregister(view)


def write(
    connection: duckdb.DuckDBPyConnection,
    records: str,
    rules: Sequence[Rule],
    values: Mapping[str, str],
    draft: Path,
) -> int:
    """Judge every row of the SQL `records` by the rules, and give it its values; how many.

    Records have (record_number, source_file, line_number, raw_line, problem, problem_column) and
    what rules and values need. One with a problem is a reject already.
    """
    reasons = "".join(f" when {one.misfit} then {literal(one.reason)}" for one in rules)
    columns = "".join(f" when {one.misfit} then {literal(one.column)}" for one in rules)
    made = ", ".join(
        f"cast(case when reason is null then {values.get(column.name, 'null')} end "
        f'as {column.type}) as "{column.name}"'
        for column in TABLE.columns
    )
    [(count,)] = connection.execute(
        f"""
        copy (
            with records as ({records}),
            judged as (
                select
                    *,
                    case when problem is not null then problem {reasons} end as reason,
                    case when problem is not null then problem_column {columns} end as column_name
                from records
            )
            select
                record_number, source_file, line_number, column_name, reason, raw_line, {made}
            from judged
        ) to {literal(str(draft))} ({PARQUET}, {_ROWS})
        """
    ).fetchall()
    return int(count)


def settle(
    connection: duckdb.DuckDBPyConnection,
    arrived: Arrived,
    draft: Path,
    earlier: Sequence[Settled],
    warnings: Sequence[str] = (),
) -> FileLoad:
    """Write the rows and rejects of a draft beside it, and take it away.

    Where ids repeat, the first record is kept.
    """
    connection.execute(_repeats_sql(draft, arrived.name, earlier))
    columns = ", ".join(f'"{column.name}"' for column in TABLE.columns)
    target = draft.with_name(f"{TABLE.name}.parquet")
    rows = f"from read_parquet({literal(str(draft))}) as draft"
    is_good = "reason is null and record_number not in (select record_number from repeats)"
    loaded = _copy(connection, f"select {columns} {rows} where {is_good}", target)
    rejected = _copy(
        connection,
        f"""
        select
            {literal(TABLE.name)} as table_name, draft.source_file, draft.line_number,
            coalesce(draft.column_name, repeats.column_name) as column_name,
            coalesce(draft.reason, repeats.reason) as reason, draft.raw_line
        {rows} left join repeats on draft.record_number = repeats.record_number
        where draft.reason is not null or repeats.record_number is not null
        order by draft.record_number
        """,
        rejects.path(draft.parent, TABLE.name),
    )
    [(duplicates,)] = connection.execute("select count(*) from repeats").fetchall()
    connection.execute("drop table repeats")
    draft.unlink()
    return FileLoad(
        table=TABLE.name,
        received_count=loaded + rejected,
        loaded_count=loaded,
        rejected_count=rejected,
        duplicate_count=int(duplicates),
        file=arrived.name,
        warnings=[f"{arrived.name}: {words}" for words in warnings],
    )


def _copy(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> int:
    copied = connection.execute(f"copy ({query}) to {literal(str(target))} ({PARQUET}, {_ROWS})")
    [(count,)] = copied.fetchall()
    return int(count)


def _repeats_sql(draft: Path, name: str, earlier: Sequence[Settled]) -> str:
    """Good records whose id an earlier record has, and whether they differ from it."""
    taken = " union all ".join(
        [
            "select null::varchar as id, null::bigint as hash, null::varchar as file where false",
            *(
                f"select source_review_id, record_hash, {literal(one.name)} "
                f"from read_parquet({literal(str(one.part))})"
                for one in earlier
            ),
        ]
    )
    return f"""
        create or replace temp table repeats as
        with taken as ({taken}),
        good as (
            select record_number, source_review_id as id, record_hash as hash
            from read_parquet({literal(str(draft))}) where reason is null
        ),
        numbered as (
            select
                *, row_number() over same_id as place, first_value(hash) over same_id as first_hash
            from good
            where id in (select id from good group by id having count(*) > 1)
            window same_id as (partition by id order by record_number)
        ),
        repeated as (
            select good.record_number, taken.file, good.hash = taken.hash as is_same
            from good inner join taken on good.id = taken.id
            union all
            select record_number, {literal(name)}, hash = first_hash
            from numbered
            where place > 1 and id not in (select id from taken)
        )
        select
            record_number,
            'source_review_id' as column_name,
            case when is_same then 'the same as a record of '
            else 'repeats the id of another record of ' end || file as reason
        from repeated
    """
