"""Records whose title is known, without the id that would tell: published and invented ones.

A trial leaves tables in its database: `truth` (trial, kind, feed, source, source_record_id,
true_id, title, release_year), `dumps` (tconst) and the lake's tables as `<feed>_<table>`.
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
        self.records(connection, home)
        connection.execute("create table dumps as select tconst from title_basics")


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

    All that have votes, as nearly every film that a publisher lists has, and a few that have none.
    A tenth of them is taken out of the dumps' truth by a new word: they must match nothing.
    """

    def records(connection: duckdb.DuckDBPyConnection, _: Path) -> None:
        connection.execute(_INVENTED.format(seed=seed))

    return Trial("invented", dumps, records)


def rivals(dumps: Path, seed: int) -> Trial:
    """Films beside namesakes of every kind, and films that the dumps lack but for a namesake.

    The dumps of the trial are the invented ones with the namesakes added and the lacking films
    taken out. Votes are drawn so that a listed film has 3,000 in the middle and a namesake 220 or
    none, which is closer than in IMDb's: there the films that MovieLens lists have 14,000, all
    films 89, and a third none. Three records in a hundred are a year off, as MovieLens' are.
    """

    def records(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
        connection.execute(_RIVALS.format(seed=seed))
        for table in ("title_basics", "title_akas", "title_ratings"):
            replace(connection, home, table)

    return Trial("rivals", dumps, records)


def replace(connection: duckdb.DuckDBPyConnection, home: Path, table: str) -> None:
    """Put `new_<table>` into the trial's lake for the table."""
    file = max((home / "lake" / "imdb").iterdir()) / f"{table}.parquet"
    written = file.with_suffix(".new")
    connection.execute(f"copy new_{table} to '{written}' (format parquet)")
    written.replace(file)


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

# Kinds of carelessness and their shares in hundredths, beginning with a tenth as it is.
_INVENTED = r"""
create table drawn as
select
    title_basics.*,
    hash(tconst, {seed}) % 1000 as draw,
    -- a year off for six in a hundred: MovieLens' are for three
    list_position([0, 10, 20, 30, 40, 50, 65, 80, 83, 86], list_last(list_filter(
        [0, 10, 20, 30, 40, 50, 65, 80, 83, 86],
        lambda one: one <= hash(tconst, {seed}, 'kind') % 100
    ))) - 1 as place
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
left join title_ratings on drawn.tconst = title_ratings.tconst
where draw < if(title_ratings.tconst is null, 10, 1000);

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

_RIVALS = r"""
create macro chance(id, salt) as hash(id, {seed}, salt) % 1000000 / 1000000;

create table kinds as
from (values
    (0, 'no namesake', null, 0, false),
    (1, 'film ten years later', 'movie', 10, false),
    (2, 'film of the next year', 'movie', 1, false),
    (3, 'film of the year before', 'movie', -1, false),
    (4, 'film of the year', 'movie', 0, false),
    (5, 'both films listed', 'movie', 0, false),
    (6, 'episode of the year', 'tvEpisode', 0, false),
    (7, 'short of the year', 'short', 0, false),
    (8, 'series of the year', 'tvSeries', 0, false),
    (9, 'film so called abroad', 'movie', 0, false),
    (10, 'film but for the article', 'movie', 0, false),
    (11, 'lacking: film ten years later', 'movie', 10, true),
    (12, 'lacking: film of the next year', 'movie', 1, true),
    (13, 'lacking: short of the year', 'short', 0, true),
    (14, 'lacking: episode of the year', 'tvEpisode', 0, true),
    (15, 'lacking: film so called abroad', 'movie', 0, true)
) as kinds (place, kind, rival_type, step, is_lacking);

create table listed as
select
    title_basics.*, kinds.*, 100000000 + tconst as rival_id,
    if(chance(tconst, 'off') < 0.03, if(chance(tconst, 'way') < 0.5, -1, 1), 0) as year_off,
    primaryTitle || case place
        when 9 then ' ' || reverse(primaryTitle) when 15 then ' ' || reverse(primaryTitle) else ''
    end as rival_title
from title_basics inner join kinds
    -- few films of a list are not in the dumps
    on place = case
        when chance(tconst, 'lacking') < 0.02 then 11 + hash(tconst, {seed}, 'kind') % 5
        else hash(tconst, {seed}, 'kind') % 11
    end
where titleType = 'movie' and startYear is not null and chance(tconst, 'listed') < 0.8;

create table new_title_basics as
select * from title_basics
where tconst not in (select tconst from listed where is_lacking)
union all by name
select
    rival_id as tconst, rival_type as titleType, isAdult,
    if(place = 10, regexp_replace(if(primaryTitle ~ '^The ', primaryTitle[5:],
        'The ' || primaryTitle), '^The (A|An|Le|La|Der|Die|Das|El) ', 'The '), rival_title)
        as primaryTitle,
    primaryTitle as originalTitle,
    (startYear + step)::smallint as startYear,
    list_filter(['Drama', 'Comedy', 'Horror', 'Romance'], lambda one: chance(rival_id, one) < 0.4)
        as genres
from listed where rival_type is not null;
update new_title_basics set originalTitle = primaryTitle where tconst > 100000000;

create table new_title_akas as
select * from title_akas
union all by name
select rival_id as titleId, 1 as ordering, primaryTitle as title, 'XX' as region
from listed where place in (9, 15);

create table new_title_ratings as
select * from title_ratings where tconst not in (select tconst from listed)
union all by name
select
    tconst, 6.0 as averageRating, round(10 ** (1.5 + 4 * chance(tconst, 'votes')))::int as numVotes
from listed where not is_lacking
union all by name
select rival_id, 6.0, round(10 ** (0.7 + 3.3 * chance(tconst, 'rival votes')))::int
from listed where rival_type is not null and chance(rival_id, 'rated') < 0.7;

create table written as
select
    tconst as id, if(is_lacking, -1, tconst) as true_id, kind, primaryTitle as title,
    (startYear + year_off)::smallint as release_year, genres,
    -- reviews of two titles that are called alike make one record
    if(place = 5, hash(tconst, {seed}, 'feed') % 2, hash(tconst, {seed}, 'feed') % 3) as feed
from listed
union all
select
    rival_id, rival_id, kind, primaryTitle, startYear, null, hash(tconst, {seed}, 'feed') % 2
from listed where place = 5;

create table movielens_titles as
select 'movielens' as source, id as source_title_id, title, release_year, genres
from written where feed = 0;

create table budgets_films as
select
    'tmdb' as source, id::varchar as source_record_id, -id as record_key, title, release_year,
    'w.csv' as source_file, 1 as line_number
from written where feed = 1;

create table reviews_reviews as
select
    'ieee' as source, id::varchar as source_review_id, id as content_hash, id as record_hash,
    title, release_year
from written where feed = 2;

create table truth as
select
    'movielens' as trial, kind, 'movielens' as feed, 'movielens' as source,
    id::varchar as source_record_id, true_id, title, release_year
from written semi join movielens_titles on source_title_id = id
union all
select 'tmdb', kind, 'budgets', 'tmdb', id::varchar, true_id, title, release_year
from written semi join budgets_films on source_record_id = id::varchar
union all
select
    'ieee', kind, 'reviews', 'ieee', title || ' (' || release_year || ')', true_id, title,
    release_year
from written semi join reviews_reviews on source_review_id = id::varchar;
"""
