"""How likely a name is what a person who typed these words looks for.

A noisy channel: the logarithm (to base 10) of how often people want a title, for which its votes
stand, less what each difference between the name and the typed words makes less likely.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboards.search_words import Typed

# Half a decade for a decade of votes: people look for what few know as well.
VOTE_WEIGHT = 0.5
# One word in ten or twenty has a typo, and it could have had others.
TYPO_COST = 2.0
MORE_TYPOS_COST = 1.5
# Of a name people leave out much; they seldom type what is not in it, more seldom than a typo, and
# a short word sooner than a long one.
OMISSION_COST = 2.0
_INCOMPLETE_COST = 0.3
_ADDITION_COST = 3.0
_ADDED_LETTER_COST = 0.5
_ADDED_LETTERS = 5
# The last word may be unfinished; others are rarely cut.
_UNFINISHED_COST = 0.5
_CUT_COST = 1.5
_ORDER_COST = 0.4
_YEAR_GAIN = 1.5
_NEAR_YEAR_GAIN = 0.75
# `s.w.a.t` is four words of a name and `swat` one of a search.
_JOINED_WORDS = 4

# What each typed word may mean: for its place the words of names, and what they cost.
Meanings = Sequence[Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a title or person, cut into folded words."""

    words: tuple[str, ...]
    release_year: int | None
    vote_count: int | None


def unmatched_cost(word: str, typed: Typed) -> float:
    """What it costs that a typed word is not in the name: more the more of the text it is."""
    share = len(word) / sum(map(len, typed.words))
    return _ADDED_LETTER_COST * min(len(word), _ADDED_LETTERS) + _ADDITION_COST * share


def typo_cost(typo_count: int) -> float:
    """What it costs that a word is misspelt."""
    return TYPO_COST + MORE_TYPOS_COST * (typo_count - 1)


def begun_cost(typed_word: str, word: str, *, is_last: bool) -> float:
    """What it costs that a word of the name is only begun."""
    left_out = 1 - len(typed_word) / len(word)
    return (_UNFINISHED_COST if is_last else _CUT_COST) + left_out


def score(typed: Typed, meanings: Meanings, name: Name) -> float:
    """Higher is likelier; a difference of 1 is ten times likelier."""
    free = list(range(len(name.words)))
    at: list[int] = []
    cost = 0.0
    for place, word in enumerate(typed.words):
        unmatched = unmatched_cost(word, typed)
        if place == typed.year_place and _year_gain(typed, name):
            unmatched = 0.0
        found, found_cost = _cheapest(place, typed, meanings, name.words, free)
        if found and found_cost < unmatched:
            cost += found_cost
            free = [one for one in free if one not in found]
            at.append(found[0])
        else:
            cost += unmatched
    if free:
        cost += _INCOMPLETE_COST + OMISSION_COST * _share(free, name.words)
    if at != sorted(at):
        cost += _ORDER_COST
    fame = VOTE_WEIGHT * math.log10(1 + (name.vote_count or 0))
    return fame - cost + _year_gain(typed, name)


def _cheapest(
    place: int, typed: Typed, meanings: Meanings, words: Sequence[str], free: Sequence[int]
) -> tuple[tuple[int, ...], float]:
    """Where in the name a typed word is at the least cost: one word, or several in a row."""
    best: tuple[tuple[int, ...], float] = ((), math.inf)
    for first in free:
        for count in range(1, _JOINED_WORDS + 1):
            run = tuple(range(first, first + count))
            if not set(run) <= set(free):
                break
            cost = _cost(place, typed, meanings, "".join(words[one] for one in run))
            if cost < best[1]:
                best = (run, cost)
    return best


def _cost(place: int, typed: Typed, meanings: Meanings, word: str) -> float:
    typed_word = typed.words[place]
    if word == typed_word:
        return 0.0
    cost = meanings[place].get(word, math.inf)
    if word.startswith(typed_word):
        is_last = place == len(typed.words) - 1
        cost = min(cost, begun_cost(typed_word, word, is_last=is_last))
    return cost


def _share(places: Sequence[int], words: Sequence[str]) -> float:
    letters = sum(map(len, words))
    return sum(len(words[place]) for place in places) / letters if letters else 0.0


def _year_gain(typed: Typed, name: Name) -> float:
    """A year is a preference, and people are off by one."""
    if typed.year is None or name.release_year is None:
        return 0.0
    distance = abs(typed.year - name.release_year)
    return _YEAR_GAIN if distance == 0 else _NEAR_YEAR_GAIN if distance == 1 else 0.0
