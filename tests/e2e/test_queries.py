"""docs/queries.md and docs/data_model.md, held to a release of the sample's five feeds."""

import re
import time

import duckdb
import pytest

from tests.arthouse import PROJECT, Arthouse
from tests.unit.test_data_model import load_maker
from warehouse import connect

pytestmark = pytest.mark.slow

# A first night has no history, so nothing can have moved.
EMPTY_AT_FIRST = {18}
PAGE = (PROJECT / "docs" / "queries.md").read_text("utf-8")
QUERIES = {
    int(number): sql
    for number, sql in re.findall(r"### (\d+)\. .*?\n.*?```sql\n(.*?)```", PAGE, re.DOTALL)
}


def test_there_are_twenty_questions_each_with_one_query() -> None:
    assert list(QUERIES) == list(range(1, 21))
    assert PAGE.count("### ") == PAGE.count("```sql\n") == 20


@pytest.mark.parametrize("number", QUERIES)
def test_a_question_has_an_answer(sample_night: Arthouse, number: int) -> None:
    [statement] = duckdb.extract_statements(QUERIES[number])
    assert statement.type == duckdb.StatementType.SELECT
    start = time.perf_counter()
    with duckdb.connect(connect.published(sample_night.home), read_only=True) as connection:
        answer = connection.execute(QUERIES[number])
        names = [column[0] for column in answer.description]
        rows = answer.fetchall()
    assert bool(rows) is (number not in EMPTY_AT_FIRST)
    assert len(names) == len(set(names))
    # A column that is NULL throughout was asked of the wrong table.
    empty = [name for place, name in enumerate(names) if all(row[place] is None for row in rows)]
    assert rows == [] or empty == []
    assert time.perf_counter() - start < 10


def test_the_keys_of_the_data_model_are_keys(sample_night: Arthouse) -> None:
    """Those above all that no test of dbt judges, because load proves them."""
    maker = load_maker()
    repeated = {}
    for table in maker.read(maker.MODELS):
        if table.key:
            [(count,)] = sample_night.query(f"""
                select count(*) from (
                    select {", ".join(table.key)} from {table.schema}.{table.name}
                    group by all having count(*) > 1
                )
            """)
            if count:
                repeated[table.name] = count
    assert repeated == {}
