"""What a search is understood to be, how names are scored, and that nothing typed is too much."""

import re
import time
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards import search, search_score
from dashboards.search_score import Name
from dashboards.search_words import (
    LETTER_LIMIT,
    WORD_LIMIT,
    Typed,
    cut,
    fold,
    named_id,
    short_hash,
    spelling_hashes,
    understand,
)
from tests.unit.dashboards import searchable

PROJECT = Path(__file__).resolve().parents[3]
MACROS = PROJECT / "dbt_project" / "macros"

HOSTILE = [
    "",
    "   ",
    "?!.,;:-_'\"`~",
    "🎬🍿👨‍👩‍👧",
    "千と千尋の神隠し",
    "الرجل الذي",
    "‮gnirts‬",
    "%_%%__",
    "'; drop table marts.dim_titles; --",
    "a\0b",
    "\ud800 broken",
    "{rare} $place",
    "a" * 10_000,
    "the " * 2_500,
    "é" * 10_000,
    "1999 1998 1997",
    "tt" + "9" * 400,
]


@pytest.fixture(scope="module")
def warehouse() -> duckdb.DuckDBPyConnection:
    """The tables that search reads, with three titles and a person, as the models make them."""
    connection = duckdb.connect()
    connection.execute("create schema marts")
    connection.execute("""
        create table marts.rpt_search_names as
        select * from (values
            (1, 5, null::bigint, null::integer, 'The Lantern', 'movie', 1984, null::integer,
                8.1, 9000, true),
            (1, 5, null, null, 'La Lanterne', 'movie', 1984, null, 8.1, 9000, false),
            (2, null, 7, 1, 'Åsa Kestrel', null, null, 1950, null, 9000, true),
            (3, 6, null, null, 'Lantern', 'movie', 2021, null, 6.0, 10, true),
            (4, 8, null, null, 'Spider-Man', 'movie', 2002, null, null, null, true)
        ) as names (vote_rank, title_id, person_id, context_vote_rank, known_as, title_type,
            release_year, birth_year, rating_average, vote_count, is_shown)
    """)  # fmt: skip
    searchable.index(connection)
    connection.execute("""
        create table marts.dim_titles as
        select title_id, known_as as primary_title, title_type, release_year, vote_count,
            rating_average
        from marts.rpt_search_names where is_shown and title_id is not null;
        create table marts.dim_people as
        select person_id, known_as as person_name, birth_year
        from marts.rpt_search_names where person_id is not null;
        create table marts.bridge_people_known_titles as select 7 as person_id, 5 as title_id;
        create table marts.bridge_series_episodes as select 0 as episode_id, 0 as series_id;
    """)
    return connection


def first(warehouse: duckdb.DuckDBPyConnection, text: str) -> search.Hit:
    return search.find(warehouse, text)[0]


@pytest.mark.parametrize(
    ("text", "title_id"),
    [
        ("the lantern", 5),
        ("LANTERN the", 5),
        ("the lanterm", 5),
        ("the lnatern", 5),
        ("thelantern", 5),
        ("the lant", 5),
        ("lantérne", 5),
        ("lantern 2021", 6),
        ("lantern 1984", 5),
        ("spiderman", 8),
        ("spider man", 8),
        ("tt0000006", 6),
        ("https://www.imdb.com/title/tt0000006/?ref_=x", 6),
    ],
)
def test_a_title_is_found_first(
    warehouse: duckdb.DuckDBPyConnection, text: str, title_id: int
) -> None:
    assert first(warehouse, text).title_id == title_id


@pytest.mark.parametrize("text", ["asa kestrel", "Kestrel, Åsa", "kestral", "nm0000007"])
def test_a_person_is_found_with_what_they_are_known_for(
    warehouse: duckdb.DuckDBPyConnection, text: str
) -> None:
    hit = first(warehouse, text)
    assert (hit.person_id, hit.name, hit.year, hit.known_for) == (
        7, "Åsa Kestrel", 1950, "The Lantern",
    )  # fmt: skip


def test_another_name_that_matched_is_told(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert first(warehouse, "la lanterne").matched_name == "La Lanterne"
    assert first(warehouse, "the lantern").matched_name is None


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_nothing_typed_is_an_error_or_takes_long(
    warehouse: duckdb.DuckDBPyConnection, text: str
) -> None:
    started = time.process_time()
    search.find(warehouse, text)
    assert time.process_time() - started < 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    connection = duckdb.connect()
    connection.execute("create schema marts")
    connection.execute("""
        create table marts.rpt_search_names (vote_rank integer, title_id bigint, person_id bigint,
            context_vote_rank integer, known_as varchar, title_type varchar, release_year smallint,
            birth_year smallint, rating_average double, vote_count integer, is_shown boolean);
    """)
    searchable.index(connection)
    if named_id(text) is None:
        assert search.find(connection, text) == []


def test_no_more_is_read_than_said() -> None:
    typed = understand("word " * 100)
    assert len(typed.words) == WORD_LIMIT
    assert len(understand("x" * 10_000).words[0]) == LETTER_LIMIT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Schindler's", ("schindlers",)),
        ("Spider-Man", ("spider", "man")),
        ("E.T.", ("et",)),
        ("Vol.22", ("vol", "22")),
        ("L'Île", ("lile",)),
        ("smørrebrød", ("smorrebrod",)),
    ],
)
def test_a_search_is_cut_as_people_write(text: str, words: tuple[str, ...]) -> None:
    assert understand(text).words == words


@pytest.mark.parametrize(
    ("text", "year"),
    [("dune 1984", 1984), ("1984", None), ("dune 84", None), ("2001 1968", 1968)],
)
def test_a_year_needs_another_word_beside_it(text: str, year: int | None) -> None:
    assert understand(text).year == year


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tt0133093", ("tt", 133093)),
        ("https://m.imdb.com/name/nm0000206/bio", ("nm", 206)),
        ("butt0133093", None),
        ("tt0", None),
        ("tt" + "1" * 30, None),
    ],
)
def test_an_id_is_told_from_words(text: str, found: tuple[str, int] | None) -> None:
    assert named_id(text) == found


def macro(file: str, name: str, argument: str) -> str:
    """The SQL of a macro for DuckDB, with a column in place of its argument."""
    text = (MACROS / file).read_text("utf-8")
    body = re.search(rf"macro default__{name}\(.*?%}}(.*?){{%-? endmacro", text, re.DOTALL)
    assert body
    return re.sub(r"{{.*?}}", argument, body[1])


def test_letters_are_folded_as_the_warehouse_folds_them() -> None:
    letters = [
        "a" + chr(code)
        # Latin, Greek, Cyrillic, Hebrew, Arabic, Indic …, Hangul, compatibility forms
        for code in (*range(32, 0x3000), *range(0xAC00, 0xAD00), *range(0xF900, 0xFB00))
        if chr(code).isalnum()
    ]
    folded = macro("portable_identity.sql", "fold_letters", "letter")
    rows = duckdb.execute(
        f"select letter, {folded} from (select unnest($letters) as letter)",
        {"letters": letters},
    ).fetchall()
    other = [(letter, sql, fold(letter)) for letter, sql in rows if sql != fold(letter)]
    # It is no letter, and must not end the text that it is in.
    cut_short = "select 'É ' || chr(0) || 'é' as letter"
    assert duckdb.execute(f"select {folded} from ({cut_short})").fetchall() == [("e  e",)]
    assert len(rows) > 5000
    assert not other, (len(other), other[:20])


def test_words_are_spelled_and_hashed_as_the_warehouse_does() -> None:
    spelled = macro("portable_search.sql", "spellings", "'kiités'")
    hashed = macro("portable_search.sql", "short_hash", "spelling")
    rows = duckdb.execute(f"select {hashed} from (select unnest({spelled}) as spelling)").fetchall()
    assert {number for (number,) in rows} | {short_hash("~ktés")} == spelling_hashes("kiités")


def scored(text: str, name: str, votes: int | None = None, **meanings: float) -> float:
    typed = understand(text)
    return search_score.score(typed, [meanings] * len(typed.words), Name(cut(name), None, votes))


def test_the_nearer_name_scores_higher() -> None:
    ranking = [
        scored("stone harbour", "Stone Harbour"),
        scored("stone harbour", "Harbour Stone"),
        scored("stone harbour", "Stone Harbour Nights"),
        scored("stone harbour", "Stone Harbor", harbor=search_score.typo_cost(1)),
        scored("stone harbour", "Stone"),
        scored("stone harbour", "Nights"),
    ]
    assert ranking == sorted(ranking, reverse=True)
    assert len(set(ranking)) == len(ranking)


def test_votes_outweigh_a_typo_but_not_a_missing_word() -> None:
    typo = search_score.typo_cost(1)
    assert scored("lantrn", "Lantern", 1_000_000, lantern=typo) > scored("lantrn", "Lantrn", 1)
    assert scored("blue lantern", "Lantern", 1_000_000) < scored("blue lantern", "Blue Lantern", 1)


def test_a_year_is_a_preference_not_a_demand() -> None:
    typed = understand("lantern 1984")
    nothing: list[dict[str, float]] = [{}, {}]
    right, near, far = (
        search_score.score(typed, nothing, Name(("lantern",), year, None))
        for year in (1984, 1985, 2021)
    )
    assert right > near > far > -5
    assert typed == Typed(("lantern", "1984"), 1984, 1)
