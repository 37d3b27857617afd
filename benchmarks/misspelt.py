"""Searches as people type them: names of a release with typos, accents, and words left out."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from dashboards.search_words import cut

_ACCENTS = {"a": "áâäå", "c": "ç", "e": "éèêë", "i": "íï", "n": "ñ", "o": "óôöø", "u": "úü"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_MISSPELT = 4
_SHORTEST_BEGINNING = 4

_NAMES = """
    select distinct vote_rank, known_as
    from marts.rpt_search_names
    where is_shown and (person_id is not null) = $is_person
    order by vote_rank
"""


@dataclass(frozen=True, slots=True)
class Search:
    """A text, the name it was made from, and how."""

    text: str
    name: str
    vote_rank: int
    kind: str


def searches(connection: duckdb.DuckDBPyConnection, count: int, seed: int) -> list[Search]:
    """Searches for titles and, each fourth, people, chosen at random, of every kind as many."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    kinds = list(_KINDS)
    names = {
        is_person: connection.execute(_NAMES, {"is_person": is_person}).fetchall()
        for is_person in (False, True)
    }
    made: list[Search] = []
    while len(made) < count:
        rank, name = dice.choice(names[len(made) % 4 == 3])
        kind = kinds[len(made) // 4 % len(kinds)]
        text = _KINDS[kind](dice, name.split())
        if text and text != name:
            made.append(Search(text, name, rank, kind))
    return made


def typo(dice: random.Random, word: str) -> str:
    """The word with one letter swapped with the next, left out, put in, or replaced."""
    place = dice.randrange(len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return dice.choice(
        [
            before + after[0] + letter + after[1:],
            before + after,
            before + letter + dice.choice(_LETTERS) + after,
            before + dice.choice(_LETTERS) + after,
        ]
    )


def _misspelt(dice: random.Random, words: list[str], typo_count: int) -> str | None:
    long = [place for place, word in enumerate(words) if len(word) >= _SHORTEST_MISSPELT]
    if len(long) < typo_count:
        return None
    chosen = dice.sample(long, typo_count)
    typed = " ".join(
        typo(dice, word) if place in chosen else word for place, word in enumerate(words)
    )
    # two letters swapped may be alike
    return None if cut(typed) == cut(" ".join(words)) else typed


def _accented(dice: random.Random, words: list[str]) -> str:
    """Accents of the name dropped; where it has none, some put on."""
    name = " ".join(words)
    bare = " ".join(cut(name))
    if not name.isascii():
        return bare
    return "".join(
        dice.choice(_ACCENTS[letter]) if letter in _ACCENTS and dice.random() < 0.5 else letter
        for letter in bare
    )


def _shuffled(dice: random.Random, words: list[str]) -> str | None:
    return " ".join(dice.sample(words, len(words))) if len(words) > 1 else None


def _unfinished(dice: random.Random, words: list[str]) -> str | None:
    last = words[-1]
    if len(last) <= _SHORTEST_BEGINNING:
        return None
    return " ".join([*words[:-1], last[: dice.randrange(_SHORTEST_BEGINNING, len(last))]])


def _shortened(dice: random.Random, words: list[str]) -> str | None:
    """A word left out, of two the shorter."""
    if len(words) == 1:
        return None
    left_out = min(dice.sample(range(len(words)), 2), key=lambda place: len(words[place]))
    return " ".join(word for place, word in enumerate(words) if place != left_out)


def _cased(dice: random.Random, words: list[str]) -> str:
    return dice.choice([str.upper, str.lower, str.swapcase])(" ".join(words))


_KINDS: dict[str, Callable[[random.Random, list[str]], str | None]] = {
    "a typo": lambda dice, words: _misspelt(dice, words, 1),
    "two typos": lambda dice, words: _misspelt(dice, words, 2),
    "accents": _accented,
    "order": _shuffled,
    "unfinished": _unfinished,
    "a word less": _shortened,
    "a typo in another order": lambda dice, words: _misspelt(
        dice, dice.sample(words, len(words)), 1
    ),
    "case": _cased,
}
