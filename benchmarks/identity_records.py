"""Records whose title is known, without the id that would tell: published ones and invented ones.

A trial leaves tables in its database: `truth` (trial, kind, feed, source, source_record_id, true_id,
title, release_year), `dumps` (tconst) and the lake's tables as `<feed>_<table>`.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class Trial:
    """Records to be matched over a folder of IMDb's dumps."""

    name: str
    dumps: Path
    records: Callable[[duckdb.DuckDBPyConnection, Path], None]

    def write(self, connection: duckdb.DuckDBPyConnection, home: Path) -> None:
        """Make the tables of the trial."""
        newest = max((home / "lake" / "imdb").iterdir())
        for table in ("title_basics", "title_akas", "title_ratings"):
            file = newest / f"{table}.parquet"
            connection.execute(f"create view {table} as from read_parquet('{file}')")
        connection.execute("create table dumps as select tconst from title_basics")
        self.records(connection, home)


def published(data: Path) -> Trial:
    """MovieLens' titles as it writes them; Wikidata's labels with MovieLens' year of the film."""

    def records(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
        folder = home / "published"
        folder.mkdir()
        with zipfile.ZipFile(data / "ratings" / "ml-latest-small.zip") as archive:
            for name in ("movies", "links"):
                inside = f"ml-latest-small/{name}.csv"
                (folder / f"{name}.csv").write_bytes(archive.read(inside))
        wikidata = data / "budgets" / "wikidata_films.csv"
        connection.execute(
            _PUBLISHED.format(
                movies=folder / "movies.csv", links=folder / "links.csv", wikidata=wikidata
            )
        )

    return Trial("published", data / "imdb", records)


def invented(dumps: Path, seed: int) -> Trial:
    """Titles of the invented dumps, as a careless publisher would write them.

    A tenth of them is taken out of the dumps' truth by another year and a new word: they must match
    nothing.
    """

    def records(connection: duckdb.DuckDBPyConnection, _: Path) -> None:
        connection.execute(_INVENTED.format(seed=seed))

    return Trial("invented", dumps, records)


_PUBLISHED = r"""
create table movielens as
select
    movieId::bigint as source_title_id,
    regexp_replace(title, '\s*\(\d{{4}}\)\s*$', '') as title,
    try_cast(regexp_extract(title, '\((\d{{4}})\)\s*$', 1) as smallint) as release_year,
    string_split(genres, '|') as genres,
    imdbId::bigint as true_id,
    tmdbId::bigint as tmdb_id
from read_csv('{movies}') as movies inner join read_csv('{links}') as links using (movieId);

create table movielens_titles as
select
    'movielens' as source, source_title_id, title,
    release_year, nullif(genres, ['(no genres listed)']) as genres
from movielens;

create table wikidata as
select
    wd_film_qid as wikidata_id,
    any_value(wd_film_label) as title,
    any_value(substr(imdb_id, 3)::bigint) as true_id,
    -- the year that MovieLens has for the film, by published id
    any_value(movielens.release_year) as release_year
from read_csv('{wikidata}', all_varchar = true)
left join movielens on movielens.true_id = substr(imdb_id, 3)::bigint
where imdb_id is not null and wd_film_label <> wd_film_qid
group by all having count(distinct imdb_id) = 1;

create table budgets_films as
select
    'wikidata' as source, wikidata_id as source_record_id,
    -row_number() over (order by wikidata_id) as record_key, wikidata_id, title,
    release_year, 'w.csv' as source_file, 1 as line_number
from wikidata;

create table truth as
select
    'movielens' as trial, 'with year' as kind, 'movielens' as feed, 'movielens' as source,
    source_title_id::varchar as source_record_id, true_id, title, release_year
from movielens where release_year is not null
union all
select
    'wikidata', if(release_year is null, 'without year', 'with year'), 'budgets', 'wikidata',
    wikidata_id, true_id, title, release_year
from wikidata;
"""

# Kinds of carelessness, each for a like share of the records.
_INVENTED = r"""
create table drawn as
select
    title_basics.*,
    hash(tconst, {seed}) % 1000 as draw,
    (hash(tconst, {seed}, 'kind') % 10)::integer as place
from title_basics
where titleType in ('movie', 'tvMovie', 'video') and startYear is not null;

create table abroad as
select titleId as tconst, arg_min(title, hash(titleId, ordering, {seed})) as name
from title_akas inner join title_basics on titleId = tconst
where title <> primaryTitle and title <> originalTitle group by all;

create table written as
select
    drawn.tconst as true_id, place,
    ['as it is', 'other case', 'accents', 'signs', 'article last', 'article left out',
        'other name', 'year before', 'year after', 'title not in the dumps'][place + 1] as kind,
    case place
        when 1 then upper(primaryTitle)
        when 2 then translate(primaryTitle, 'aeou', 'áéöü')
        when 3 then replace(replace(primaryTitle, ' and ', ' & '), ' ', ' - ')
        when 4 then regexp_replace(primaryTitle, '^(The|A|An|Le|La|Der|Die|Das|El) (.*)$', '\2, \1')
        when 5 then regexp_replace(primaryTitle, '^(The|A|An|Le|La|Der|Die|Das|El) ', '')
        when 6 then coalesce(abroad.name, primaryTitle)
        when 9 then primaryTitle || ' Qzx'
        else primaryTitle
    end as title,
    (startYear + case place when 7 then -1 when 8 then 1 else 0 end)::smallint as release_year
from drawn left join abroad on drawn.tconst = abroad.tconst
where draw < 250;

create table budgets_films as
select
    'tmdb' as source, true_id::varchar as source_record_id, -true_id as record_key, title,
    release_year, 'w.csv' as source_file, 1 as line_number
from written where true_id % 2 = 0;

create table movielens_titles as
select 'movielens' as source, true_id as source_title_id, title, release_year
from written where true_id % 2 = 1;

create table truth as
select
    if(true_id % 2 = 0, 'tmdb', 'movielens') as trial, kind,
    if(true_id % 2 = 0, 'budgets', 'movielens') as feed,
    if(true_id % 2 = 0, 'tmdb', 'movielens') as source,
    true_id::varchar as source_record_id,
    if(place = 9, -1, true_id) as true_id, title, release_year
from written;
"""
