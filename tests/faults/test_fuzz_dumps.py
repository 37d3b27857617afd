"""F15: dumps mutated byte by byte: what the oracle reads is what loads, line by line."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import pytest

from ingest import decode
from ingest.catalog import Table
from tests.faults import corpus, dumps
from tests.faults.careless import rounding, uncounted
from tests.faults.dump_loads import DumpLoader, hold, in_blocks, problems
from tests.faults.mutations import COMMON, mutated
from tests.faults.trials import Trials

TABLES = list(dumps.TABLES.values())
BY_FILE = {table.file: table for table in TABLES}
# A load costs the same for one mutated text as for several: one in three has its own.
SHARED, ALONE = 10, 3
BLOCKS = (7, 300, decode.BLOCK_BYTES)
WORDS = (*COMMON, b"\t\\N", b"\\N\t", b"\\N\n", b"\t\t", b"\x02", b"\x02\x02", b'["', b'"]', b",]",
         b'","', b'[""', b"\\u0000", b"\\ud800", b"tt0000001", b"nm0000001", b"nm0000003,", b",tt",
         b"tt0000003\t", b"\\", b"\\\n", b"\xc0\x80", b"\xef\xbf\xbf", b"0\t", b"00", b".0", b"1e3",
         "\u0661".encode(), b"\tsource\n", b"\t\\N\t\\N\t\\N\n", b"[" * 2000)  # fmt: skip


def whole(seed: int) -> tuple[Table, bytes]:
    """A dump mutated anywhere, its header too."""
    rolled = Random(seed)
    table = rolled.choice(TABLES)
    text = dumps.text(dumps.lines(rolled, table, rolled.randint(1, 8)))
    return table, mutated(rolled, text, WORDS)


def shared(seeds: Sequence[int]) -> tuple[Table, bytes]:
    """A dump of the mutated rows of several seeds, under a sound header."""
    table = Random(seeds[0]).choice(TABLES)
    head = dumps.text(dumps.lines(Random(0), table, 0))
    return table, head + b"".join(_rows(seed, table) for seed in seeds)


def _rows(seed: int, table: Table) -> bytes:
    """What lost its last newline goes on in the next seed's rows; some keys stand in both."""
    rolled = Random(seed)
    first = rolled.randrange(1, SHARED * 10)
    return mutated(rolled, dumps.text(dumps.lines(rolled, table, 5, first)[1:]), WORDS)


def held(trials: Trials, loader: DumpLoader, seeds: Sequence[int]) -> None:
    """One text of one seed or of several, whose tries end together."""
    table, text = whole(seeds[0]) if seeds[0] % ALONE == 0 else shared(seeds)
    case = f"seeds {list(seeds)} of {table.name}"
    with in_blocks(BLOCKS[seeds[0] // 2 % len(BLOCKS)]):
        hold(trials, loader, case, table, text, is_packed=seeds[0] % 2 == 1)


def seen(loader: DumpLoader, cases: Iterable[tuple[Table, bytes]]) -> bool:
    """Whether the check sees a difference in any of the dumps."""
    return any(list(problems(loader.load(dumps.plain(*one)), *one)) for one in cases)


@pytest.mark.fault("F15", "dumps mutated byte by byte", quick=2500, full=50_000)
def test_mutated_dumps(trials: Trials, tmp_path: Path) -> None:
    known = [(name, *files.popitem()) for name, files in corpus.cases("dumps").items()]
    found = [(BY_FILE[file], text) for _, file, text in known]
    loader = DumpLoader(tmp_path)
    with loader:
        for name, file, text in trials.of(known):
            hold(trials, loader, name, BY_FILE[file], text, is_packed=False)
        waiting: list[int] = []
        for number in trials:
            if number % ALONE == 0:
                held(trials, loader, [number])
                continue
            waiting.append(number)
            if len(waiting) == SHARED or number >= trials.planned - 2:
                held(trials, loader, waiting)
                waiting = []
        with uncounted():
            caught = seen(loader, found)
        trials.control("the count of fields, taken out", caught=caught)
        with rounding():
            starts = range(0, 60 * SHARED, SHARED)
            caught = seen(loader, (shared(range(one, one + SHARED)) for one in starts))
        trials.control("whole numbers that SQL rounds", caught=caught)
