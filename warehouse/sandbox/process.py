"""The child process: started with nothing, listened to for so long, and never left behind."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from types import TracebackType
from typing import IO, Self, cast

import pyarrow as pa

from warehouse.sandbox import errors
from warehouse.sandbox.clock import Clock, Pipe
from warehouse.sandbox.errors import LimitError, QueryError, RefusedError
from warehouse.sandboxed.order import Order, Report

PROJECT = Path(__file__).resolve().parents[2]
# Isolated, Python looks for modules neither here nor where a variable says.
PROGRAM = """
import sys
sys.path.insert(0, sys.argv.pop())
from warehouse.sandboxed.child import main
main()
"""
ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    # Other allocators reserve gigabytes of addresses, which would count against the limit.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
}
PIPE_BYTES = 1024**2
REPORT_BYTES = 64 * 1024


class Process:
    """One child at work; it is dead after the `with`."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._clock = Clock(order["seconds"])

    def __enter__(self) -> Self:
        with TemporaryFile() as stdin, TemporaryDirectory() as nowhere:
            stdin.write(json.dumps(self._order).encode())
            stdin.seek(0)
            # Its folder is gone as soon as it runs: nothing can be made in it.
            child = subprocess.Popen(
                [sys.executable, "-I", "-B", "-c", PROGRAM, str(PROJECT)],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=nowhere,
                env=ENVIRONMENT,
                start_new_session=True,
                pipesize=PIPE_BYTES,
            )
        self._child = child
        self._stdout = cast(IO[bytes], child.stdout)
        self._stderr = cast(IO[bytes], child.stderr)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._child.kill()
        self._child.wait()
        self._stdout.close()
        self._stderr.close()

    def answer(self) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        """The columns, and the rows as they come.

        Raises:
            QueryError: there are none.
        """
        pipe = BufferedReader(Pipe(self._stdout, self._clock), PIPE_BYTES)
        try:
            reader = pa.ipc.open_stream(pipe)
        except pa.ArrowInvalid:
            # It sent nothing, and reports why.
            self.ended()
            raise
        return reader.schema, self._batches(reader)

    def _batches(self, reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
        try:
            yield from reader
        except (pa.ArrowInvalid, OSError):
            # It broke off within a batch.
            self.ended()
            raise

    def ended(self, seconds: float | None = None) -> int | None:
        """How many rows there were; None if they are not counted in so many seconds.

        An answer is whole only if this does not raise: Arrow takes a pipe that breaks off between
        two batches for the end.

        Raises:
            QueryError: the child reports it, or was stopped.
        """
        clock = self._clock if seconds is None else Clock(min(seconds, self._clock.left))
        try:
            text = BufferedReader(Pipe(self._stderr, clock)).read(REPORT_BYTES)
        except LimitError:
            if seconds is None:
                raise
            return None
        report = _report(text)
        if report is None:
            raise _broken_off(self._child.wait(), self._order)
        if report["kind"] != "answered":
            raise _error(report, self._order)
        return report["total"]


def _report(text: bytes) -> Report | None:
    """What the child says last; a library may have said something before."""
    lines = text.splitlines()
    try:
        found: Report = json.loads(lines[-1])
    except (IndexError, ValueError):
        return None
    return found


def _error(report: Report, order: Order) -> QueryError:
    kind, message = report["kind"], report.get("message", "")
    if kind == "time":
        return errors.too_long(order["seconds"])
    if kind == "memory":
        return errors.too_large(order["memory_bytes"])
    where = None
    if "start" in report:
        where = errors.place(order["statement"], report["start"], report["length"])
    return RefusedError(message, where) if kind == "refused" else QueryError(message, where)


def _broken_off(code: int, order: Order) -> QueryError:
    """The child ended without a word: by a limit of its process, or by a fault of DuckDB."""
    if code == -signal.SIGXCPU:
        return errors.too_long(order["seconds"])
    # What fails for want of memory aborts; the kernel kills when the machine has none.
    if code in (-signal.SIGABRT, -signal.SIGKILL):
        return errors.too_large(order["memory_bytes"])
    name = signal.Signals(-code).name if code < 0 else f"exit {code}"
    return QueryError(f"DuckDB broke on this statement ({name})")
