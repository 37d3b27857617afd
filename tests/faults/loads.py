"""Loads of invented files by a feed's own loader, and the laws that hold whatever is in them."""

import importlib
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import duckdb

from ingest import rejects
from ingest.catalog import Feed
from ingest.errors import IngestError
from ingest.parts import Arrived, FileLoad, Parts
from tests.faults.trials import Trials

# Of processor time, because others share the machine; a wait for nothing ends by the clock.
MOST_SECONDS = 5.0
MOST_CLOCK_SECONDS = 60.0
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the files: rows by table and the ledger, or why all of it is refused."""

    files: Mapping[str, bytes]
    loads: list[FileLoad] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    rejects: list[Row] = field(default_factory=list)
    refusal: IngestError | None = None

    def received(self, table: str) -> int:
        return sum(one.received_count for one in self.loads if one.table == table)

    def rejected(self, table: str) -> list[Row]:
        return [row for row in self.rejects if row["table_name"] == table]

    def broken_laws(self) -> Iterator[str]:
        """What is wrong in any lake, ledger or refusal, whatever the files are."""
        if self.refusal is not None:
            yield from _of_refusal(self.refusal, self.files)
            return
        for one in self.loads:
            if one.received_count != one.loaded_count + one.rejected_count:
                yield f"{one.table}: {one}"
        for table, rows in self.tables.items():
            mine = [one for one in self.loads if one.table == table]
            if sum(one.loaded_count for one in mine) != len(rows):
                yield f"{table}: {len(rows)} rows, unlike the counts"
            if sum(one.rejected_count for one in mine) != len(self.rejected(table)):
                yield f"{table}: {len(self.rejected(table))} rejects, unlike the counts"
        for reject in self.rejects:
            yield from _of_reject(reject, self.files)


def _of_refusal(error: IngestError, files: Mapping[str, bytes]) -> Iterator[str]:
    if not any(name in error.location for name in files):
        yield f"a refusal that names no file: {error}"
    if not (error.reason.strip() and error.advice.strip()):
        yield f"a refusal without reason or advice: {error}"


def _of_reject(reject: Row, files: Mapping[str, bytes]) -> Iterator[str]:
    file = (reject["source_file"] or "").partition("!")[0]
    if file not in files:
        yield f"a reject of no file: {reject}"
    if (reject["line_number"] or 0) < 1:
        yield f"a reject without place: {reject}"
    if not (reject["reason"] or "").strip():
        yield f"a reject without reason: {reject}"
    if reject["raw_line"] is None:
        yield f"a reject without its text: {reject}"


class Loader:
    """A feed's loader on one connection; every load has a folder of its own."""

    def __init__(self, feed: Feed, folder: Path) -> None:
        self._feed, self.folder, self._count = feed, folder, 0
        self._module = importlib.import_module(f"ingest.feeds.{feed.name}")
        self._connection = duckdb.connect(config={"preserve_insertion_order": False, "threads": 1})

    def __enter__(self) -> "Loader":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def load(self, files: Mapping[str, bytes]) -> Outcome:
        """Load files by name, as a night does once they have landed."""
        self._count += 1
        folder = self.folder / str(self._count)
        incoming = folder / "incoming"
        incoming.mkdir(parents=True)
        try:
            arrived = [_landed(folder, *item) for item in enumerate(files.items())]
            parts = Parts(self._connection, self._feed, incoming)
            loads = self._module.load(self._connection, arrived, parts)
            parts.join()
            return self._outcome(files, incoming, loads)
        except IngestError as error:
            return Outcome(files, refusal=error)
        finally:
            shutil.rmtree(folder)

    def _outcome(
        self, files: Mapping[str, bytes], incoming: Path, loads: list[FileLoad]
    ) -> Outcome:
        tables, refused = {}, []
        for table in self._feed.tables:
            tables[table.name] = self._rows(incoming / f"{table.name}.parquet")
            refused += self._rows(rejects.path(incoming, table.name))
        return Outcome(files, loads, tables, refused)

    def _rows(self, parquet: Path) -> list[Row]:
        found = self._connection.execute("from read_parquet($1)", [str(parquet)])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _landed(folder: Path, number: int, file: tuple[str, bytes]) -> Arrived:
    name, content = file
    path = folder / f"{number}-{Path(name).name}"
    path.write_bytes(content)
    return Arrived(name, path)


class HangError(Exception):
    """A try took longer than it may."""


@contextmanager
def bounded() -> Iterator[None]:
    """HangError where the body takes too long: it interrupts Python, `re` and DuckDB."""

    def stop(*_: int | FrameType | None) -> None:
        raise HangError(f"over {MOST_SECONDS} s, or {MOST_CLOCK_SECONDS} s by the clock")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, MOST_CLOCK_SECONDS)
    started = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    if time.process_time() - started > MOST_SECONDS:
        raise HangError(f"{time.process_time() - started:.1f} s of processor time")


def tried(trials: Trials, loader: Loader, case: object, files: Mapping[str, bytes]) -> Outcome:
    """Load the files of one try; a crash, a hang or a broken law is a loss."""
    try:
        with bounded():
            got = loader.load(files)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
        trials.lose(f"seed {case}: {type(error).__name__}: {error}")
        return Outcome(files, refusal=IngestError("", "", ""))
    for words in got.broken_laws():
        trials.lose(f"seed {case}: {words}")
    if str(loader.folder) in str(got.refusal):
        trials.lose(f"seed {case}: a refusal that tells of a folder of ours: {got.refusal}")
    return got
