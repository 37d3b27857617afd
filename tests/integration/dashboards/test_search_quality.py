"""Search finds what was meant: 200 searches made from the sample, misspelt as people misspell."""

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from benchmarks.misspelt import Search, searches
from dashboards import search
from dashboards.search import Hit
from dashboards.search_words import cut
from warehouse import connect

COUNT = 200
SEED = 20261125
SHOWN_FIRST = 3
REQUIRED = 0.95
# Invented names are made of few words, so many are alike: the title itself, among its namesakes.
REQUIRED_STRICTLY = 0.90

Ids = dict[int, tuple[int | None, int | None]]


def _cursor(home: Path) -> duckdb.DuckDBPyConnection:
    return connect.opened(connect.published(home))


@pytest.fixture(scope="module")
def asked(published: Path) -> list[tuple[Search, list[Hit]]]:
    """Each search, and what it shows first."""
    connection = _cursor(published)
    return [
        (one, search.find(connection, one.text)[:SHOWN_FIRST])
        for one in searches(connection, COUNT, SEED)
    ]


@pytest.fixture(scope="module")
def ids(published: Path) -> Ids:
    statement = "select vote_rank, title_id, person_id from marts.rpt_search_names"
    rows = _cursor(published).execute(statement).fetchall()
    return {rank: (title_id, person_id) for rank, title_id, person_id in rows}


def is_meant(one: Search, hit: Hit, ids: Ids) -> bool:
    return (hit.title_id, hit.person_id) == ids[one.vote_rank]


def test_what_was_meant_is_among_the_first(asked: list[tuple[Search, list[Hit]]], ids: Ids) -> None:
    """A namesake counts: nothing typed tells two titles of one folded name apart."""
    missed = [
        one
        for one, hits in asked
        if not any(is_meant(one, hit, ids) or cut(hit.name) == cut(one.name) for hit in hits)
    ]
    share = 1 - len(missed) / COUNT
    by_kind = Counter(one.kind for one in missed)
    assert share >= REQUIRED, f"{share:.1%}; missed: {by_kind}, {missed}"


def test_the_very_title_is_mostly_among_the_first(
    asked: list[tuple[Search, list[Hit]]], ids: Ids
) -> None:
    found = sum(any(is_meant(one, hit, ids) for hit in hits) for one, hits in asked)
    assert found / COUNT >= REQUIRED_STRICTLY


def test_searches_are_of_every_kind(asked: list[tuple[Search, list[Hit]]]) -> None:
    kinds = Counter(one.kind for one, _ in asked)
    assert len(kinds) == 8
    assert min(kinds.values()) >= COUNT // 10


def test_a_name_as_it_is_written_comes_first(published: Path) -> None:
    connection = _cursor(published)
    for is_person, kind in ((False, "title_id"), (True, "person_id")):
        rows = connection.execute(
            f"select known_as, {kind} from marts.rpt_search_names"
            " where is_shown and (person_id is not null) = $is_person order by vote_rank limit 20",
            {"is_person": is_person},
        ).fetchall()
        for name, number in rows:
            hits = search.find(connection, name)
            assert number in [getattr(hit, kind) for hit in hits[:SHOWN_FIRST]], name
