"""Invented dumps of IMDb's seven tables, as long as a try likes them, by seed."""

from collections.abc import Iterable
from random import Random

from isal import igzip

from ingest.catalog import IMDB, Column, Table
from tests.unit.ingest.builders import header
from tests.unit.ingest.test_tabular import GOOD, NASTY

TABLES = {table.name: table for table in IMDB.tables}
_TEXTS = [*GOOD["text"], *(one for one in NASTY if "\r" not in one)]


def lines(rolled: Random, table: Table, count: int, first: int = 1) -> list[bytes]:
    """The header and so many sound lines, of which no two share a key."""
    made = (_line(rolled, table, number) for number in range(first, first + count))
    return [header(table).encode(), *made]


def text(lines: Iterable[bytes]) -> bytes:
    """The lines as one text."""
    return b"".join(line + b"\n" for line in lines)


def dump(seed: int, table: Table, count: int = 12) -> bytes:
    """A sound text."""
    return text(lines(Random(seed), table, count))


def plain(table: Table, content: bytes) -> dict[str, bytes]:
    """The text under its own name."""
    return {table.file: content}


def packed(table: Table, content: bytes) -> dict[str, bytes]:
    """The text in a gzip."""
    return {f"{table.file}.gz": igzip.compress(content, 1, mtime=0)}


def _line(rolled: Random, table: Table, number: int) -> bytes:
    # Where a title has several lines, it has three of them.
    title, ordering = (number, 0) if len(table.key) == 1 else (1 + number // 3, number % 3)
    fields = []
    for column in table.columns:
        if column.name == table.key[0]:
            fields.append(f"{'nm' if column.form == 'person_id' else 'tt'}{title:07d}")
        elif column.name in table.key:
            fields.append(str(ordering))
        else:
            fields.append(_value(rolled, column))
    return "\t".join(fields).encode()


def _value(rolled: Random, column: Column) -> str:
    if not column.required and rolled.random() < 0.2:
        return "\\N"
    return rolled.choice(_TEXTS if column.form == "text" else GOOD[column.form])
