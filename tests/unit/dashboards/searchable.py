"""The tables that search reads, made in a moment from `rpt_search_names`."""

from collections.abc import Mapping

import duckdb

from dashboards.search_words import cut, spelling_hashes

Joined = Mapping[str, int]
JOINED: Joined = {"spiderman": 4}


def index(connection: duckdb.DuckDBPyConnection, joined: Joined = JOINED) -> None:
    """Make the tables of words and spellings from `rpt_search_names`, as the models make them.

    `joined`: what a name with a sign in it is, too, by its rank.
    """
    names = connection.execute(
        "select vote_rank, known_as, vote_count from marts.rpt_search_names"
    ).fetchall()
    words = [(w, rank, len(name), votes) for rank, name, votes in names for w in cut(name)]
    lengths = {rank: (len(name), votes) for rank, name, votes in reversed(names)}
    words += [(word, rank, *lengths[rank]) for word, rank in joined.items() if rank in lengths]
    numbers = {word: place for place, word in enumerate(sorted({w for w, *_ in words}), 1)}
    connection.execute("""
        create table marts.rpt_search_words (
            word_number integer, word varchar, name_count integer, best_vote_rank integer);
        create table marts.rpt_search_terms (
            word_number integer, vote_rank integer, name_length smallint, vote_count integer);
        create table marts.rpt_search_spellings (spelling_hash integer, word_number integer);
    """)
    for word, number in numbers.items():
        ranks = [rank for w, rank, *_ in words if w == word]
        connection.execute(
            "insert into marts.rpt_search_words values (?, ?, ?, ?)",
            [number, word, len(ranks), min(ranks)],
        )
        for one in spelling_hashes(word):
            connection.execute(
                "insert into marts.rpt_search_spellings values (?, ?)", [one, number]
            )
    for word, rank, length, votes in words:
        connection.execute(
            "insert into marts.rpt_search_terms values (?, ?, ?, ?)",
            [numbers[word], rank, length, votes],
        )
