"""Kinds of misshapen dumps: each makes one of sound lines, the header's first."""

from collections.abc import Callable
from functools import partial
from random import Random

from ingest.catalog import Table
from tests.faults.dumps import text

Kind = Callable[[Random, Table, list[bytes]], bytes]
_Lines = list[bytes]


def _ends(
    rolled: Random, _: Table, lines: _Lines, *, head: bytes, ends: tuple[bytes, ...]
) -> bytes:
    rest = b"".join(line + rolled.choice(ends) for line in lines[1:])
    return lines[0] + head + rest


def _blank_lines(rolled: Random, _: Table, lines: _Lines) -> bytes:
    blank = (b"", b"\r", b"\t", b" ")
    return text(part for line in lines for part in (line, *rolled.choices(blank, k=1)))


def _end(head: bytes, *ends: bytes) -> Kind:
    """The header ends in `head`, each row in one of the others."""
    return lambda rolled, _, lines: b"".join(
        [lines[0] + head, *(line + rolled.choice(ends) for line in lines[1:])]
    )


NEWLINES: dict[str, Kind] = {
    "CR LF": _end(b"\r\n", b"\r\n"),
    "LF, then CR LF": _end(b"\n", b"\r\n"),
    "CR LF, then LF": _end(b"\r\n", b"\n"),
    "CR LF or LF": _end(b"\n", b"\r\n", b"\n"),
    "CR LF but for the last": lambda *_: _end(b"\r\n", b"\r\n")(*_).removesuffix(b"\r\n"),
    "no last newline": lambda *_: _end(b"\n", b"\n")(*_).removesuffix(b"\n"),
    "CR": _end(b"\r", b"\r"),
    "CR after the header": _end(b"\n", b"\r"),
    "CR, CR LF or LF": _end(b"\n", b"\r\n", b"\n", b"\r"),
    "CR CR LF": _end(b"\r\r\n", b"\r\r\n"),
    "CR CR LF after the header": _end(b"\n", b"\r\r\n"),
    "LF CR": _end(b"\n", b"\n\r"),
    "blank lines": _blank_lines,
}
# Nothing but the ends of lines is odd in these: every row loads.
WHOLE = tuple(NEWLINES)[:6]


def _place(rolled: Random, lines: _Lines) -> int:
    return rolled.randrange(1, len(lines))


def _replaced(lines: _Lines, place: int, *new: bytes, count: int = 1) -> bytes:
    return text([*lines[:place], *new, *lines[place + count :]])


def _on_one(added: bytes) -> Kind:
    def kind(rolled: Random, _: Table, lines: _Lines) -> bytes:
        place = _place(rolled, lines)
        return _replaced(lines, place, lines[place] + added)

    return kind


def _on_all(added: bytes, head: bytes = b"") -> Kind:
    return lambda _, __, lines: text([lines[0] + head, *(line + added for line in lines[1:])])


def _in_the_middle(added: bytes) -> Kind:
    def kind(rolled: Random, table: Table, lines: _Lines) -> bytes:
        place = rolled.randrange(len(table.columns) - 1)
        split = [line.split(b"\t") for line in lines]
        news = [b"source", *[added] * (len(lines) - 1)]
        return text(
            b"\t".join([*fields[:place], new, *fields[place:]])
            for fields, new in zip(split, news, strict=True)
        )

    return kind


SURPLUS: dict[str, Kind] = {"a column in the header alone": _on_all(b"", b"\tsource")}
for _name, _field in {"null": b"\\N", "empty": b"", "a text": b"x y"}.items():
    SURPLUS |= {
        f"a field on one line, {_name}": _on_one(b"\t" + _field),
        f"two fields on one line, {_name}": _on_one((b"\t" + _field) * 2),
        f"a field on all lines, {_name}": _on_all(b"\t" + _field),
        f"a column, {_name}": _on_all(b"\t" + _field, b"\tsource"),
        f"a column in the middle, {_name}": _in_the_middle(_field),
    }


def _lost_field(rolled: Random, _: Table, lines: _Lines, *, last: bool = False) -> bytes:
    place = _place(rolled, lines)
    fields = lines[place].split(b"\t")
    del fields[-1 if last else rolled.randrange(len(fields))]
    return _replaced(lines, place, b"\t".join(fields))


def _lost_column(rolled: Random, table: Table, lines: _Lines, *, head: bool) -> bytes:
    place = rolled.randrange(len(table.columns))
    split = [line.split(b"\t") for line in lines]
    for fields in split[0 if head else 1 :]:
        del fields[place]
    return text(b"\t".join(fields) for fields in split)


def _split(rolled: Random, _: Table, lines: _Lines, *, at: bytes = b"") -> bytes:
    place = _place(rolled, lines)
    line = lines[place]
    if at:
        cut = rolled.choice([n for n in range(len(line)) if line[n : n + 1] == at])
        return _replaced(lines, place, line[:cut], line[cut + 1 :])
    cut = rolled.randrange(len(line) + 1)
    return _replaced(lines, place, line[:cut], line[cut:])


def _merged(rolled: Random, _: Table, lines: _Lines, *, by: bytes) -> bytes:
    place = rolled.randrange(1, len(lines) - 1)
    return _replaced(lines, place, lines[place] + by + lines[place + 1], count=2)


def _merged_with_nulls(rolled: Random, table: Table, lines: _Lines) -> bytes:
    """DuckDB's reader drops what follows a row's end, if it is null."""
    return _on_one(b"\t\\N" * len(table.columns))(rolled, table, lines)


def _half(rolled: Random, _: Table, lines: _Lines) -> bytes:
    place = _place(rolled, lines)
    return _replaced(lines, place, lines[place][: rolled.randrange(len(lines[place]))])


BROKEN: dict[str, Kind] = {
    "a field lost": _lost_field,
    "the last field lost": partial(_lost_field, last=True),
    "a column lost": partial(_lost_column, head=True),
    "a column lost, not its name": partial(_lost_column, head=False),
    "a row split": _split,
    "a row split at a tab": partial(_split, at=b"\t"),
    "two rows as one": partial(_merged, by=b""),
    "two rows joined by a tab": partial(_merged, by=b"\t"),
    "a row and a row of nulls": _merged_with_nulls,
    "half a row": _half,
    "the last row cut": lambda _, __, lines: text(lines)[:-5],
    "a row's first field alone": lambda _, __, lines: text([*lines, lines[1].split(b"\t")[0]]),
    "a row twice": lambda _, __, lines: text([*lines, lines[1]]),
}
