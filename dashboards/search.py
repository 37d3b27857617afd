"""Search titles and people, forgiving of case, accents, word order, typos and unfinished words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from dashboards import search_index, search_score
from dashboards.search_index import Lookup, Row
from dashboards.search_score import Name
from dashboards.search_words import Typed, cut, fold, named_id, understand

_ID_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A title or person that was found.

    A person has the votes of their best known title. `known_for` is that title, and of an episode
    its series. `matched_name` is another name that fits better than the shown one.
    """

    title_id: int | None
    person_id: int | None
    name: str
    matched_name: str | None
    title_type: str | None
    year: int | None
    vote_count: int | None
    rating_average: float | None
    known_for: str | None
    score: float


def find(connection: duckdb.DuckDBPyConnection, text: str, limit: int = 20) -> list[Hit]:
    """The titles and people that are likeliest meant, the likeliest first.

    An IMDb id, or a link with one, finds its own. Of other text the first 200 characters are read,
    of these the first 8 words, and of a word the first 40 letters, so the time is bounded.
    """
    if exact := named_id(text):
        return _of_id(connection, *exact)
    typed = understand(text)
    if not typed.words:
        return []
    found = search_index.lookups(connection, typed)
    if respelled := search_index.split(connection, typed, found):
        typed, found = respelled, search_index.lookups(connection, respelled)
    ranks = search_index.candidates(connection, typed, found)
    return _hits(connection, typed, found, ranks, limit) if ranks else []


def _of_id(connection: duckdb.DuckDBPyConnection, kind: str, number: int) -> list[Hit]:
    rows = search_index.rows(connection, "titles" if kind == "tt" else "people", number=number)
    return [
        Hit(
            title_id=title_id,
            person_id=person_id,
            name=name or f"{kind}{number:07}",
            matched_name=None,
            title_type=title_type,
            year=year,
            vote_count=votes,
            rating_average=rating,
            known_for=known_for,
            score=_ID_SCORE,
        )
        for title_id, person_id, name, title_type, year, votes, rating, known_for in rows
    ]


def _hits(
    connection: duckdb.DuckDBPyConnection,
    typed: Typed,
    found: Sequence[Lookup],
    ranks: Sequence[int],
    limit: int,
) -> list[Hit]:
    """Candidates by their best names, the best first; of equals the one with more votes."""
    meanings = [lookup.meanings for lookup in found]
    best: dict[int, tuple[float, str]] = {}
    shown: dict[int, Row] = {}
    for rank, *row in search_index.rows(connection, "names", vote_ranks=list(ranks)):
        *_, known_as, _, year, _, _, votes, is_shown = row
        points = search_score.score(typed, meanings, Name(cut(known_as), year, votes))
        if rank not in best or points > best[rank][0]:
            best[rank] = points, known_as
        if is_shown or rank not in shown:
            shown[rank] = tuple(row)
    ranking = sorted(best, key=lambda rank: (-best[rank][0], rank))[:limit]
    contexts = {shown[rank][2] for rank in ranking} - {None}
    context_names = {
        row[0]: row[4]
        for row in search_index.rows(connection, "names", vote_ranks=sorted(contexts))
        if row[-1]
    }
    return [_hit(shown[rank], *best[rank], context_names) for rank in ranking]


def _hit(row: Row, points: float, known_as: str, context_names: Mapping[int, str]) -> Hit:
    title_id, person_id, context, name, title_type, release_year, birth_year, *measures = row
    rating, votes, _ = measures
    return Hit(
        title_id=title_id,
        person_id=person_id,
        name=name,
        matched_name=None if fold(known_as) == fold(name) else known_as,
        title_type=title_type,
        year=release_year if person_id is None else birth_year,
        vote_count=votes,
        rating_average=rating,
        known_for=context_names.get(context),
        score=round(points, 3),
    )
