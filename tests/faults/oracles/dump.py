"""What one of IMDb's dumps must become."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.catalog import Table
from tests.faults.oracles.verdict import BOM, RefusedError
from tests.unit.ingest import oracle


@dataclass(frozen=True, slots=True)
class Expected:
    """The rows as the lake has them, the rejects as the ledger has them, and what is remarked."""

    received_count: int
    rows: list[oracle.Row]
    rejects: list[oracle.Reject]
    remarks: list[str]


def expected(table: Table, text: bytes) -> Expected:
    """What loads of a text; RefusedError, with words of the reason, where nothing of it may."""
    plain = text.removeprefix(BOM)
    lines = (plain if plain.endswith(b"\n") else plain + b"\n").split(b"\n")[:-1]
    names = _names(lines[0])
    _check(table, text, lines[0], names)
    if len(lines) == 1:
        raise RefusedError("a header line is all it has")
    rows, rejects = oracle.outcome(table, text)
    extra = names[len(table.columns) :]
    return Expected(len(lines) - 1, rows, rejects, [*_remarks(text), *_extra(extra)])


def extra_column(name: str) -> str:
    """The remark on a column that the catalogue does not know."""
    return f"an extra column {name!r}"


def _extra(names: list[str]) -> list[str]:
    return [extra_column(name) for name in names]


def _names(header: bytes) -> list[str]:
    return header.decode("utf-8", "backslashreplace").removesuffix("\r").split("\t")


def _check(table: Table, text: bytes, header: bytes, names: list[str]) -> None:
    wanted = [column.name for column in table.columns]
    missing = [name for name in wanted if name not in names]
    if not text:
        raise RefusedError("the file is empty")
    if len(header) > oracle.MAX_LINE_BYTES:
        raise RefusedError("its header is longer than")
    if missing and (b"\0" in header or header.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise RefusedError("UTF-16")
    if missing and b"\r" in header.removesuffix(b"\r"):
        raise RefusedError("a carriage return alone")
    if missing:
        raise RefusedError(f"its header lacks {', '.join(missing)}")
    if names[: len(wanted)] != wanted:
        raise RefusedError("another order")
    if len(set(names)) < len(names):
        raise RefusedError("repeats a name")


def _remarks(text: bytes) -> Iterator[str]:
    if text.startswith(BOM):
        yield "byte order mark"
    if b"\r" in text:
        yield "carriage return"
    if not text.endswith(b"\n"):
        yield "no newline"
