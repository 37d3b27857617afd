"""`ingest.changes`: what changed is exactly what turns before into now."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest import changes
from tests.unit.ingest.builders import Row, Value

LAW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Rating = tuple[float, int]
Title = tuple[str | None, str | None, list[str] | None]
RATING_SQL = "tconst bigint, averageRating decimal(3, 1), numVotes integer"
TITLE_SQL = "tconst bigint, titleType varchar, primaryTitle varchar, genres varchar[]"


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


def store(
    connection: duckdb.DuckDBPyConnection, folder: Path, name: str, sql: str, rows: list[Row]
) -> Path:
    folder.mkdir(exist_ok=True)
    connection.execute(f"create or replace temp table stored ({sql})")
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"insert into stored values ({marks})", rows)
    target = folder / f"{name}.parquet"
    target.unlink(missing_ok=True)
    connection.execute("copy stored to $target (format parquet)", {"target": str(target)})
    return folder


def keyed(rows: Mapping[int, tuple[Value, ...]]) -> list[Row]:
    return [(key, *values) for key, values in rows.items()]


def changed(
    connection: duckdb.DuckDBPyConnection,
    comparison: changes.Comparison,
    now: Path,
    before: Path | None,
) -> list[Row]:
    count = changes.write(connection, comparison, now, before)
    rows = connection.execute(
        "from read_parquet($file) order by all", {"file": str(now / f"{comparison.name}.parquet")}
    ).fetchall()
    assert count == len(rows)
    return rows


ratings = st.dictionaries(
    st.integers(1, 6), st.tuples(st.sampled_from([7.0, 7.1]), st.sampled_from([5, 6])), max_size=6
)
words = st.sampled_from([None, "", "a", "b"])
titles = st.dictionaries(
    st.integers(1, 5),
    st.tuples(words, words, st.none() | st.lists(st.sampled_from(["a", "b"]), max_size=2)),
    max_size=5,
)


@LAW
@given(before=ratings, now=ratings)
def test_applying_the_rating_changes_to_before_gives_now(
    connection: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    before: dict[int, Rating],
    now: dict[int, Rating],
) -> None:
    old = store(
        connection,
        tmp_path / "a",
        "title_ratings",
        RATING_SQL,
        keyed(before),
    )
    new = store(connection, tmp_path / "b", "title_ratings", RATING_SQL, keyed(now))
    applied = dict(before)
    for key, change, average, votes in changed(connection, changes.RATINGS, new, old):
        assert isinstance(key, int)
        assert (change == "added") == (key not in before)
        assert (change == "gone") == (key not in now)
        if change == "gone":
            assert (average, votes) == (None, None)
            del applied[key]
        else:
            assert before.get(key) != now[key]
            applied[key] = (float(str(average)), int(str(votes)))
    assert applied == now


@LAW
@given(before=titles, now=titles)
@example({1: ("a", "a", [])}, {1: ("a", "a", None)})
@example({1: ("a", "a", ["a", "b"])}, {1: ("a", "a", ["b", "a"])})
def test_title_changes_name_every_title_that_differs_with_its_old_words(
    connection: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    before: dict[int, Title],
    now: dict[int, Title],
) -> None:
    old = store(connection, tmp_path / "a", "title_basics", TITLE_SQL, keyed(before))
    new = store(connection, tmp_path / "b", "title_basics", TITLE_SQL, keyed(now))
    expected: list[Row] = []
    for key in sorted(before.keys() | now.keys()):
        if key not in before:
            expected.append((key, "added", None, None))
        elif key not in now:
            expected.append((key, "gone", *before[key][:2]))
        elif before[key] != now[key]:
            expected.append((key, "changed", *before[key][:2]))
    assert changed(connection, changes.TITLES, new, old) == expected


def test_on_the_first_night_everything_is_added(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    now = store(connection, tmp_path / "a", "title_ratings", RATING_SQL, [(1, 7.0, 5)])
    assert [row[:2] for row in changed(connection, changes.RATINGS, now, None)] == [(1, "added")]


def test_a_linked_table_has_no_changes(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    old = store(connection, tmp_path / "a", "title_ratings", RATING_SQL, [(1, 7.0, 5)])
    now = tmp_path / "it's b"
    now.mkdir()
    (now / "title_ratings.parquet").hardlink_to(old / "title_ratings.parquet")
    assert changed(connection, changes.RATINGS, now, old) == []
