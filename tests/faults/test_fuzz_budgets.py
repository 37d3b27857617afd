"""F47: files of budgets, mutated: what the oracle reads is what loads, film by film."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest

from ingest.catalog import BUDGETS
from ingest.feeds.budgets import settle
from tests.faults import corpus
from tests.faults.loads import Loader, Outcome, tried
from tests.faults.mutations import COMMON, mutated, packed
from tests.faults.oracles import budgets as oracle
from tests.faults.oracles.verdict import RefusedError, UnsureError, decoded
from tests.faults.trials import Trials
from tests.unit.ingest.feeds.budget_files import (
    THE_NUMBERS,
    TMDB,
    TMDB_5000,
    WIKIDATA,
    film,
    result,
    table,
)  # fmt: skip

_DATED = [*WIKIDATA, "publication_date"]
_FILMS = [
    film("Q1", imdb_id="tt0000001", tmdb_id="27205.0", budget_value="95000000.0",
         budget_currency_qid="Q4917", publication_date="1999-03-31T00:00:00Z"),
    film("Q2", box_office_value="12", box_office_currency_qid="Q16068",
         box_office_asof="1987-01-01T00:00:00Z", box_office_region_qid="Q183"),
    film("Q2", box_office_value="13", box_office_currency_qid="Q16068",
         box_office_region_qid="Q183", budget_value="1.5e+08", budget_currency_qid="Q4916"),
    film("Q3", budget_value="1", budget_currency_qid="Q14083", imdb_id="nm0000001"),
    film("Q4", box_office_value="5", box_office_currency_qid="Q4917",
         box_office_region_qid="Q49") | {"wd_film_label": "Q4"},
    film("", rotten_tomatoes_link="m/x"),
    film("Q5", box_office_value="0", box_office_currency_qid="Q4917",
         box_office_region_qid="Q2", budget_value="22.812", budget_currency_qid="Q4917"),
]  # fmt: skip
_MOVIES = [
    {"id": "1", "movie": "The Lamp", "release_date": "Dec 18, 2009",
     "production_budget": "$425,000,000", "domestic_gross": "$1", "worldwide_gross": "$0"},
    {"movie": "Pok\u00c3\u00a9mon", "release_date": "1931", "production_budget": "$5.50"},
    {"movie": 'The "Boat", Again', "release_date": "Unknown", "worldwide_gross": "-$5"},
    {"movie": "The Lamp", "release_date": "Dec 18, 2009", "domestic_gross": "$2"},
    {"movie": "Kite", "release_date": "Feb 30, 2009", "domestic_gross": "$2"},
]  # fmt: skip
_EXTRACT = [
    {
        "id": "862",
        "title": "The Lamp",
        "release_date": "1995-10-30",
        "budget": "30000000",
        "revenue": "373554033",
        "imdb_id": "tt0114709",
        "overview": 'One line,\nanother "line"\n',
    },
    {"id": "863.0", "title": "Boat", "budget": "0", "revenue": "/poster.jpg", "imdb_id": "0"},
    {"id": "864", "title": "Caf\u00e9", "original_title": "\u706f", "revenue": "-12"},
    {"id": "1997-08-20", "title": "Moved", "release_date": "1"},
    {"id": "862", "title": "The Lamp", "release_date": "1995-10-30", "budget": "7"},
]
_SOUND = {
    "wikidata.csv": table(_DATED, _FILMS).encode(),
    "wikidata_2.json": result(_FILMS).replace("}}, {", "}},\n {").encode(),
    "the_numbers.csv": table(THE_NUMBERS, _MOVIES).encode(),
    "movies_metadata.csv": table(TMDB, _EXTRACT).encode(),
    "tmdb_5000_movies.csv": table(TMDB_5000, [{k: v for k, v in one.items() if k != "imdb_id"}
                                              for one in _EXTRACT]).encode(),
}  # fmt: skip
_WORDS = (*COMMON, b"Q4917", b"Q199", b"$", b"1,000", b"e5", b"1e16", b"2009-02-30", b"tt0000007",
          b"http://www.wikidata.org/entity/Q7", b"/.well-known/genid/", b"\xc3\x83\xc2\xa9",
          b'"value": ', b"{}", b"[]", b"},{", b"Unknown", b".5", b"Q", b"862")  # fmt: skip


def _files(rolled: Random) -> dict[str, bytes]:
    names = rolled.sample(sorted(_SOUND), rolled.choice((1, 1, 2, 3)))
    files = {name: mutated(rolled, _doubled(rolled, _SOUND[name]), _WORDS) for name in names}
    if rolled.random() < 0.15:
        files = {f"{name}.gz": packed(rolled, text) for name, text in files.items()}
    return files


def _doubled(rolled: Random, text: bytes) -> bytes:
    """JSON in which a key stands twice, or a value is no text; now and then, and of JSON alone."""
    places = [found.start() for found in re.finditer(rb'"value": ', text)]
    if not places or rolled.random() < 0.6:
        return text
    at = rolled.choice(places)
    return text[:at] + rolled.choice((b'"value": "7", ', b'"value": 7, "was": ')) + text[at:]


def _problems(got: Outcome, files: Mapping[str, bytes]) -> Iterator[str]:
    """How the lake differs from what the oracle reads in the files."""
    texts: dict[str, bytes] = {}
    try:
        texts |= {name: decoded(name, data) for name, data in files.items()}
        wanted = oracle.settle({name: oracle.records(name, text) for name, text in texts.items()})
    except RefusedError:
        if got.refusal is None:
            yield "a file that is none was loaded"
        return
    except UnsureError:
        yield from _lost_items(got, texts)
        return
    if got.refusal is not None:
        yield f"refused, unlike the oracle: {got.refusal}"
        return
    for what, mine, theirs in (
        ("films", wanted.films, got.tables["films"]),
        ("amounts", wanted.amounts, got.tables["amounts"]),
        # The text of a JSON's binding is written anew.
        ("rejects", wanted.rejects, [{**row, "raw_line": None} for row in got.rejects]),
    ):
        width = len(mine[0]) if mine else None
        found = [tuple(row.values())[:width] for row in theirs]
        if sorted(map(repr, mine)) != sorted(map(repr, found)):
            yield f"{what}: {sorted(set(map(repr, mine)) ^ set(map(repr, found)))}"


def _lost_items(got: Outcome, texts: Mapping[str, bytes]) -> Iterator[str]:
    """Of JSON that readers take differently: records that are neither loaded nor rejected."""
    for name, text in texts.items() if got.refusal is None else ():
        if ".json" in name:
            count = len(re.findall(rb'"wd_film_qid": ?\{', text))
            received = sum(one.received_count for one in got.loads if one.file == name)
            if received < count:
                yield f"{name}: {count} items, {received} received"


@pytest.mark.fault("F47", "mutated budgets: CSV and JSON of each source", quick=300, full=3000)
def test_mutated_budgets(trials: Trials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = corpus.cases("budgets")
    with Loader(BUDGETS, tmp_path) as loader:
        for case in trials.of([*known, *range(trials.planned)]):
            files = known[case] if isinstance(case, str) else _files(Random(case))
            for words in _problems(tried(trials, loader, case, files), files):
                trials.lose(f"seed {case}: {words}")
        # A defect of one word: of several amounts, the oldest.
        sql = settle._amounts_sql()
        monkeypatch.setattr(settle, "_amounts_sql", lambda: sql.replace("_date desc", "_date"))
        rows = [film("Q1", box_office_value=str(year), box_office_currency_qid="Q4917",
                     box_office_asof=f"{year}-01-01") for year in (2001, 2002)]  # fmt: skip
        files = {"wikidata.csv": table(WIKIDATA, rows).encode()}
        caught = bool(list(_problems(loader.load(files), files)))
    trials.control("of several amounts, the oldest kept", caught=caught)
