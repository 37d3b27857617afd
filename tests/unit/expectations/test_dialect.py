import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import Engine, create_engine, inspect, text, types
from sqlalchemy.exc import DBAPIError, NoSuchTableError

from expectations import dialect

ROWS = """
    create schema marts;
    create table marts.things (
        "thingId" bigint not null, name varchar, score decimal(3, 1), is_odd boolean,
        seen_on date, seen_at timestamp, tags varchar[], grid integer[][], triple double[3],
        big hugeint, moment timestamptz, facts struct(a integer)
    );
    comment on column marts.things.name is 'what it is called';
    insert into marts.things
        select
            i, 'thing ' || i, 7.5, i % 2 = 1, date '2026-11-22', timestamp '2026-11-22 04:30:00',
            ['a', 'b'], [[1], [2, 3]], [0.5, 1.5, 2.5], 1, null, {'a': 1}
        from range(1, 4) as numbers (i);
    create view marts.odd_things as select "thingId", score from marts.things where is_odd;
"""
WRITER = """
import sys, duckdb
with duckdb.connect(sys.argv[1]) as session:
    session.execute("create table written as select 1 as one")
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "things.duckdb"
    with duckdb.connect(file) as session:
        session.execute(ROWS)
    return file


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    dialect.register()
    engine = create_engine(f"duckdb+gx:///{database}?access_mode=read_only")
    yield engine
    engine.dispose()


def write_from_another_process(file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WRITER, str(file)], capture_output=True, text=True, check=False
    )


def test_values_come_back_as_duckdb_gives_them(engine: Engine) -> None:
    with engine.connect() as connection:
        row = connection.execute(
            text('select * from marts.things where "thingId" = :id'), {"id": 2}
        ).one()

    assert tuple(row[:9]) == (
        2,
        "thing 2",
        Decimal("7.5"),
        False,
        date(2026, 11, 22),
        datetime(2026, 11, 22, 4, 30),  # noqa: DTZ001 # DuckDB's TIMESTAMP has no zone
        ["a", "b"],
        [[1], [2, 3]],
        (0.5, 1.5, 2.5),
    )


def test_a_result_outlives_its_connection(engine: Engine) -> None:
    with engine.connect() as connection:
        result = connection.execute(text('select "thingId" from marts.things order by all'))

    assert [result.fetchone(), *result.fetchmany(1), *result.fetchall()] == [(1,), (2,), (3,)]
    assert result.fetchone() is None


def test_columns_are_reflected_with_their_types(engine: Engine) -> None:
    columns = {column["name"]: column for column in inspect(engine).get_columns("things", "marts")}

    assert list(columns)[:2] == ["thingId", "name"]
    assert columns["thingId"]["nullable"] is False
    assert columns["name"]["nullable"] is True
    assert columns["name"]["comment"] == "what it is called"
    assert isinstance(columns["thingId"]["type"], types.BigInteger)
    assert isinstance(columns["facts"]["type"], types.NullType)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("DECIMAL(3,1)", "NUMERIC(3, 1)"),
        ("DECIMAL(18, 4)", "NUMERIC(18, 4)"),
        ("HUGEINT", "NUMERIC(39, 0)"),
        ("VARCHAR", "VARCHAR"),
        ("USMALLINT", "INTEGER"),
        ("STRUCT(a INTEGER)", "NULL"),
        ("ENUM('a')", "NULL"),
    ],
)
def test_a_scalar_type_is_known_by_duckdbs_name(name: str, expected: str) -> None:
    assert str(dialect.column_type(name)) == expected


@pytest.mark.parametrize(
    ("name", "item", "dimensions"),
    [
        ("VARCHAR[]", types.String, 1),
        ("INTEGER[][]", types.Integer, 2),
        ("DOUBLE[3]", types.Double, 1),
        ("DECIMAL(18,4)[]", types.Numeric, 1),
        ("STRUCT(a INTEGER[])[]", types.NullType, 1),
    ],
)
def test_a_list_is_an_array_of_its_items(
    name: str, item: type[types.TypeEngine[object]], dimensions: int
) -> None:
    found = dialect.column_type(name)

    assert isinstance(found, types.ARRAY)
    assert isinstance(found.item_type, item)
    assert found.dimensions == dimensions


def test_a_zoned_timestamp_keeps_its_zone() -> None:
    found = dialect.column_type("TIMESTAMP WITH TIME ZONE")

    assert isinstance(found, types.DateTime)
    assert found.timezone


def test_views_are_reflected_too(engine: Engine) -> None:
    names = [column["name"] for column in inspect(engine).get_columns("odd_things", "marts")]

    assert names == ["thingId", "score"]


def test_schemas_are_named_without_their_database(engine: Engine) -> None:
    assert inspect(engine).get_schema_names() == ["main", "marts"]


def test_a_missing_table_is_an_error_that_names_it(engine: Engine) -> None:
    with pytest.raises(NoSuchTableError, match="no_such_table"):
        inspect(engine).get_columns("no_such_table", "marts")


def test_a_failing_query_is_an_error_with_duckdbs_words(engine: Engine) -> None:
    with (
        engine.connect() as connection,
        pytest.raises(DBAPIError, match='"no_such_column" not found'),
    ):
        connection.execute(text("select no_such_column from marts.things"))


def test_the_next_query_works_after_a_failed_one(engine: Engine) -> None:
    with engine.connect() as connection:
        with pytest.raises(DBAPIError):
            connection.execute(text("select no_such_column from marts.things"))
        connection.rollback()

        assert connection.execute(text("select count(*) from marts.things")).scalar_one() == 3


def test_the_file_is_locked_during_a_connection_and_free_after_it(
    engine: Engine, database: Path
) -> None:
    with engine.connect() as connection:
        connection.execute(text("select 1"))
        during = write_from_another_process(database)
    after = write_from_another_process(database)

    assert "lock" in during.stderr
    assert after.returncode == 0, after.stderr


def test_a_read_only_url_cannot_write(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError, match="read-only"):
        connection.execute(text("create table other (one integer)"))


def test_settings_of_the_url_reach_duckdb(database: Path) -> None:
    dialect.register()
    engine = create_engine(f"duckdb+gx:///{database}?threads=1&memory_limit=100MB")

    with engine.connect() as connection:
        assert connection.execute(text("select current_setting('threads')")).scalar_one() == 1
    engine.dispose()


def test_names_are_looked_up_in_the_schema_of_the_url(database: Path) -> None:
    dialect.register()
    engine = create_engine(f"duckdb+gx:///{database}?access_mode=read_only&schema=marts")

    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from things")).scalar_one() == 3
    assert len(inspect(engine).get_columns("odd_things")) == 2
    engine.dispose()


def test_what_is_committed_stays_and_what_is_not_does_not(database: Path) -> None:
    dialect.register()
    engine = create_engine(f"duckdb+gx:///{database}")
    with engine.connect() as connection:
        connection.execute(text("create table kept (one integer)"))
        connection.execute(text("insert into kept values (:one)"), [{"one": 1}, {"one": 2}])
        connection.commit()
        connection.execute(text("delete from kept"))

    with engine.connect() as connection:
        assert connection.execute(text("select sum(one) from kept")).scalar_one() == 3
    engine.dispose()
