"""What one of IMDb's dumps must become."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.catalog import Table
from tests.faults.oracles.verdict import BOM, RefusedError
from tests.unit.ingest import oracle

MAX_HEADER_CHARACTERS = 1_000_000


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
    _check_kind(text, lines)
    _check_names(table, lines[0], names)
    rows, rejects = oracle.outcome(table, text)
    extra = names[len(table.columns) :]
    rows = [tuple(map(_scaled, row)) for row in rows]
    return Expected(len(lines) - 1, rows, rejects, [*_remarks(text), *_extra(extra)])


def _scaled(value: object) -> object:
    """The lake's decimals have one decimal place, whatever the text's had."""
    return value.quantize(Decimal("0.1")) if isinstance(value, Decimal) else value


def extra_column(name: str) -> str:
    """The remark on a column that the catalogue does not know."""
    return f"an extra column {name!r}"


def _extra(names: list[str]) -> list[str]:
    return [extra_column(name) for name in names]


def _names(header: bytes) -> list[str]:
    return header.decode("utf-8", "backslashreplace").removesuffix("\r").split("\t")


def _check_kind(text: bytes, lines: list[bytes]) -> None:
    if not text:
        raise RefusedError("the file is empty")
    if len(lines[0].decode("utf-8", "backslashreplace")) > MAX_HEADER_CHARACTERS:
        raise RefusedError("its header is longer than")
    if len(lines) == 1 and b"\r" not in lines[0].removesuffix(b"\r"):
        raise RefusedError("a header line is all it has")


def _check_names(table: Table, header: bytes, names: list[str]) -> None:
    wanted = [column.name for column in table.columns]
    missing = [name for name in wanted if name not in names]
    has_lone_return = b"\r" in header.removesuffix(b"\r")
    is_wide = b"\0" in header or header.startswith((b"\xff\xfe", b"\xfe\xff"))
    if is_wide and (missing or has_lone_return):
        raise RefusedError("UTF-16")
    if has_lone_return:
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
