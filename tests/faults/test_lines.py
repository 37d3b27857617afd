"""F08 to F14: lines as they must not be, over all seven dumps, plain and packed: none is lost."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import product
from pathlib import Path
from random import Random

import pytest

from ingest.catalog import Table
from tests.faults import dumps, misshapen, misspelt
from tests.faults.careless import believing_any_header, duckdb_alone, uncounted
from tests.faults.dump_loads import DumpLoader, hold, problems
from tests.faults.misshapen import Kind
from tests.faults.trials import Trials

TABLES = list(dumps.TABLES.values())
RATINGS = dumps.TABLES["title_ratings"]
LINES = 12
UNQUOTED = "quote = '', escape = ''"


@pytest.fixture
def loader(tmp_path: Path) -> Iterator[DumpLoader]:
    made = DumpLoader(tmp_path)
    with made:
        yield made


def made(kind: Kind, table: Table, seed: int) -> bytes:
    """A misshapen dump by its seed."""
    rolled = Random(seed)
    return kind(rolled, table, dumps.lines(rolled, table, LINES))


def try_all(trials: Trials, loader: DumpLoader, kinds: Mapping[str, Kind]) -> None:
    """Each kind in each table, plain or packed; twice as many tries do the other of these, too."""
    cases = list(product(kinds, TABLES))
    for number in trials:
        kind, table = cases[number % len(cases)]
        is_packed = (number + number // len(cases)) % 2 == 1
        text = made(kinds[kind], table, number)
        case = f"{kind}, {table.name}, {'packed' if is_packed else 'plain'}, seed {number}"
        got = hold(trials, loader, case, table, text, is_packed=is_packed)
        if kind in misshapen.WHOLE and len(got.tables.get(table.name, [])) != LINES:
            trials.lose(f"{case}: not every row loaded")


def sees(
    loader: DumpLoader, defect: AbstractContextManager[None], text: bytes, table: Table = RATINGS
) -> bool:
    """Whether the check sees a difference where a careless loader loads a text."""
    files = dumps.plain(table, text)
    sound = list(problems(loader.load(files), table, text))
    with defect:
        return not sound and bool(list(problems(loader.load(files), table, text)))


@pytest.mark.fault("F08", "lines that end in CR LF, in CR, or in both", quick=91, full=1000)
def test_ends_of_lines(trials: Trials, loader: DumpLoader) -> None:
    try_all(trials, loader, misshapen.NEWLINES)
    text = made(misshapen.NEWLINES["CR LF"], RATINGS, 1)
    seen = sees(loader, duckdb_alone(f"{UNQUOTED}, new_line = '\\n'"), text)
    trials.control("DuckDB's reader alone, told that lines end in LF", caught=seen)
    text = made(misshapen.NEWLINES["CR after the header"], RATINGS, 1)
    seen = sees(loader, duckdb_alone(f"{UNQUOTED}, strict_mode = false"), text)
    trials.control("DuckDB's reader alone, of lines that end in CR", caught=seen)


@pytest.mark.fault("F09", "fields or a column more: null, empty or text", quick=112, full=1000)
def test_surplus_fields(trials: Trials, loader: DumpLoader) -> None:
    try_all(trials, loader, misshapen.SURPLUS)
    for kind in ("a field on one line, null", "a field on all lines, null"):
        seen = sees(loader, uncounted(), made(misshapen.SURPLUS[kind], RATINGS, 1))
        trials.control(f"the count of fields, taken out: {kind}", caught=seen)


@pytest.mark.fault("F10", "a field or column lost, rows split or merged", quick=91, full=1000)
def test_broken_rows(trials: Trials, loader: DumpLoader) -> None:
    try_all(trials, loader, misshapen.BROKEN)
    text = made(misshapen.BROKEN["a row and a row of nulls"], RATINGS, 1)
    trials.control("the count of fields, taken out", caught=sees(loader, uncounted(), text))
    padding = f"{UNQUOTED}, null_padding = true"
    table = dumps.TABLES["title_crew"]
    text = made(misshapen.BROKEN["the last field lost"], table, 1)
    trials.control(
        "a reader that pads rows", caught=sees(loader, duckdb_alone(padding), text, table)
    )


@pytest.mark.fault("F11", "quotes: leading, balanced over two rows, inner", quick=91, full=1000)
def test_quotes(trials: Trials, loader: DumpLoader) -> None:
    try_all(trials, loader, misspelt.QUOTED)
    table = dumps.TABLES["title_akas"]
    for kind in ("balanced over two rows", "around"):
        text = made(misspelt.QUOTED[kind], table, 1)
        seen = sees(loader, duckdb_alone("quote = '\"', ignore_errors = true"), text, table)
        trials.control(f"a reader that believes quotes: {kind}", caught=seen)


@pytest.mark.fault("F12", "no UTF-8, NUL, BOM, U+2028, lone CR, backslash", quick=175, full=1000)
def test_odd_bytes(trials: Trials, loader: DumpLoader) -> None:
    try_all(trials, loader, misspelt.ODD_BYTES)
    table = dumps.TABLES["title_akas"]
    text = made(misspelt.ODD_BYTES["Latin-1"], table, 1)
    seen = sees(loader, duckdb_alone(f"{UNQUOTED}, ignore_errors = true"), text, table)
    trials.control("a reader that leaves out what it cannot read", caught=seen)


def long_line(number: int, table: Table, byte_count: int) -> bytes:
    """A dump with a line so long, which no packer packs away."""
    rolled = Random(number)
    lines = dumps.lines(rolled, table, LINES)
    lines[5] += rolled.randbytes(byte_count // 2).hex().encode()
    return dumps.text(lines)


@pytest.mark.fault("F13", "a line of 5 MB, a line of 40 MB", quick=9, full=28)
def test_long_lines(trials: Trials, loader: DumpLoader) -> None:
    """Of 5 MB in every table first, then of 40 MB, then in the other of plain and packed."""
    for number in trials:
        table, is_packed = TABLES[number % 7], (number + number // 14) % 2 == 1
        text = long_line(number, table, (5_000_000, 40_000_000)[number // 7 % 2])
        case = f"{table.name}, {'packed' if is_packed else 'plain'}, seed {number}"
        hold(trials, loader, case, table, text, is_packed=is_packed)
    text = long_line(0, RATINGS, 5_000_000)
    seen = sees(loader, duckdb_alone(f"{UNQUOTED}, ignore_errors = true"), text)
    trials.control("a reader that leaves out what is too long", caught=seen)


@pytest.mark.fault("F14", "a header renamed, reordered, absent, endless", quick=147, full=1000)
def test_headers(trials: Trials, loader: DumpLoader) -> None:
    try_all(trials, loader, misspelt.HEADERS)
    for kind in ("a column renamed", "two columns swapped", "absent"):
        text = made(misspelt.HEADERS[kind], RATINGS, 1)
        seen = sees(loader, believing_any_header(), text)
        trials.control(f"a loader that believes any header: {kind}", caught=seen)
