"""Loads of invented dumps, held to the oracle; and careless loaders, which the check must see."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest import decode, records, rejects, tabular
from ingest.catalog import IMDB, Table
from ingest.errors import IngestError
from ingest.parts import FileLoad
from tests.faults import dumps
from tests.faults.loads import Loader, Outcome, tried
from tests.faults.oracles.dump import Expected, expected, extra_column
from tests.faults.oracles.verdict import RefusedError
from tests.faults.trials import Trials

_TABLES = {table.file: table for table in IMDB.tables}


class DumpLoader(Loader):
    """IMDb's dumps by their names, each measured and loaded as a night does once it has landed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(IMDB, folder)

    def load(self, files: Mapping[str, bytes]) -> Outcome:
        """Load one dump, plain or packed; what was refused left no table."""
        [(name, content)] = files.items()
        table = _TABLES[name.removesuffix(".gz")]
        self._count += 1
        folder = self.folder / str(self._count)
        folder.mkdir()
        source = folder / name
        source.write_bytes(content)
        try:
            counted = decode.measure_dump(source, name=name)
            done = tabular.load(self._connection, table, source, counted, folder, source_file=name)
            return self._made(files, folder, _file_load(table, name, done))
        except IngestError as error:
            left = [path.name for path in folder.glob("*.parquet")]
            if left:
                raise AssertionError(f"refused, but it left {left}: {error}") from error
            return Outcome(files, refusal=error)
        finally:
            shutil.rmtree(folder)

    def _made(self, files: Mapping[str, bytes], folder: Path, done: FileLoad) -> Outcome:
        rows = self._rows(folder / f"{done.table}.parquet")
        refused = self._rows(rejects.path(folder, done.table))
        return Outcome(files, [done], {done.table: rows}, refused)


def _file_load(table: Table, name: str, done: tabular.Loaded) -> FileLoad:
    return FileLoad(
        table=table.name,
        received_count=done.received_count,
        loaded_count=done.loaded_count,
        rejected_count=done.rejected_count,
        duplicate_count=done.duplicate_count,
        source_file=name,
        warnings=[*done.warnings, *map(extra_column, done.extra_columns)],
    )


@contextmanager
def in_blocks(byte_count: int) -> Iterator[None]:
    """Texts are cut into blocks so small that a small dump has many."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (decode, records):
            patch.setattr(module, "BLOCK_BYTES", byte_count)
        yield


def problems(got: Outcome, table: Table, text: bytes) -> Iterator[str]:
    """How rows, rejects, counts and remarks differ from what the oracle reads in the text."""
    try:
        wanted = expected(table, text)
    except RefusedError as verdict:
        if got.refusal is None:
            yield f"loaded, though {verdict}"
        elif str(verdict) not in got.refusal.reason:
            yield f"not refused because {verdict}, but: {got.refusal}"
        return
    if got.refusal is not None:
        yield f"refused, unlike the oracle: {got.refusal}"
        return
    yield from _of_tables(got, table, wanted)
    yield from _of_counts(got.loads[0], wanted)


def _of_tables(got: Outcome, table: Table, wanted: Expected) -> Iterator[str]:
    [name] = got.files
    found = [repr(tuple(row.values())) for row in got.tables[table.name]]
    rows = [repr(row) for row in wanted.rows]
    if sorted(found) != sorted(rows):
        yield f"rows: {_shown(set(found) ^ set(rows))}"
    refused = [tuple(row.values()) for row in got.rejects]
    listed = [(table.name, name, *reject) for reject in wanted.rejects]
    if refused != listed:
        yield f"rejects: {_shown(set(map(repr, refused)) ^ set(map(repr, listed)))}"


def _of_counts(done: FileLoad, wanted: Expected) -> Iterator[str]:
    if done.received_count != wanted.received_count:
        yield f"received {done.received_count} of {wanted.received_count} lines"
    if done.duplicate_count != sum(" line " in reject[2] for reject in wanted.rejects):
        yield f"{done.duplicate_count} are called repeats"
    pairs = list(zip(wanted.remarks, done.warnings, strict=False))
    if len(wanted.remarks) != len(done.warnings) or any(one not in words for one, words in pairs):
        yield f"it remarks {done.warnings}, not {wanted.remarks}"


def _shown(differing: set[str]) -> str:
    return "; ".join(one[:400] for one in sorted(differing)[:6]) or "repeated"


def hold(
    trials: Trials, loader: DumpLoader, case: str, table: Table, text: bytes, *, is_packed: bool
) -> Outcome:
    """One try: load a text, and lose whatever differs from the oracle."""
    files = (dumps.packed if is_packed else dumps.plain)(table, text)
    got = tried(trials, loader, case, files)
    for words in problems(got, table, text):
        trials.lose(f"{case}: {words}")
    return got
