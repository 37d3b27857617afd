"""Ad-hoc SQL on the published warehouse: one read-only statement, four output formats."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from rich.cells import cell_len
from rich.console import Console

from cli import formats, grid, report
from warehouse import connect, sandbox
from warehouse.sandbox import LimitError, Limits, QueryError

__all__ = ["FORMATS", "Output", "PlaceError", "QueryError", "complain", "limits", "read", "run"]

FORMATS = ("table", "csv", "json", "parquet")
TABLE_ROWS = 200
# Of a line that is shown around an error.
_EXCERPT = 100


class PlaceError(Exception):
    """The statement cannot be read from there, or the answer not be written there."""


@dataclass(frozen=True, slots=True)
class Output:
    """How the answer is written, and where: to stdout if no file is named."""

    form: str = "table"
    target: Path | None = None
    spreadsheet: bool = False


def limits(seconds: float | None) -> Limits:
    """The usual limits, and a person's own patience."""
    return Limits(rows=TABLE_ROWS) if seconds is None else Limits(seconds, rows=TABLE_ROWS)


def read(argument: str | None, file: Path | None) -> str:
    """What is asked: the argument, the file's text, or stdin's.

    Raises:
        PlaceError: it cannot be read.
    """
    if argument is not None:
        return argument
    try:
        return file.read_text("utf-8") if file else sys.stdin.buffer.read().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise PlaceError(f"{file or 'stdin'} cannot be read: {reason}") from error


def run(home: Path, statement: str, output: Output, limits: Limits) -> None:
    """Run one SELECT and write its rows.

    Raises:
        QueryError: it has no answer, or none within the limits.
        PlaceError: it cannot be written where it should be.
    """
    # Opened a second time, a file that the shell made for stdout would be emptied.
    target = None if output.target and _is_stdout(output.target) else output.target
    if output.form == "parquet" and target is None:
        raise PlaceError("Parquet is not for a terminal: name a file with --out")
    if target and target.resolve().is_relative_to(home.resolve()):
        raise PlaceError(f"{home} is arthouse's own: name a file elsewhere")
    database = connect.published(home)
    if target:
        with _written(target) as sink:
            _write(database, statement, output, limits, sink)
    elif output.form == "table":
        grid.show(sandbox.ask(database, statement, limits), report.console())
    else:
        _write(database, statement, output, limits, sys.stdout.buffer)


def _is_stdout(target: Path) -> bool:
    return target.exists() and os.path.samestat(target.stat(), os.fstat(sys.stdout.fileno()))


def _write(database: Path, statement: str, output: Output, limits: Limits, sink: BinaryIO) -> None:
    if output.form == "table":
        answer = sandbox.ask(database, statement, limits)
        sink.write(f"{grid.text(answer)}{grid.footer(answer)}\n".encode())
        return
    everything = replace(limits, rows=None)
    with sandbox.stream(database, statement, everything) as (schema, batches):
        formats.write(schema, batches, output.form, sink, for_spreadsheet=output.spreadsheet)


@contextmanager
def _written(target: Path) -> Iterator[BinaryIO]:
    """A file that is there whole or not at all; what is no file (a pipe, a device) as it comes."""
    try:
        target = target.resolve()
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            with target.open("wb") as sink:
                yield sink
            return
        draft = target.with_name(f".{target.name}.unfinished")
        try:
            with draft.open("wb") as sink:
                yield sink
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise PlaceError(f"{target} cannot be written: {error.strerror or error}") from error


def complain(error: Exception, statement: str, out: Console) -> None:
    """Say what is wrong, and where in the statement."""
    lines = str(error).splitlines()
    if isinstance(error, QueryError) and error.place:
        line = statement.split("\n")[error.place.line - 1]
        lines = [*_pointed(line, error.place), *lines]
    if isinstance(error, LimitError) and error.limit == "time":
        lines.append("More time for it: --seconds, or .seconds at the prompt")
    for line in lines:
        out.print(grid.visible(line), markup=False, highlight=False, soft_wrap=True)


def _pointed(line: str, place: sandbox.Place) -> list[str]:
    """The part of the line around the place, and a mark under it."""
    start = place.column - 1
    first = max(0, start - _EXCERPT // 2)
    shown = grid.visible(line[first : first + _EXCERPT])
    label = f"line {place.line}: "
    before = cell_len(label) + cell_len(grid.visible(line[first:start]))
    marked = cell_len(grid.visible(line[start : min(start + place.length, first + _EXCERPT)]))
    return [label + shown, " " * before + "^" * max(1, marked)]
