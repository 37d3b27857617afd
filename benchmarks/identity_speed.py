"""Time identity at IMDb's size: `python -m benchmarks.identity_speed` (`docs/identity.md`).

Invented dumps are loaded once, and their rows repeated in the lake with other ids and, for works
and a third of the episodes, other names: five times scale 0.2 is 12.3 million titles.
"""

import json
import os
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from benchmarks import identity
from benchmarks.identity_records import replace
from sample import imdb as invented_imdb

_WORDS = ["", " of the North", " Reborn", " Sky", " in Winter"]
_STEP = 100_000_000
_MEMORY = "2500MB"

_REPEATED = {
    "title_basics": """* replace (
        tconst + step as tconst,
        primaryTitle || if(titleType = 'tvEpisode' and hash(tconst) % 3 > 0, '', word)
            as primaryTitle,
        originalTitle || if(titleType = 'tvEpisode' and hash(tconst) % 3 > 0, '', word)
            as originalTitle)""",
    "title_akas": """* replace (
        titleId + step as titleId, title || if(hash(titleId) % 3 > 0, '', word) as title)""",
    "title_ratings": "* replace (tconst + step as tconst)",
    "title_episode": "* replace (tconst + step as tconst, parentTconst + step as parentTconst)",
    "title_principals": "* replace (tconst + step as tconst, nconst + step as nconst)",
    "title_crew": """* replace (
        tconst + step as tconst,
        list_transform(directors, lambda one: one + step) as directors,
        list_transform(writers, lambda one: one + step) as writers)""",
    "name_basics": "* replace (nconst + step as nconst, primaryName || word as primaryName)",
}

_RECORDS = """
create table films as
select *, row_number() over (order by hash(tconst)) as place from title_basics
where titleType in ('movie', 'tvMovie', 'tvSeries') and startYear is not null
order by place limit 150000;

create table movielens_titles as
select
    'movielens' as source, place as source_title_id,
    regexp_replace(primaryTitle, '^(The|A) (.*)$', '\\2, \\1') as title,
    startYear as release_year, genres
from films where place <= 87000;

create table budgets_films as
select
    'wikidata' as source, 'Q' || place as source_record_id, -place as record_key,
    'Q' || place as wikidata_id, primaryTitle as title, startYear as release_year,
    'w.csv' as source_file, place as line_number
from films where place between 87001 and 137000;

create table pages_captures as
select
    -1000000 - place as capture_id, titleType as title_type, genres,
    -- every fiftieth page has lost its title
    if(place % 50 = 0, null, primaryTitle) as title,
    if(place % 50 = 0, null, startYear) as release_year
from films where place between 137001 and 147000;

create table pages_credits as
select
    -1000000 - place as capture_id, ordering as credit_order, primaryName as person_name,
    category, startYear as first_year
from films
inner join title_principals using (tconst)
inner join name_basics using (nconst)
where place between 137001 and 147000;
"""


def repeat(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Repeat the dumps' rows in the lake."""
    connection.execute("create table copies (step bigint, word varchar)")
    connection.executemany(
        "insert into copies values (?, ?)",
        [(place * _STEP, word) for place, word in enumerate(_WORDS)],
    )
    folder = max((home / "lake" / "imdb").iterdir())
    for table, columns in _REPEATED.items():
        connection.execute(f"""
            create or replace view new_{table} as
            select columns(lambda one: one not in ('step', 'word')) from (
                select {columns} from read_parquet('{folder / f"{table}.parquet"}'), copies
            )
        """)
        replace(connection, home, table)
        connection.execute(f"""
            create or replace view {table} as
            from read_parquet('{folder / f"{table}.parquet"}')
        """)


def times(home: Path) -> list[tuple[str, float]]:
    """Seconds of each model of dbt's last run, the longest first."""
    results = json.loads((home / "target" / "run_results.json").read_text("utf-8"))["results"]
    found = [(one["unique_id"].split(".")[-1], one["execution_time"]) for one in results]
    return sorted(found, key=lambda pair: -pair[1])


def main(
    work: Annotated[Path, typer.Option(help="Kept: dumps and a home, 4 GB; used again if there.")],
    scale: Annotated[float, typer.Option(help="Of the dumps that are repeated five times.")] = 0.2,
) -> None:
    """Build identity's models over 150,000 records and print the seconds of each."""
    os.environ.setdefault("ARTHOUSE_MEMORY_LIMIT", _MEMORY)
    home = work / "home"
    if not home.exists():
        invented_imdb.generate(work / "dumps", scale=scale)
        identity.load(home, work / "dumps")
        with duckdb.connect(
            str(work / "records.duckdb"),
            config={"memory_limit": _MEMORY, "preserve_insertion_order": False},
        ) as connection:
            repeat(connection, home)
            connection.execute(_RECORDS)
            identity.commit(connection, home)
    pins = {feed.name: max(feed.iterdir()).name for feed in (home / "lake").iterdir()}
    for leftover in home.glob("*.duckdb"):
        leftover.unlink()
    identity.transform(home, pins)
    for model, seconds in times(home):
        print(f"{seconds:8.1f}  {model}")


if __name__ == "__main__":
    typer.run(main)
