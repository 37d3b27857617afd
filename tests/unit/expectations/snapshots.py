"""Invented snapshots as load leaves them, IMDb's or another feed's, and faults to plant in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

ROWS = 2000

TABLES = {
    "title_basics": """
        select
            i as tconst,
            case when i % 3 = 0 then 'movie' else 'tvEpisode' end as titleType,
            'Title ' || i as primaryTitle, 'Title ' || i as originalTitle, false as isAdult,
            cast(1950 + i % 70 as smallint) as startYear, cast(2020 as smallint) as endYear,
            90 as runtimeMinutes, ['Drama', 'Comedy'] as genres
    """,
    "title_akas": """
        select
            i as titleId, 1 as "ordering", 'Name ' || i as title, 'NA' as region,
            'en' as language, ['imdbDisplay'] as types, null::varchar[] as attributes,
            false as isOriginalTitle
    """,
    "title_crew": "select i as tconst, [i] as directors, [i, i + 1] as writers",
    "title_episode": """
        select i as tconst, 1::bigint as parentTconst, 1 as seasonNumber, 2 as episodeNumber
    """,
    "title_principals": """
        select
            i as tconst, 1 as "ordering", i as nconst, 'actor' as category, 'a job' as job,
            ['Self'] as characters
    """,
    "title_ratings": "select i as tconst, 7.5::decimal(3, 1) as averageRating, 10 as numVotes",
    "name_basics": """
        select
            i as nconst, 'Person ' || i as primaryName, cast(1950 as smallint) as birthYear,
            cast(2010 as smallint) as deathYear, ['actor', 'writer'] as primaryProfession,
            [i] as knownForTitles
    """,
}
REJECTS = """
    create table "{0}.rejects" (
        table_name varchar, source_file varchar, line_number bigint, column_name varchar,
        reason varchar, raw_line blob
    )
"""
REJECT = """
    insert into "{table}.rejects"
    select '{table}', 'a.tsv.gz', 2 + i, 'a_column', 'not a whole number', 'a line'::blob
    from range({count}) as numbers (i)
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with one table: SQL, and whether load saw it before writing its receipt."""

    table: str
    sql: str
    recorded: bool = True
    receipt: Literal["true", "wrong", "missing"] = "true"


def rejected_lines(table: str, count: int) -> str:
    """SQL that puts lines into a table's ledger."""
    return REJECT.format(table=table, count=count)


def write(folder: Path, faults: Sequence[Fault] = (), tables: Mapping[str, str] = TABLES) -> Path:
    """A snapshot that passes every expectation, but for the faults."""
    folder.mkdir(parents=True)
    with duckdb.connect() as session:
        for table, sql in tables.items():
            session.execute(f"create table {table} as {sql} from range(1, {ROWS + 1}) as n (i)")
            session.execute(REJECTS.format(table))
        _plant(session, [one for one in faults if one.recorded])
        receipt = {table: _counts(session, table) for table in tables}
        _plant(session, [one for one in faults if not one.recorded])
        for table in (*tables, *(f"{table}.rejects" for table in tables)):
            session.execute(f"copy \"{table}\" to '{folder / table}.parquet' (format parquet)")
    for fault in faults:
        if fault.receipt == "wrong":
            receipt[fault.table]["received_count"] += 1
        if fault.receipt == "missing":
            del receipt[fault.table]
    (folder / "receipt.json").write_text(json.dumps({"tables": receipt}), "utf-8")
    return folder


def _plant(session: duckdb.DuckDBPyConnection, faults: Sequence[Fault]) -> None:
    for fault in faults:
        session.execute(fault.sql or "select 1")


def _counts(session: duckdb.DuckDBPyConnection, table: str) -> dict[str, int]:
    [(loaded,)] = session.execute(f"select count(*) from {table}").fetchall()
    [(rejected,)] = session.execute(f'select count(*) from "{table}.rejects"').fetchall()
    return {
        "received_count": loaded + rejected,
        "loaded_count": loaded,
        "rejected_count": rejected,
    }
