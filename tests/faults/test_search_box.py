"""Whatever is typed into a search box is text: it finds what plain Python finds."""

import unicodedata
from collections.abc import Callable, Iterator
from random import Random

import duckdb
import pytest

from dashboards import reader, search, search_index
from tests.faults.search_oracle import AmbiguousError, Known, Oracle
from tests.faults.trials import Trials
from tests.unit.dashboards import searchable

WORDS = (
    "tide", "glass", "stone", "harbour", "night", "nights", "lantern", "the", "of", "a", "red",
    "Åsa", "kestrel", "l'île", "spider", "man", "100%", "snake_case", "1984", "2021", "select",
    "drop", "x", "Ötztal", "東京", "don't", "or", "null", "é",
)  # fmt: skip
SIGNS = (
    "'", "''", '"', "%", "_", ";", "\\", "\x00", "--", "/*", "*/", "$1", "$typed", "{place}", "{0}",
    "?", ":typed", "\n", "\t", "\u202e", "\u2028", "\u00a0", "\U0010ffff", "' or 1=1 --",
    "' or ''='", "'; drop table marts.rpt_search_names; --", "%' union select null --",
    "\\'", "\\x27", "%27",
    "\U0001f3ac", "(", ")", "*", "[a-z]", ".*", "^", "|", "&", "tt0000005", "nm7", "E'\\x41'",
)  # fmt: skip
HOSTILE = [*SIGNS, *(sign * 10_000 for sign in ("'", "%", "_", "\\", "a", "é", "the ", "' or '"))]
TITLES = ("100% Tide", "snake_case", "O'Hara's Night", 'The "Red" Man', "C:\\glass", "Åsa; stone",
          "50%_off", "A -- B", "", "L'Île", "drop table marts", "\u6771\u4eac",
          "\u6771\x00\u4eac two")  # fmt: skip

# A box: what it finds, and what plain Python finds; None where that is not one answer.
Box = tuple[Callable[[str], object], Callable[[str], object]]


def typed(seed: int) -> str:
    """What a person, or somebody who is none, may type."""
    random = Random(seed)
    parts = random.choices((*WORDS, *SIGNS), k=random.randint(1, 4))
    text = random.choice(("", " ", " ")).join(parts)
    for _ in range(random.randint(0, 2)):
        place = random.randint(0, len(text))
        text = text[:place] + random.choice((*SIGNS, "e", "n", "")) + text[place + 1 :]
    return text.upper() if random.random() < 0.1 else text


def names(seed: int = 0) -> list[Known]:
    """Invented titles and people, some of whom have a second name."""
    random = Random(seed)
    made = []
    for rank in range(1, 61):
        votes = random.choice((None, 10_000 - rank * 100))
        for is_shown in (True, False)[: random.choice((1, 1, 2))]:
            text = " ".join(random.sample(WORDS, random.randint(1, 4)))
            is_title = rank % 3 > 0
            made.append(
                Known(
                    rank,
                    rank if is_title else None,
                    None if is_title else rank,
                    text,
                    1950 + rank if is_title else None,
                    votes,
                    is_shown,
                )
            )
    return made


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("""
            create schema marts; create schema ops;
            create table marts.rpt_search_names (vote_rank integer, title_id bigint,
                person_id bigint, context_vote_rank integer, known_as varchar, title_type varchar,
                release_year integer, birth_year integer, rating_average double,
                vote_count integer, is_shown boolean);
            create view marts.dim_titles as select title_id, known_as as primary_title, title_type,
                release_year, vote_count, rating_average from marts.rpt_search_names
                where is_shown and title_id is not null;
            create view marts.dim_people as select person_id, known_as as person_name, birth_year
                from marts.rpt_search_names where is_shown and person_id is not null;
            create table marts.bridge_people_known_titles (person_id bigint, title_id bigint);
            create table marts.bridge_series_episodes (episode_id bigint, series_id bigint);
            create table marts.rpt_budget_performance (grain varchar, genres varchar[],
                decade smallint, primary_title varchar, budget_usd double, budget_usd_real double,
                worldwide_gross_usd double, worldwide_gross_usd_real double);
            comment on column marts.dim_titles.title_type is '100% of o''clock; a_b \\ c';
        """)
        connection.executemany(
            "insert into marts.rpt_search_names values ($1, $2, $3, null, $4, 'movie', $5, null, "
            "null, $6, $7)",
            [
                (one.rank, one.title_id, one.person_id, one.text, one.year, one.votes, one.is_shown)
                for one in names()
            ],
        )
        connection.executemany(
            "insert into marts.rpt_budget_performance values ('title', [], null, $1, 1, 1, 2, 2)",
            [[title] for title in TITLES],
        )
        searchable.index(connection, {})
        yield connection


def boxes(connection: duckdb.DuckDBPyConnection) -> dict[str, Box]:
    """Every box that takes words: the search, a budget's title, a table's or column's name."""
    oracle = Oracle(names())
    columns = connection.execute(
        "select schema_name || '.' || table_name, column_name, coalesce(comment, '') "
        "from duckdb_columns() where schema_name in ('marts', 'ops')"
    ).fetchall()
    tables = [(name, None, "") for name in dict.fromkeys(table for table, *_ in columns)]

    def titles(text: str) -> list[str]:
        statement = reader.statement("budgets/_chosen")
        given = {"is_real": False, "genre": None, "decade": None, "words": text.strip()}
        rows = connection.execute(f"select primary_title from ({statement})", given).fetchall()
        return sorted(title for (title,) in rows)

    def things(text: str) -> set[object]:
        statement = reader.statement("tables/found").replace("limit 60", "")
        rows = connection.execute(statement, {"words": text.strip()}).fetchall()
        return {(name, column) for name, column, *_ in rows}

    def described(text: str) -> set[object]:
        words = _blank_split(lowered(text.strip()))
        return {
            (name, column)
            for name, column, comment in [*columns, *tables]
            if all(
                word in lowered(f"{name.partition('.')[2]} {column or ''} {comment}")
                for word in words
            )
        }

    return {
        "search": (
            lambda text: [(hit.title_id, hit.person_id) for hit in search.find(connection, text)],
            oracle.find,
        ),
        "budgets": (
            titles,
            lambda text: sorted(one for one in TITLES if bare(text.strip()) in bare(one)),
        ),
        "tables": (things, described),
    }


def _blank_split(text: str) -> list[str]:
    words = [""]
    for letter in text:
        if letter in " \t\n\r\f":
            words += [""] if words[-1] else []
        else:
            words[-1] += letter
    return words


def lowered(text: str) -> str:
    """Letter by letter, as DuckDB does it."""
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def bare(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFD", text.replace("\0", " "))
    return lowered("".join(one for one in apart if not unicodedata.combining(one)))


def differences(box: Box, text: str) -> list[str]:
    """How the box differs from plain Python."""
    find, expected = box
    try:
        wanted = expected(text)
    except AmbiguousError:
        return []
    try:
        found = find(text)
    except duckdb.Error as error:
        return [f"{error}"[:200]]
    return [] if found == wanted else [f"{found} is not {wanted}"[:400]]


def content(connection: duckdb.DuckDBPyConnection) -> object:
    """All names, and every table there is."""
    return [
        connection.execute(statement).fetchall()
        for statement in (
            "from marts.rpt_search_names order by all",
            "select table_name, estimated_size from duckdb_tables() order by all",
        )
    ]


@pytest.mark.fault("F37", "SQL and wildcards typed into a search box", quick=1_000, full=10_000)
def test_what_is_typed_is_only_text(
    trials: Trials, warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(warehouse)
    all_boxes = boxes(warehouse)
    for text in trials.of([*HOSTILE, *map(typed, range(trials.planned))]):
        for name, box in all_boxes.items():
            for difference in differences(box, text):
                trials.lose(f"{name}: {text[:80]!r}: {difference}")
    assert content(warehouse) == before, "a search changed what it searches"
    _paste(trials, warehouse, monkeypatch)


def _paste(
    trials: Trials, warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Boxes that paste what is typed into their SQL, or take it for a pattern."""
    known = reader.statement("budgets/_chosen")
    like = "primary_title ilike '%' || $words || '%'"
    for how, condition in (("a pattern", like), ("pasted", like.replace("$words", "'WORDS'"))):
        wild = known[: known.index("and contains(")] + f"and {condition}"

        def titles(text: str, wild: str = wild) -> list[str]:
            given = {"is_real": False, "genre": None, "decade": None, "words": text.strip()}
            if "WORDS" in wild:
                del given["words"]
            rows = warehouse.execute(wild.replace("WORDS", text.strip()), given).fetchall()
            return sorted(row[3] for row in rows)

        box = (titles, boxes(warehouse)["budgets"][1])
        caught = [text for text in ("%", "_", "'", "O'Hara") if differences(box, text)]
        trials.control(f"a box whose words are {how}", caught=len(caught) > 1)
    monkeypatch.setattr(search_index, "_LEAST_GAIN", 3.0)
    found = [
        text for text in map(typed, range(200)) if differences(boxes(warehouse)["search"], text)
    ]
    trials.control("a search that weighs words otherwise", caught=bool(found))
