"""IMDb's size for search: invented dumps of scale 0.2, each row five times under other names.

Words of the other names are of an invented vocabulary of a million, used as words of a language
are: a few often, most seldom. Only the tables that the search models read are made, and the models
are dbt's own.
"""

import os
import subprocess
import sys
from pathlib import Path

import duckdb

from sample import imdb

PROJECT = Path(__file__).resolve().parents[1] / "dbt_project"
SCALE = 0.2
MODELS = (
    "int_search_names_listed",
    "int_search_words_listed",
    "rpt_search_names",
    "rpt_search_words",
    "rpt_search_terms",
    "rpt_search_spellings",
)
_SYLLABLES = (
    "ka ro mi ste lan vor que dri no sal be ti ur gha zen po lu fer hin cho ya mo dan wi eck tra"
)

_MACROS = f"""
    create or replace temp macro syllable(number) as
        string_split('{_SYLLABLES}', ' ')[number % 26 + 1];
    create or replace temp macro word(number) as
        syllable(number) || syllable(number // 26)
        || if(number > 676, syllable(number // 676), '')
        || if(number > 17576, syllable(number // 17576), '');
    create or replace temp macro invented(seed) as
        word(cast(floor(pow(1e6, (seed % 1000003) / 1000003.0)) as bigint));
    create or replace temp macro renamed(name, seed, pattern) as case
        when seed % 2 = 0 then name || ' ' || invented(seed)
        else regexp_replace(name, pattern, invented(seed))
    end;
    create temp table copies as select unnest(range(5)) as copy;
"""

_TABLES = """
    create schema corpus.marts;
    create schema corpus.ops;
    create table corpus.marts.dim_titles as
    with basics as (select cast(tconst[3:] as bigint) as number, * from {basics}),
    ratings as (select cast(tconst[3:] as bigint) as number, * from {ratings})
    select
        number * 5 + copy as title_id, titleType as title_type,
        if(copy = 0 or (titleType = 'tvEpisode' and hash(number) % 3 > 0), primaryTitle,
            renamed(primaryTitle, hash(number, copy), '\\w+$')) as primary_title,
        if(originalTitle = basics.primaryTitle, primary_title,
            originalTitle || ' ' || invented(hash(number, copy, 2))) as original_title,
        cast(startYear as smallint) as release_year,
        cast(averageRating as decimal(3, 1)) as rating_average,
        cast(numVotes::integer // (copy + 1) as integer) as vote_count
    from basics cross join copies left join ratings using (number);

    create table corpus.marts.dim_title_names as
    with akas as (select cast(titleId[3:] as bigint) as number, title from {akas})
    select
        number * 5 + copy as title_id, 'imdb' as name_source,
        if(copy = 0, title, title || ' ' || invented(hash(number, copy, title))) as title_name
    from akas cross join copies
    where number * 5 + copy in (
        select title_id from corpus.marts.dim_titles where vote_count >= 1000
    );

    create table corpus.marts.dim_people as
    with people as (select cast(nconst[3:] as bigint) as number, * from {people})
    select
        number * 5 + copy as person_id, cast(birthYear as smallint) as birth_year,
        if(copy = 0, primaryName, renamed(primaryName, hash(number, copy), '^\\w+')) as person_name
    from people cross join copies;

    create table corpus.marts.bridge_people_known_titles as
    with people as (select cast(nconst[3:] as bigint) as number, * from {people})
    select
        number * 5 + copy as person_id,
        cast(unnest(string_split(knownForTitles, ','))[3:] as bigint) * 5 + copy as title_id
    from people cross join copies where knownForTitles is not null;

    create table corpus.marts.bridge_series_episodes as
    with episodes as (select * from {episodes})
    select
        cast(tconst[3:] as bigint) * 5 + copy as episode_id,
        cast(parentTconst[3:] as bigint) * 5 + copy as series_id
    from episodes cross join copies;
"""


def build(work: Path) -> Path:
    """The database with the search tables, made once; 1.2 GB, and 2 GB while it is made."""
    corpus = work / "corpus.duckdb"
    if not corpus.exists():
        dumps = work / "dumps"
        if not dumps.exists():
            imdb.generate(dumps, scale=SCALE)
        draft = work / "corpus.draft"
        draft.unlink(missing_ok=True)
        _invent(draft, dumps)
        _model(draft, work)
        draft.rename(corpus)
    return corpus


def _invent(draft: Path, dumps: Path) -> None:
    options = "delim = '\t', quote = '', escape = '', nullstr = '\\N', all_varchar = true"
    files = {
        name: f"read_csv('{dumps / file}.tsv.gz', {options})"
        for name, file in {
            "basics": "title.basics",
            "ratings": "title.ratings",
            "akas": "title.akas",
            "people": "name.basics",
            "episodes": "title.episode",
        }.items()
    }
    with duckdb.connect(
        config={"memory_limit": "3GB", "preserve_insertion_order": False}
    ) as connection:
        connection.execute(f"attach '{draft}' as corpus (storage_version 'v1.4.0')")
        connection.execute(_MACROS)
        connection.execute(_TABLES.format(**files))


def _model(draft: Path, work: Path) -> None:
    environment = {
        **os.environ,
        "ARTHOUSE_CANDIDATE": str(draft),
        "ARTHOUSE_SCRATCH": str(work / "scratch.duckdb"),
        "DBT_TARGET_PATH": str(work / "target"),
        "DBT_LOG_PATH": str(work / "logs"),
    }
    dbt = str(Path(sys.executable).parent / "dbt")
    places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    subprocess.run(
        [dbt, "run", "--quiet", *places, "--select", *MODELS], env=environment, check=True
    )
