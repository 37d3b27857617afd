"""F48: releases of MovieLens and MovieTweetings, mutated: what the oracle reads is what loads."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ingest import tabular
from ingest.catalog import MOVIELENS
from tests.faults import corpus
from tests.faults.loads import Loader, Outcome, tried
from tests.faults.mutations import COMMON, mutated
from tests.faults.mutations import packed as gzipped
from tests.faults.oracles.movielens import expected
from tests.faults.oracles.verdict import RefusedError, UnsureError, decoded
from tests.faults.trials import Trials
from tests.unit.ingest.feeds.test_movielens import links, movies, packed, ratings, tags

_RATED = [f"{user},{title},{stars},9649827{user:02}" for user in range(1, 9)
          for title, stars in ((7, "4.0"), (9, "0.5"), (11, "5"))]  # fmt: skip
_CSV = {
    "ratings.csv": ratings(*_RATED),
    "movies.csv": movies(
        '7,"Lamp, The (1931)",Drama|Western', "9,Kite (1999),Drama", '11,"The ""Boat""",',
        "12,Caf\u00e9 (2006\u20132007),(no genres listed)", "13, Tide (1950) ,Noir||",
    ),
    "links.csv": links("7,0000007,862", "9,12345678,", "11,,"),
    "tags.csv": tags("1,7,quiet,964982703", '1,7,"a, b",964982703', "2,7,quiet,1", "3,9,\u00e9,1"),
}  # fmt: skip
_TWEETED = {
    "ratings.dat": b"".join(b"%d::000000%d::%d::1362062307\n" % (n, n % 4, n % 11)
                            for n in range(30)),
    "movies.dat": b"0000001::Lamp: The End (1931)::Drama|Short\n0000002::Kite (1999)::\n",
    "users.dat": b"1::177651718\n",
}  # fmt: skip
_EARLY = {
    "ratings.dat": b"1::7::5::978300760\n2::7::4::978300761\n2::9::3::978300762\n",
    "movies.dat": b"7::Lamp, The (1931)::Drama\n9::Kite (1999)::Drama|War\n",
}
_WORDS = (*COMMON, b"::", b"|", b"(1999)", b"0.5", b"7.5", b"\n7,", b"userId", b",movieId",
          b"(no genres listed)", b"5.0", b"0000007", b"1,7,4.0,964982703\r\n")  # fmt: skip


def _release(rolled: Random) -> tuple[dict[str, bytes], dict[str, bytes] | None]:
    """A release by the names it lands under, mutated; its texts, where the archive was mutated."""
    sound = rolled.choice((_CSV, _CSV, _CSV, _TWEETED, _EARLY))
    texts = dict(sound)
    if sound is not _TWEETED and rolled.random() < 0.2:
        return {"ml-tiny.zip": mutated(rolled, packed(texts))}, sound
    for name in rolled.sample(sorted(texts), rolled.randint(1, 2)):
        texts[name] = mutated(rolled, texts[name], _WORDS)
    if sound is _TWEETED:
        return {f"latest/{name}": text for name, text in texts.items()}, None
    if sound is _EARLY or rolled.random() < 0.5:
        return {"ml-tiny.zip": packed(texts)}, None
    if rolled.random() < 0.3:
        return {f"ml-tiny/{name}.gz": gzipped(rolled, text) for name, text in texts.items()}, None
    return {f"ml-tiny/{name}": text for name, text in texts.items()}, None


def _texts(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every text by what the ledger calls it."""
    found = {}
    for name, data in files.items():
        if name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = {f"{name}!{one}": archive.read(one) for one in archive.namelist()}
            found.update(members)
        else:
            found[name] = decoded(name, data)
    return {name: text for name, text in found.items() if "users.dat" not in name}


def _problems(got: Outcome, files: Mapping[str, bytes]) -> Iterator[str]:
    """How the lake differs from what the oracle reads in the files."""
    try:
        read = {name: expected(name, text) for name, text in _texts(files).items()}
    except RefusedError:
        if got.refusal is None:
            yield "a text that is none was loaded"
        return
    except UnsureError:
        return
    if got.refusal is not None:
        yield f"refused, unlike the oracle: {got.refusal}"
        return
    wanted = {table.name: list[tuple[Any, ...]]() for table in MOVIELENS.tables} | {"": []}
    for name, (table, rows, rejects) in read.items():
        wanted[table] += rows
        wanted[""] += [(table, name, *one) for one in rejects]
    for table, mine in wanted.items():
        found = [tuple(row.values()) for row in got.tables.get(table, got.rejects)]
        if sorted(found, key=repr) != sorted(mine, key=repr):
            yield f"{table or 'rejects'}: {set(map(repr, found)) ^ set(map(repr, mine))}"


def _archive_problems(got: Outcome, sound: Outcome) -> Iterator[str]:
    """A mutated archive is refused, or its members are what they were, or named as not read."""
    for load in sound.loads:
        mine = [one for one in got.loads if one.table == load.table]
        if mine and got.tables[load.table] != sound.tables[load.table]:
            yield f"{load.table}: altered"
        if not mine and not any("not read" in words for one in got.loads for words in one.warnings):
            yield f"{load.table}: lost"


def _of(
    case: str | int, known: Mapping[str, dict[str, bytes]]
) -> tuple[dict[str, bytes], dict[str, bytes] | None]:
    return (known[case], None) if isinstance(case, str) else _release(Random(case))


@pytest.mark.fault("F48", "mutated ratings: MovieLens in zip and folder", quick=300, full=3000)
def test_mutated_releases(trials: Trials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = corpus.cases("movielens")
    with Loader(MOVIELENS, tmp_path) as loader:
        for case in trials.of([*known, *range(trials.planned)]):
            files, source = _of(case, known)
            got = tried(trials, loader, case, files)
            if source is None:
                problems = _problems(got, files)
            elif got.refusal is None:
                problems = _archive_problems(got, loader.load({"ml-tiny.zip": packed(source)}))
            else:
                continue
            for words in problems:
                trials.lose(f"seed {case}: {words}")
        monkeypatch.setattr(tabular._Reading, "is_regular", lambda _: True)
        files = {"ml-tiny/ratings.csv": ratings("1,7,4.0,5,", "1,9,4.0,5")}
        caught = bool(list(_problems(loader.load(files), files)))
    trials.control("the count of fields before the fast way, taken out", caught=caught)
