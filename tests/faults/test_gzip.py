"""F01-F07: gzips that are cut, altered, hostile or no dump at all, from a folder and a server."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import duckdb
import pytest
from isal import igzip, igzip_threaded

from expectations import run as gates
from expectations.limits import RawLimits
from ingest import decode, source, tabular
from ingest.errors import IngestError, SourceDamagedError
from tests import shared
from tests.faults import arrivals, gzips
from tests.faults.arrivals import NAME, Checking, holdings, ratings
from tests.faults.trials import IS_FULL, PROJECT, Trials
from tests.integration.ingest import lies
from tests.integration.ingest.server import Answer, Publisher, Served, dropped, short
from tests.unit.ingest.builders import (
    Outcome,
    dump,
    load,
    pack,
    pack_members,
    write_dumps,
)
from warehouse.gate import GateError

HANGING = shared.DATA / "hostile/gz_hang_1225b.tsv.gz"
MOST_BYTES = 200 << 20


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("arrivals") / "home"


@pytest.fixture(scope="module")
def publisher(home: Path) -> Iterator[Publisher]:
    """Of all dumps, which landed, loaded and were published once."""
    with arrivals.published(home, pack(ratings(400))) as started:
        yield started


@pytest.fixture
def checking(home: Path, publisher: Publisher, tmp_path: Path) -> Iterator[Checking]:
    made = Checking(home, publisher, tmp_path)
    yield made
    made.restore()


def planted(problems: Callable[[], Iterator[str]]) -> bool:
    """Whether the check sees a problem where gzip is read carelessly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(igzip, "open", gzips.careless)
        patch.setattr(igzip_threaded, "open", gzips.careless)
        return bool(list(problems()))


@pytest.mark.fault("F01", "a gzip that ends early, at any byte", quick=200, full=2000)
def test_a_gzip_cut_anywhere(trials: Trials, checking: Checking) -> None:
    packed = pack(ratings(3000, seed=1))
    edges = [*range(12), *range(len(packed) - 12, len(packed))]
    for number in trials:
        rolled = Random(number)
        size = edges[number] if number < len(edges) else rolled.randrange(len(packed))
        cut, served = packed[:size], Served(packed)
        answers: list[Answer] = [lies.shown(cut), short(size), dropped(size), lies.unsized(cut)]
        found = list(checking.from_folder(cut))
        found += checking.from_server(answers[number % len(answers)], served)
        found += checking.resumed(Served(packed))
        for words in found:
            trials.lose(f"cut at byte {size}: {words}")
    seen = planted(lambda: checking.from_folder(packed[:5000]))
    trials.control("a reader of gzip that takes what it can, of a file in a folder", caught=seen)
    seen = planted(lambda: checking.from_server(lies.shown(packed[:5000])))
    trials.control("the same, of a file from a server", caught=seen)


def differences(file: Path, text: bytes) -> Iterator[str]:
    """How what a gzip yields differs from its text, if it is not refused."""
    try:
        counted = decode.measure(file)
        lines = decode.lines(file, counted).read_all()["line"].to_pylist()
        with source.opened(file) as handle:
            decoded = handle.read()
    except SourceDamagedError as error:
        yield from arrivals.vague(error, file.name)
        return
    if decoded != text or lines != text.split(b"\n")[1:-1]:
        yield "its text is altered, and it was taken"


@pytest.mark.fault("F02", "flipped bits in a gzip: stream, CRC, length", quick=2000, full=20_000)
def test_flipped_bits(trials: Trials, tmp_path: Path) -> None:
    text, file = ratings(150, seed=2), tmp_path / NAME
    files = (pack(text), gzips.named(text), pack_members(text[:700], text[700:]))
    for number in trials:
        rolled = Random(number)
        packed = rolled.choice(files)
        if number % 10 == 0:  # the last eight bytes are CRC and length
            file.write_bytes(packed[:-8] + gzips.altered(rolled, packed[-8:]))
        else:
            file.write_bytes(gzips.altered(rolled, packed))
        for words in differences(file, text):
            trials.lose(f"seed {number}: {words}")

    def flipped() -> Iterator[str]:
        for seed in range(40):
            file.write_bytes(gzips.altered(Random(seed), files[0]))
            yield from differences(file, text)

    trials.control("a reader of gzip that checks no sum", caught=planted(flipped))


@pytest.mark.fault("F03", "a gzip cut exactly between two members", quick=50, full=50)
def test_a_cut_between_members(trials: Trials, checking: Checking) -> None:
    """By its length where the server tells it; else by its rows, if the gate misses enough."""
    text = ratings(400).splitlines(keepends=True)
    members = [pack(b"".join(text[start : start + 25])) for start in range(0, len(text), 25)]
    whole = b"".join(members)
    for number in trials:
        kept = 1 + number % (len(members) - 1)
        cut = b"".join(members[:kept])
        if number % (2 if IS_FULL else 10):
            ends: list[Answer] = [short(len(cut)), dropped(len(cut)), lies.part(0, len(cut))]
            found = list(checking.from_server(ends[number % len(ends)], Served(whole)))
            found += checking.resumed(Served(whole))
        else:
            found = list(in_a_night(checking, cut))
        for words in found:
            trials.lose(f"{kept} of {len(members)} members: {words}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gates, "RawLimits", lambda: RawLimits(row_loss=1.0))
        seen = bool(list(in_a_night(checking, b"".join(members[:8]))))
    trials.control("a gate that lets a table lose all its rows", caught=seen)


def is_reading_for_ever(file: Path, seconds: float) -> bool:
    """Whether DuckDB's own reader of gzip is still at it after so long."""
    names = ", ".join(f"'{one.name}': 'varchar'" for one in arrivals.RATINGS.tables[0].columns)
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(f"set max_execution_time = {seconds * 1000:.0f}")
        try:
            connection.execute(
                f"from read_csv($1, auto_detect = false, header = true, delim = '\t', quote = '', "
                f"escape = '', columns = {{{names}}})",
                [str(file)],
            ).fetchall()
        except duckdb.InterruptException:
            return True
        except duckdb.Error:
            return False
    return False


@pytest.mark.fault("F04", "a gzip that DuckDB reads for ever", quick=3, full=3)
def test_the_hanging_gzip(trials: Trials, checking: Checking, tmp_path: Path) -> None:
    """Ours, and the one that a fuzz found, if the publishers' files are there."""
    files = {"ours": gzips.hanging(), "cut": gzips.hanging()[:-30]}
    if HANGING.exists():
        files["found"] = HANGING.read_bytes()
    for name, content in trials.of(files.items()):
        started = time.perf_counter()
        found = [*checking.from_folder(content), *checking.from_server(lies.shown(content))]
        if time.perf_counter() - started > 1:
            found.append(f"it took {time.perf_counter() - started:.1f} s")
        for words in found:
            trials.lose(f"{name}: {words}")
    file = tmp_path / "hanging.tsv.gz"
    file.write_bytes(gzips.hanging())
    trials.control(
        "DuckDB's own reader, stopped after a second", caught=is_reading_for_ever(file, 1)
    )
    seen = planted(lambda: checking.from_folder(gzips.hanging()))
    trials.control("a reader of gzip that takes what it can", caught=seen)


@pytest.mark.fault("F05", "a gzip of 201 and 4,001 members, split anywhere", quick=6, full=60)
def test_many_members(trials: Trials, tmp_path: Path) -> None:
    text = ratings(2000)
    whole = load(tmp_path / "whole", "title_ratings", text)
    assert whole.counts.loaded_count == 2000

    def problems(number: int) -> Iterator[str]:
        parts = gzips.split_anywhere(Random(number), text, (201, 4001)[number % 2])
        packed = [
            (pack, gzips.named)[(number + place) % 3 == 2](part) for place, part in enumerate(parts)
        ]
        try:
            got = load(tmp_path / str(number), "title_ratings", b"".join(packed), NAME)
        except IngestError as error:
            yield f"refused: {error}"
        else:
            yield from _unlike(got, whole)

    for number in trials:
        for words in problems(number):
            trials.lose(f"seed {number}: {words}")
    trials.control(
        "a reader of gzip that stops after a member", caught=first_member_alone(problems)
    )


def _unlike(got: Outcome, wanted: Outcome) -> Iterator[str]:
    if got.counts != wanted.counts:
        yield f"{got.counts}"
    if got.rows != wanted.rows:
        yield f"{len(set(got.rows) ^ set(wanted.rows))} rows differ"


def first_member_alone(problems: Callable[[int], Iterator[str]]) -> bool:
    """Whether the check sees a problem where all members but the first are left out."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(igzip, "open", gzips.only_first)
        patch.setattr(igzip_threaded, "open", gzips.only_first)
        return bool(list(problems(0)))


# In a process of its own: what another test left in memory is none of this one's.
MEASURING = """
import sys
from pathlib import Path
from ingest import decode
from ingest.errors import SourceDamagedError
from tests import memory
try:
    {step}
except SourceDamagedError as error:
    print(error.reason)
print(memory.peak())
"""


def peak(file: Path, step: str = "decode.measure(Path(sys.argv[1]))") -> tuple[str, int]:
    """What is said of a gzip, and the most bytes of memory that it took to say it."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURING.format(step=step), str(file)],
        cwd=PROJECT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    *said, taken = done.stdout.splitlines()
    return " ".join(said), int(taken)


@pytest.mark.fault("F06", "a gzip that unpacks to a gigabyte; a gzip in a gzip", quick=6, full=6)
def test_bombs(trials: Trials, checking: Checking, tmp_path: Path) -> None:
    file = tmp_path / "bomb.tsv.gz"
    for name, content, most in trials.of(gzips.bombs()):
        for words in (*checking.from_folder(content), *bomb_problems(file, content, most)):
            trials.lose(f"{name}: {words}")
    nested = pack(gzips.zeros(1024)), pack(pack(ratings(400)))
    for content in trials.of(nested):
        for words in in_a_night(checking, content):
            trials.lose(f"a gzip in a gzip: {words}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "MAX_RATIO", 10_000)
        seen = bool(list(checking.from_folder(pack(b"a line\n" * 5_000_000))))
    trials.control("no limit of the ratio", caught=seen)
    file.write_bytes(gzips.zeros(300))
    _, byte_count = peak(file, "import gzip; gzip.decompress(Path(sys.argv[1]).read_bytes())")
    trials.control("a reader that holds all it unpacked", caught=byte_count > MOST_BYTES)


def bomb_problems(file: Path, content: bytes, most: str) -> Iterator[str]:
    """What is wrong with how a bomb is told and what it takes."""
    file.write_bytes(content)
    said, byte_count = peak(file)
    if most not in said:
        yield f"it is said: {said}"
    if byte_count > MOST_BYTES:
        yield f"it took {byte_count >> 20} MiB"


def in_a_night(checking: Checking, content: bytes) -> Iterator[str]:
    """What is wrong after a night on a whole gzip of something else: a later step refuses it."""
    home, before = checking.home, arrivals.readable(holdings(checking.home))
    checking.publisher.files[NAME] = Served(content)
    try:
        arrivals.night(home, "next", checking.publisher.url)
        yield "it was committed"
    except GateError as error:
        if "title_ratings" not in str(error) or "rows" not in str(error):
            yield f"the gate does not say what is missing: {error}"
    except IngestError as error:
        yield from arrivals.vague(error, NAME)
    if arrivals.readable(holdings(home)) != before:
        yield "lake, releases or link are altered"
    checking.restore()


PAGE = b"<!doctype html>\n<html><body>\n<h1>503</h1>\nBack\tsoon\n</body></html>\n"
JSON = json.dumps({"error": "no such bucket"}, indent=1).encode()


@pytest.mark.fault(
    "F07", "an error page, JSON, nothing or a header alone as a dump", quick=9, full=9
)
def test_pages_as_dumps(trials: Trials, checking: Checking, tmp_path: Path) -> None:
    head = dump("title_ratings", [])
    damaged = {"a page": PAGE, "JSON": JSON, "nothing": b"", "a gzip of nothing": pack(b"")}
    for name, content in trials.of(damaged.items()):
        kind = "text/html" if name == "a page" else "application/gzip"
        found = list(checking.from_server(lies.shown(content, kind=kind)))
        for words in (*found, *checking.from_folder(content)):
            trials.lose(f"{name}: {words}")
    whole = {"a gzip of a page": pack(PAGE), "a gzip of JSON": pack(JSON), "a header": pack(head)}
    for name, content in trials.of(whole.items()):
        for words in in_a_night(checking, content):
            trials.lose(f"{name}: {words}")
    for name, content in trials.of({"a header": pack(head), "a plain header": head}.items()):
        for words in on_a_first_night(tmp_path / name, content):
            trials.lose(f"on a first night, {name}: {words}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decode, "measure_dump", decode.measure)
        seen = bool(list(on_a_first_night(tmp_path / "rows", pack(head))))
    trials.control("no look at whether a dump has rows", caught=seen)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            tabular, "header_columns", lambda table, *_: [one.name for one in table.columns]
        )
        seen = bool(list(on_a_first_night(tmp_path / "header", pack(PAGE))))
    trials.control("no look at the header", caught=seen)


def on_a_first_night(folder: Path, content: bytes) -> Iterator[str]:
    """What is wrong after a home's first night, which no night before it tells what to expect."""
    dumps = write_dumps(folder / "dumps")
    (dumps / NAME).unlink()
    (dumps / (NAME if content.startswith(b"\x1f\x8b") else NAME[:-3])).write_bytes(content)
    try:
        arrivals.night(folder / "home", "first", str(dumps))
        yield "it was committed"
    except (IngestError, GateError) as error:
        yield from arrivals.vague(error, NAME[:-3])
