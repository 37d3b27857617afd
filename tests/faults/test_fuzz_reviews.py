"""F46: dumps of reviews, mutated: what the oracle reads is what loads, and no id is lost."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ingest.catalog import REVIEWS
from ingest.feeds.reviews import elements
from tests.faults import corpus
from tests.faults.loads import Loader, Outcome, tried
from tests.faults.mutations import COMMON, mutated, packed
from tests.faults.oracles import reviews as oracle
from tests.faults.oracles.review import Read, Row
from tests.faults.oracles.verdict import RefusedError, UnsureError, decoded
from tests.faults.trials import Trials
from tests.unit.ingest.feeds.review_files import IEEE, SPOILER, archive, lines
from tests.unit.ingest.feeds.test_reviews import STANFORD

_SAID = ["It shines.", 'Twice, "they" say.<br /><br/>Dark.', "caf\u00e9 \u706f \U0001f3ac",
         '},{"review_id": "x', "a\\b\nc\u2028d", "<BR>", " \u00a0", '"}, {"', "[1, 2]"]  # fmt: skip
_MOVIES = ["Lamp (2004)", "Who Knows (TV Mini-Series 2021)", "Twins (II) (2010)", "Twins (2010/II)",
           "Long (2004\u20132010)", "1984 (1956)", " What (If) ", "", None]  # fmt: skip
_WORDS = (*COMMON, b"},{", b'"}, {"', b"[", b"]", b"{", b"}", b": ", b'"review_id"', b"\\u0000",
          b"\\ud83c", b"\\", b'\\"', b"true", b"[1,2]", b"1.5", b"10", b"11", b"<br/>",
          b',"rating":"3"', b"positive", b"\\u00e9", b"31 February 2005", b"<BR\x0b>")  # fmt: skip


def _records(rolled: Random, base: Mapping[str, Any], key: str, text: str) -> list[dict[str, Any]]:
    count = rolled.randint(1, 9)
    made = [
        {**base, key: f"{key[0]}{number}", text: rolled.choice(_SAID)} for number in range(count)
    ]
    for one in made:
        if "movie" in one:
            one["movie"] = rolled.choice(_MOVIES)
        if rolled.random() < 0.1:
            one[rolled.choice(sorted(one))] = rolled.choice(
                [None, 3, 1.5, [], {"a": [1]}, True, "x"]
            )
        if rolled.random() < 0.3:
            name = rolled.choice(sorted(one))
            if isinstance(one[name], str):
                altered = mutated(rolled, one[name].encode(), _WORDS)
                one[name] = altered.decode("utf-8", "replace")
        if rolled.random() < 0.1:
            del one[rolled.choice(sorted(one))]
    return made


def _dumped(rolled: Random, records: list[dict[str, Any]]) -> bytes:
    if rolled.random() < 0.4:
        return lines(*records)
    is_ascii, indent = rolled.random() < 0.5, rolled.choice((None, None, 0, 2))
    return json.dumps(records, ensure_ascii=is_ascii, indent=indent).encode()


def _csv(rolled: Random) -> bytes:
    rows = [f'"{text}",{rolled.choice(("positive", "negative", "mixed"))}'
            for text in (rolled.choice(_SAID).replace('"', '""') for _ in range(9))]  # fmt: skip
    return "\r\n".join(["review,sentiment", *rows, "plain,positive", ""]).encode()


def _file(rolled: Random) -> tuple[str, bytes]:
    kind = rolled.randrange(7)
    if kind < 2:
        made = _dumped(rolled, _records(rolled, IEEE, "review_id", "review_detail"))
        return f"part-0{rolled.randint(1, 2)}.json", _perhaps(rolled, made)
    if kind < 4:
        made = _dumped(rolled, _records(rolled, SPOILER, "user_id", "review_text"))
        return "IMDB_reviews.json", _perhaps(rolled, made)
    if kind == 4:
        return "IMDB Dataset.csv", mutated(rolled, _csv(rolled), _WORDS)
    members = dict(STANFORD)
    for name in rolled.sample(sorted(members), 2):
        members[name] = mutated(rolled, members[name], _WORDS)
    if rolled.random() < 0.3:
        old = rolled.choice(sorted(members))
        new = mutated(rolled, old.encode()).decode("utf-8", "replace").replace("\0", "")
        members[new[:90] or "x"] = members.pop(old)
    made = archive(members, "w")
    return "aclImdb_v1.tar", mutated(rolled, made, _WORDS) if kind == 6 else made


def _perhaps(rolled: Random, text: bytes) -> bytes:
    """Mutated in half of the cases: of JSON that is whole, the oracle knows every value."""
    return mutated(rolled, text, _WORDS) if rolled.random() < 0.5 else text


def _files(rolled: Random) -> dict[str, bytes]:
    files = dict(_file(rolled) for _ in range(rolled.choice((1, 1, 1, 2))))
    if rolled.random() < 0.15:
        files = {f"{name}.gz": packed(rolled, text) for name, text in files.items()}
    return files


def _problems(got: Outcome, files: Mapping[str, bytes]) -> Iterator[str]:
    """How the lake differs from what the oracle reads in the files."""
    read: dict[str, Read] | None = {}
    try:
        read = {name: oracle.read(name, data) for name, data in sorted(files.items())}
    except RefusedError:
        if got.refusal is None:
            yield "a file that is none was loaded"
        return
    except UnsureError:
        read = None
    if got.refusal is None:
        yield from _lost(got, files)
        yield from _differences(got, read) if read is not None else ()
    elif read is not None and ".tar" not in got.refusal.location:
        yield f"refused, unlike the oracle: {got.refusal}"


def _differences(got: Outcome, read: Mapping[str, Read]) -> Iterator[str]:
    """Rows and rejects that only one of the two has."""
    rows: dict[tuple[str, str], Row] = {}
    refused: list[tuple[str, int, str | None]] = []
    for name, found in read.items():
        repeats = [
            (place, "source_review_id")
            for place, row in found.rows
            if rows.setdefault((row["source"], row["source_review_id"]), row) is not row
        ]
        for place, column in [*found.rejects, *repeats]:
            # A member of an archive is named; elsewhere a record has its number.
            refused.append((found.files.get(place, name), 1 if found.files else place, column))
    names = {column.name for column in REVIEWS.table("reviews").columns} - {"record_hash"}
    mine = [repr([row.get(name) for name in sorted(names)]) for row in rows.values()]
    theirs = [repr([row[name] for name in sorted(names)]) for row in got.tables["reviews"]]
    if sorted(mine) != sorted(theirs):
        yield f"rows: {sorted(set(mine) ^ set(theirs))}"
    seen = [(one["source_file"], one["line_number"], one["column_name"]) for one in got.rejects]
    if sorted(map(repr, refused)) != sorted(map(repr, seen)):
        yield f"rejects: {sorted(set(map(repr, refused)) ^ set(map(repr, seen)))} {got.rejects}"


def _lost(got: Outcome, files: Mapping[str, bytes]) -> Iterator[str]:
    """Ids that are neither in the lake nor in the ledger, and rejects of what is in no file."""
    texts = {name: decoded(name, data) for name, data in files.items()}
    kept = repr(got.tables["reviews"]).encode()
    refused = b"".join(bytes(one["raw_line"]) for one in got.rejects)
    for name, text in texts.items():
        for found in re.findall(rb'"(?:review|user)_id": ?"([a-z0-9]+)"', text):
            if found not in kept and found not in refused:
                yield f"{name}: {found!r} is nowhere"
    for one in got.rejects:
        if bytes(one["raw_line"]) not in b"".join(texts.values()):
            yield f"a reject of what is in no file: {one}"


@pytest.mark.fault("F46", "mutated reviews: JSON, lines, CSV, tar", quick=350, full=3500)
def test_mutated_reviews(trials: Trials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = corpus.cases("reviews")
    with Loader(REVIEWS, tmp_path) as loader:
        for case in trials.of([*known, *range(trials.planned)]):
            files = known[case] if isinstance(case, str) else _files(Random(case))
            for words in _problems(tried(trials, loader, case, files), files):
                trials.lose(f"seed {case}: {words}")
        # A careless splitter: what is torn is left out.
        monkeypatch.setattr(elements, "_listed", _careless(elements._listed))
        text = lines(IEEE, {**IEEE, "review_id": "rw2"}, {**IEEE, "review_id": "rw3"})
        files = {"part-01.json": text.replace(b'."', b".", 1)}
        caught = bool(list(_problems(loader.load(files), files)))
    trials.control("a splitter that leaves out what is torn", caught=caught)


def _careless(listed: Callable[..., object]) -> object:
    return lambda found, before: listed([one for one in found if not one[1]], before)
