"""What a search must find, in plain Python over a list of names: no SQL, no index, no limit."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from dashboards import search_score
from dashboards.search_score import Name
from dashboards.search_words import Typed, cut, named_id, spelling_hashes, understand

# As `search_index` weighs what it looks up.
LEFT_OUT, LEAST_GAIN, MARGIN, SURE_LETTERS = 0.3, 0.05, 3.5, 3


@dataclass(frozen=True, slots=True)
class Known:
    """One name of a title, or of a person; a rank is one of them, the best known first."""

    rank: int
    title_id: int | None
    person_id: int | None
    text: str
    year: int | None
    votes: int | None
    is_shown: bool


class AmbiguousError(Exception):
    """Two readings are as good: which is taken does not matter."""


class Oracle:
    """The names, and what a search of them must find."""

    def __init__(self, names: Sequence[Known]) -> None:
        self.names = names
        self.cut = {name: cut(name.text) for name in names}
        self.ranks: dict[str, set[int]] = {}
        for name, words in self.cut.items():
            for word in words:
                self.ranks.setdefault(word, set()).add(name.rank)
        self.spelled = {word: spelling_hashes(word) for word in self.ranks}

    def find(self, text: str, limit: int = 20) -> list[tuple[int | None, int | None]]:
        """The titles and people, the likeliest first."""
        if exact := named_id(text):
            return self._of_id(*exact)
        typed = understand(text)
        found = self._meanings(typed)
        respelled = self._split(typed, found)
        if respelled != typed.words:
            typed = Typed(respelled)
            found = self._meanings(typed)
        best: dict[int, float] = {}
        likely = self._likely(typed, found)
        for name in self.names:
            if name.rank in likely:
                year = name.year if name.title_id is not None else None
                points = search_score.score(typed, found, Name(self.cut[name], year, name.votes))
                best[name.rank] = max(points, best.get(name.rank, -math.inf))
        ranking = sorted(best, key=lambda rank: (-best[rank], rank))[:limit]
        ids = {name.rank: (name.title_id, name.person_id) for name in self.names}
        return [ids[rank] for rank in ranking]

    def _of_id(self, kind: str, number: int) -> list[tuple[int | None, int | None]]:
        wanted = (number, None) if kind == "tt" else (None, number)
        return sorted({wanted} & {(name.title_id, name.person_id) for name in self.names})

    def _meanings(self, typed: Typed) -> list[dict[str, float]]:
        """What each typed word may stand for, and at what cost."""
        found = []
        for word in typed.words:
            costs = {word: 0.0} if word in self.ranks else {}
            is_begun = len(word) > 1 and any(known.startswith(word) for known in self.ranks)
            if len(word) > SURE_LETTERS or not (costs or is_begun):
                costs |= self._misspelt(word)
            found.append(costs)
        return found

    def _misspelt(self, word: str) -> dict[str, float]:
        hashes = spelling_hashes(word)
        near = {
            known: distance(known.encode(), word.encode())
            for known in self.ranks
            if hashes & spelling_hashes(known)
        }
        return {
            known: search_score.typo_cost(typos)
            for known, typos in near.items()
            if typos == 1 or 1 < typos <= len(word) // 3
        }

    def _split(self, typed: Typed, found: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
        words: list[str] = []
        for word, costs in zip(typed.words, found, strict=True):
            begun = len(word) > 1 and any(known.startswith(word) for known in self.ranks)
            parts = [] if costs or begun else self._halves(word)
            if len(parts) > 1 and parts[0][0] == parts[1][0]:
                raise AmbiguousError(word)
            words += parts[0][1] if parts else (word,)
        return tuple(words)

    def _halves(self, word: str) -> list[tuple[int, tuple[str, str]]]:
        cuts = [(word[:place], word[place:]) for place in range(2, len(word) - 1)]
        known = [pair for pair in cuts if set(pair) <= self.ranks.keys()]
        return sorted((max(min(self.ranks[half]) for half in pair), pair) for pair in known)

    def _likely(self, typed: Typed, found: Sequence[Mapping[str, float]]) -> set[int]:
        """The ranks that are not far less likely than the likeliest."""
        gains: dict[tuple[int, int], list[tuple[float, int]]] = {}
        for (place, word), name in product(enumerate(typed.words), self.names):
            worth = search_score.unmatched_cost(word, typed)
            is_last = place == len(typed.words) - 1
            for one in self.cut[name]:
                costs = [found[place][one]] if one in found[place] else []
                if len(word) > 1 and one.startswith(word):
                    costs.append(search_score.begun_cost(word, word, is_last=is_last) + LEFT_OUT)
                if costs:
                    gain = max(worth - min(costs), LEAST_GAIN)
                    gains.setdefault((name.rank, place), []).append((gain, len(name.text)))
        sums: dict[int, float] = {}
        longest: dict[int, int] = {}
        for (rank, _), some in gains.items():
            sums[rank] = sums.get(rank, 0.0) + max(gain for gain, _ in some)
            longest[rank] = max(min(length for _, length in some), longest.get(rank, 0))
        votes = {name.rank: name.votes or 0 for name in self.names}
        likelihood = {
            rank: gain
            - search_score.OMISSION_COST * max(0.0, 1 - typed.length / longest[rank])
            + search_score.VOTE_WEIGHT * math.log10(1 + votes[rank])
            for rank, gain in sums.items()
        }
        least = max(likelihood.values(), default=0.0) - MARGIN
        if any(abs(one - least) < 1e-9 for one in likelihood.values()):
            raise AmbiguousError(typed.words)
        return {rank for rank, one in likelihood.items() if one >= least}


def distance(one: bytes, other: bytes) -> int:
    """Damerau and Levenshtein's: bytes left out, added, replaced, or swapped with the next.

    As DuckDB measures it, to which a letter beyond ASCII is as many as it has bytes.
    """
    last: dict[int, int] = {}
    most = len(one) + len(other)
    table = [[most] * (len(other) + 2)]
    table += [[most, *range(len(other) + 1)]]
    table += [[most, row, *[0] * len(other)] for row in range(1, len(one) + 1)]
    for row in range(1, len(one) + 1):
        swapped = 0
        for column in range(1, len(other) + 1):
            above = last.get(other[column - 1], 0)
            is_same = one[row - 1] == other[column - 1]
            table[row + 1][column + 1] = min(
                table[row][column] + (not is_same),
                table[row + 1][column] + 1,
                table[row][column + 1] + 1,
                table[above][swapped] + (row - above - 1) + 1 + (column - swapped - 1),
            )
            if is_same:
                swapped = column
        last[one[row - 1]] = row
    return table[-1][-1]
