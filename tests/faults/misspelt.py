"""Kinds of misspelt dumps: quotes, bytes that are no text, and headers that are another's."""

from collections.abc import Callable
from random import Random

from ingest.catalog import Table
from tests.faults.dumps import text
from tests.faults.misshapen import Kind
from tests.faults.oracles.verdict import BOM

_Lines = list[bytes]


def _text_place(table: Table) -> int:
    """The first column of text; the last one where a table has none."""
    forms = [column.form for column in table.columns]
    return forms.index("text") if "text" in forms else len(forms) - 1


def _spelt(*changes: Callable[[bytes], bytes], place: int | None = None) -> Kind:
    """The first lines have one field each changed: of text, or the given one."""

    def kind(_: Random, table: Table, lines: _Lines) -> bytes:
        made = list(lines)
        where = _text_place(table) if place is None else place
        for number, change in enumerate(changes, 1):
            fields = made[number].split(b"\t")
            fields[where] = change(fields[where])
            made[number] = b"\t".join(fields)
        return text(made)

    return kind


QUOTED: dict[str, Kind] = {
    "a quote first": _spelt(lambda field: b'"' + field),
    "a quote last": _spelt(lambda field: field + b'"'),
    "balanced over two rows": _spelt(lambda field: b'"' + field, lambda field: field + b'"'),
    "over two rows, in the last field": _spelt(
        lambda field: b'"' + field, lambda field: field + b'"', place=-1
    ),
    "within": _spelt(lambda field: field + b' "Ace" ' + field),
    "around": _spelt(lambda field: b'"' + field + b'"'),
    "around, doubled within": _spelt(lambda field: b'"' + field + b'""x"'),
    "around a tab": _spelt(lambda _: b'"a\tb"'),
    "around the whole row": lambda _, __, lines: text([*lines[:3], b'"' + lines[3] + b'"']),
    "around every field": lambda _, __, lines: text(
        [lines[0], *(b'"' + line.replace(b"\t", b'"\t"') + b'"' for line in lines[1:])]
    ),
    "single": _spelt(lambda field: b"'" + field, lambda field: field + b"'"),
    "nothing but quotes": _spelt(lambda _: b'"', lambda _: b'""', lambda _: b'"""'),
    "around the header": lambda _, __, lines: text([b'"' + lines[0] + b'"', *lines[1:]]),
}
_BYTES = {
    "a byte that no UTF-8 has": b"\xff",
    "a letter cut": b"\xc3",
    "Latin-1": b"Caf\xe9 x",
    "an overlong form": b"\xc0\x80",
    "half a surrogate pair": b"\xed\xa0\x80",
    "beyond Unicode": b"\xf4\x90\x80\x80",
    "NUL": b"\0",
    "a byte order mark within": BOM,
    "U+2028": "\u2028".encode(),
    "U+0085": "\u0085".encode(),
    "a noncharacter": "\uffff".encode(),
    "turned to the left": "\u202e".encode(),
    "a lone CR": b"a\rb",
    "a CR": b"\r",
    "Ctrl+Z": b"\x1a",
    "a form feed": b"\x0c\x0b",
    "a backslash": b"\\",
    "a backslash and N": b"\\n\\N",
    "a number sign": b"#",
}


def _bytes(odd: bytes) -> Kind:
    """Alone, before, behind and within; at a line's start and at its end."""
    in_field = (
        lambda _: odd, lambda field: odd + field, lambda field: field + odd,
        lambda field: field[:1] + odd + field[1:],
    )  # fmt: skip

    def kind(rolled: Random, table: Table, lines: _Lines) -> bytes:
        made = _spelt(*in_field)(rolled, table, lines).split(b"\n")[:-1]
        made[6], made[8] = odd + made[6], made[8] + odd
        return text(made)

    return kind


ODD_BYTES: dict[str, Kind] = {
    **{name: _bytes(odd) for name, odd in _BYTES.items()},
    "a byte order mark": lambda _, __, lines: BOM + text(lines),
    "two byte order marks": lambda _, __, lines: BOM * 2 + text(lines),
    "a byte order mark, Latin-1": lambda _, __, lines: BOM + text([*lines, b"\xe9"]),
    "UTF-16": lambda _, __, lines: text(lines).decode().encode("utf-16"),
    "UTF-16 without mark": lambda _, __, lines: text(lines).decode().encode("utf-16-le"),
    "NUL after the last row": lambda _, __, lines: text(lines) + bytes(300),
    "a backslash before each newline": lambda _, __, lines: text(
        [lines[0], *(line + b"\\" for line in lines[1:])]
    ),
}


def _header(change: Callable[[list[bytes]], list[bytes]]) -> Kind:
    return lambda _, __, lines: text([b"\t".join(change(lines[0].split(b"\t"))), *lines[1:]])


HEADERS: dict[str, Kind] = {
    "a column renamed": _header(lambda names: [*names[:-1], b"renamed"]),
    "the first renamed": _header(lambda names: [b"renamed", *names[1:]]),
    "in capitals": _header(lambda names: [name.upper() for name in names]),
    "two columns swapped": _header(lambda names: [names[1], names[0], *names[2:]]),
    "from right to left": _header(lambda names: names[::-1]),
    "absent": lambda _, __, lines: text(lines[1:]),
    "after a blank line": lambda _, __, lines: text([b"", *lines]),
    "after a row": lambda _, __, lines: text([lines[1], lines[0], *lines[2:]]),
    "twice": lambda _, __, lines: text([lines[0], *lines]),
    "alone": lambda _, __, lines: text(lines[:1]),
    "padded": _header(lambda names: [b" " + names[0], *names[1:]]),
    "of commas": lambda _, __, lines: text([lines[0].replace(b"\t", b","), *lines[1:]]),
    "one name twice": _header(lambda names: [*names, names[0]]),
    "a name lost": _header(lambda names: names[:-1]),
    "a name empty": _header(lambda names: [*names[:-1], b""]),
    "a tab at its end": _header(lambda names: [*names, b""]),
    "a byte that is no text": _header(lambda names: [*names[:-1], names[-1] + b"\xff"]),
    "a row of CRs at its end": lambda _, __, lines: text(
        [lines[0] + b"\tsource\r" + lines[1], *lines[2:]]
    ),
    "of five megabytes": lambda _, __, lines: text(
        [lines[0] + b"\t" + b"x\xc3\xa9yz" * 1_000_000, *lines[1:]]
    ),
    "nothing at all": lambda *_: b"",
    "a page": lambda *_: b"<!doctype html>\n<html><body>503</body></html>\n",
}
