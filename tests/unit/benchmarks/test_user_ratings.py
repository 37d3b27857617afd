"""What is held out of the ratings is one liked title of each user, and never trained on."""

from pathlib import Path

import duckdb
import pytest

from benchmarks import user_ratings
from ingest.catalog import FEEDS


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """User 1 liked ten titles of twenty; user 2 liked four, too few."""
    connection = duckdb.connect()
    connection.execute("""
        create table released as
        select 1 as user_id, number as source_title_id, if(number <= 10, 4.5, 2.0) as stars
        from range(1, 21) numbers(number)
        union all select 2, number, 5.0 from range(1, 5) numbers(number);
        create table links as
        select 'movielens' as source, number as source_title_id, number as imdb_title_id,
            null::bigint as tmdb_id
        from range(1, 21) numbers(number)
    """)
    return connection


def test_one_like_of_a_user_with_enough_is_held_out(connection: duckdb.DuckDBPyConnection) -> None:
    user_ratings.hold_out(connection, seed=1)
    ((user, title),) = connection.execute("from held_out").fetchall()
    assert user == 1
    assert title <= 10
    kept = connection.execute("select count(*) from ratings").fetchone()
    assert kept == (23,)
    assert not connection.execute(
        "from ratings semi join held_out using (user_id, source_title_id)"
    ).fetchall()


def test_another_seed_holds_out_another_like(connection: duckdb.DuckDBPyConnection) -> None:
    titles = set()
    for seed in range(1, 11):
        user_ratings.hold_out(connection, seed)
        titles.update(connection.execute("select source_title_id from held_out").fetchall())
    assert len(titles) > 3


def test_invented_ratings_have_each_pair_once(tmp_path: Path) -> None:
    connection = duckdb.connect()
    user_ratings.invent(connection, users=300, titles=200)
    rows = connection.execute("""
        select count(*), count(distinct (user_id, source_title_id)), min(rating_original)::double,
            max(rating_original)::double, max(source_title_id) from ratings
    """).fetchone()
    assert rows is not None
    count, different, lowest, highest, last = rows
    assert count == different > 300 * 10
    assert (lowest, highest) == (0.5, 5.0)
    assert last <= 200
    user_ratings.commit(connection, tmp_path)
    snapshot = tmp_path / "lake" / "movielens" / user_ratings.SNAPSHOT
    landed = f"select count(*) from '{snapshot}/ratings.parquet'"
    assert connection.execute(landed).fetchone() == (count,)
    assert {one.stem for one in snapshot.glob("*.parquet")} == {
        "none.rejects",
        *(table.name for table in FEEDS["movielens"].tables),
    }
