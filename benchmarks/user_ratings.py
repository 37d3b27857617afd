"""User ratings to measure with: a MovieLens release, or as many invented ones.

Both leave tables of the movielens feed, `ratings` and `links`, in a database, and `commit` lays
them in a lake. MovieLens' links give every title IMDb's id, so that no name has to be matched.
"""

import json
import zipfile
from pathlib import Path

import duckdb

from ingest import lake
from ingest.catalog import FEEDS

SNAPSHOT = "000001-20260101T043000Z"
LIKED_STARS = 4
# With fewer likes there is little to recommend from.
FEWEST_LIKES = 5

_RELEASED = """
    create table released as
    select userId::bigint as user_id, movieId::bigint as source_title_id, rating::double as stars
    from read_csv('{folder}/ratings.csv');
    create table links as
    select 'movielens' as source, movieId::bigint as source_title_id,
        imdbId::bigint as imdb_title_id, null::bigint as tmdb_id
    from read_csv('{folder}/links.csv', all_varchar = true)
"""

# One like of every user who has enough is held out, another one for every seed.
_HELD_OUT = """
    create or replace table held_out as
    with likes as (
        select *, count(*) over (partition by user_id) as like_count
        from released where stars >= {liked}
    )
    select user_id, min_by(source_title_id, md5({seed} || '/' || user_id || '/' || source_title_id))
        as source_title_id
    from likes where like_count >= {fewest} group by user_id;
    create or replace table ratings as
    select 'movielens' as source, user_id, source_title_id,
        stars::decimal(3, 1) as rating_original, '0.5-5' as rating_scale,
        timestamp '2020-01-01' as rated_at
    from released anti join held_out using (user_id, source_title_id)
"""

# Users as of ml-32m: from 20 ratings up, 73 in the middle, 33,000 at most. Titles by a stretched
# exponential: about 50,000 ratings of the first, 8 % of that at rank 1,000, 0.2 % at rank 10,000.
# What a user draws twice is one rating. Titles are drawn independently, which makes more different
# pairs than people's taste does.
_INVENTED = """
    select setseed(0.42);
    create table slots as
    select row_number() over () - 1 as slot, title_number
    from (
        select title_number, unnest(range(greatest(
            1, round(3333 * exp(-2.5 * pow(title_number / 1000.0, 0.39)))::int
        )))
        from range(1, {titles} + 1) numbers(title_number)
    );
    create table users as
    select user_id, least(33000, 24 + 1.15 * exp(
        3.9 + 1.45 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())
    ))::int as drawn_count
    from range(1, {users} + 1) numbers(user_id);
    create table draws as
    select
        user_id,
        floor(random() * (select count(*) from slots))::bigint as slot,
        round(2 * least(5, greatest(
            0.5, 3.6 + 1.05 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())
        ))) / 2 as stars
    from (select user_id, unnest(range(drawn_count)) from users);
    create table ratings as
    select 'movielens' as source, user_id, title_number as source_title_id,
        any_value(stars)::decimal(3, 1) as rating_original, '0.5-5' as rating_scale,
        timestamp '2020-01-01' as rated_at
    from draws inner join slots using (slot)
    group by user_id, title_number;
    drop table draws;
    create table links as
    select 'movielens' as source, title_number as source_title_id, title_number as imdb_title_id,
        null::bigint as tmdb_id
    from range(1, {titles} + 1) numbers(title_number)
"""


def read(connection: duckdb.DuckDBPyConnection, release: Path, folder: Path) -> None:
    """Make `released` (user_id, source_title_id, stars) and `links` of a MovieLens zip."""
    with zipfile.ZipFile(release) as archive:
        for name in ("ratings.csv", "links.csv"):
            inside = next(one for one in archive.namelist() if one.endswith(f"/{name}"))
            (folder / name).write_bytes(archive.read(inside))
    connection.execute(_RELEASED.format(folder=folder))


def hold_out(connection: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Split `released` into `held_out`, one liked title of each user, and `ratings`."""
    connection.execute(_HELD_OUT.format(seed=seed, liked=LIKED_STARS, fewest=FEWEST_LIKES))


def invent(connection: duckdb.DuckDBPyConnection, users: int, titles: int) -> None:
    """Make `ratings` and `links`: with 200,948 users and 87,000 titles about 32 million ratings."""
    connection.execute(_INVENTED.format(users=users, titles=titles))


def commit(connection: duckdb.DuckDBPyConnection, home: Path) -> dict[str, str]:
    """Lay `ratings` and `links` in the lake under `home`; its pins."""
    folder = home / "lake" / "movielens" / SNAPSHOT
    folder.mkdir(parents=True)
    for table in FEEDS["movielens"].tables:
        declared = ", ".join(f'"{one.name}" {one.type}' for one in table.columns)
        connection.execute(f"create or replace temp table written ({declared})")
        rows = table.name if table.name in {"ratings", "links"} else "temp.written"
        named = ", ".join(f'"{one.name}"' for one in table.columns)
        connection.execute(
            f"copy (select {named} from {rows}) to '{folder / f'{table.name}.parquet'}'"
        )
    nothing = ", ".join(f"null::{form} as {name}" for name, form in lake.REJECT_COLUMNS.items())
    rejects = folder / "none.rejects.parquet"
    connection.execute(f"copy (select {nothing} where false) to '{rejects}'")
    receipt = {"committed_at": "2026-01-01T04:30:00Z", "tables": {}, "files": []}
    (folder / lake.RECEIPT).write_text(json.dumps(receipt), "utf-8")
    return {"movielens": SNAPSHOT}
