"""Which titles and people a search may mean: looked up in the warehouse's words and spellings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from dashboards import search_score
from dashboards.search_words import Typed, spelling_hashes

_QUERIES = Path(__file__).parent / "queries" / "search"
CANDIDATE_LIMIT = 100
# DuckDB skips row groups by a list of at most 50 values; by a longer one it reads all.
_MEANING_LIMIT = 24
# Rows of rpt_search_terms that the rare words of a search may have together.
_RARE_LIMIT = 100_000
# A word in more names than this, as `the`, is not looked up beside a rarer one: the names that the
# other finds tell whether they have it. Alone it finds the best known names.
_FREQUENT_LIMIT = 300_000
# A candidate this many decades less likely than the first is not what is meant.
_MARGIN = 3.5
_SHORTEST_BEGINNING = 2
# A known word of so few letters means itself: too many others are near it.
_LONGEST_SURE_WORD = 3
_LEAST_GAIN = 0.05
_LAST_RANK = 2**31 - 1
# How much of a word is missing when it is only begun, before the names are read.
_LEFT_OUT = 0.3

Row = tuple[Any, ...]


@dataclass(slots=True)
class Lookup:
    """What a typed word may mean: a range of word numbers, and single ones with their costs."""

    first_number: int = 0
    last_number: int = -1
    begun_cost: float = 0.0
    numbers: dict[int, float] = field(default_factory=dict)
    meanings: dict[str, float] = field(default_factory=dict)
    name_count: int = 0

    def add(self, number: int, word: str, name_count: int, cost: float) -> None:
        """Let it mean a word, too, at a cost."""
        self.numbers[number] = cost
        self.meanings[word] = cost
        self.name_count += name_count


@cache
def _statement(name: str) -> str:
    return (_QUERIES / f"{name}.sql").read_text("utf-8")


def rows(connection: duckdb.DuckDBPyConnection, name: str, **given: object) -> list[Row]:
    """The rows of a named statement."""
    return connection.execute(_statement(name), given).fetchall()


def lookups(connection: duckdb.DuckDBPyConnection, typed: Typed) -> list[Lookup]:
    """What each typed word may mean."""
    found = [_begun(connection, typed, place) for place in range(len(typed.words))]
    for word, lookup in zip(typed.words, found, strict=True):
        if len(word) > _LONGEST_SURE_WORD or not lookup.name_count:
            for number, spelled, name_count, typo_count in _spelled(connection, word):
                lookup.add(number, spelled, name_count, search_score.typo_cost(typo_count))
    return found


def split(
    connection: duckdb.DuckDBPyConnection, typed: Typed, found: Sequence[Lookup]
) -> Typed | None:
    """The same search with each word that means nothing cut in two that do, if any can be."""
    words: list[str] = []
    for word, lookup in zip(typed.words, found, strict=True):
        parts = [] if lookup.name_count else rows(connection, "splits", typed=word)
        words += parts[0] if parts else [word]
    return Typed(tuple(words)) if len(words) > len(typed.words) else None


def _begun(connection: duckdb.DuckDBPyConnection, typed: Typed, place: int) -> Lookup:
    """Words that begin as the typed one does, itself among them; of too many the best known."""
    word = typed.words[place]
    is_last = place == len(typed.words) - 1
    [(first, last, begun_count, exact, exact_count)] = rows(connection, "beginnings", typed=word)
    lookup = Lookup(begun_cost=search_score.begun_cost(word, word, is_last=is_last) + _LEFT_OUT)
    if exact is not None:
        lookup.add(exact, word, exact_count, 0.0)
    if first is None or len(word) < _SHORTEST_BEGINNING:
        return lookup
    if begun_count <= _RARE_LIMIT:
        lookup.first_number, lookup.last_number = first, last
        lookup.name_count = int(begun_count)
    elif is_last or exact is None:
        for number, begun, name_count in rows(
            connection, "best_beginnings", typed=word, word_limit=_MEANING_LIMIT
        ):
            if number != exact:
                cost = search_score.begun_cost(word, begun, is_last=is_last)
                lookup.add(number, begun, name_count, cost)
    return lookup


def _spelled(connection: duckdb.DuckDBPyConnection, word: str) -> list[Row]:
    hashes = sorted(spelling_hashes(word))
    if not hashes:
        return []
    return rows(connection, "spellings", typed=word, hashes=hashes, word_limit=_MEANING_LIMIT)


def candidates(
    connection: duckdb.DuckDBPyConnection, typed: Typed, found: Sequence[Lookup]
) -> list[int]:
    """The vote_rank of the titles and people that are likeliest meant."""
    known = sorted(
        (place for place, lookup in enumerate(found) if lookup.name_count),
        key=lambda place: found[place].name_count,
    )
    if not known:
        return []
    rare = _rare(known, found)
    ceiling = _ceiling(connection, found[rare[0]].name_count)
    given: dict[str, object] = {
        "omission_cost": search_score.OMISSION_COST,
        "vote_weight": search_score.VOTE_WEIGHT,
        "typed_length": float(typed.length),
        "candidate_limit": CANDIDATE_LIMIT,
        "margin": _MARGIN,
    }
    branches: dict[bool, list[str]] = {True: [], False: []}
    for place in known:
        if place not in rare and found[place].name_count > _FREQUENT_LIMIT:
            continue
        worth = search_score.unmatched_cost(typed.words[place], typed)
        for name, parameters in _branches(found[place], worth, ceiling):
            branches[place in rare].append(_statement(name).format(place=place))
            given |= {f"{key}_{place}": value for key, value in parameters.items()}
    statement = _statement("candidates").format(
        rare="\nunion all\n".join(branches[True]),
        frequent="\nunion all\n".join(branches[False]) or "select * from rare where false",
    )
    return [rank for (rank,) in connection.execute(statement, given).fetchall()]


def _rare(known: Sequence[int], found: Sequence[Lookup]) -> list[int]:
    """The rarest word, and the next ones as long as they have few rows together."""
    rare = [known[0]]
    total = found[known[0]].name_count
    for place in known[1:]:
        total += found[place].name_count
        if total > _RARE_LIMIT:
            break
        rare.append(place)
    return rare


def _ceiling(connection: duckdb.DuckDBPyConnection, name_count: int) -> int:
    """Down to which rank of votes names are looked at: few of a frequent word."""
    if name_count <= _FREQUENT_LIMIT:
        return _LAST_RANK
    [(last_rank,)] = rows(connection, "last_rank")
    return int(last_rank * _FREQUENT_LIMIT / name_count)


def _branches(
    lookup: Lookup, worth: float, ceiling: int
) -> Iterator[tuple[str, dict[str, object]]]:
    """The statements that find a word's names down to a rank of votes.

    `worth`: what finding the word at no cost gains.
    """
    if lookup.last_number >= lookup.first_number:
        yield (
            "begun",
            {
                "first": lookup.first_number,
                "last": lookup.last_number,
                "begun_gain": max(worth - lookup.begun_cost, _LEAST_GAIN),
            },
        )
    if lookup.numbers:
        gains = [max(worth - cost, _LEAST_GAIN) for cost in lookup.numbers.values()]
        yield "listed", {"numbers": list(lookup.numbers), "gains": gains, "ceiling": ceiling}
