"""What loading a dump must give, in plain Python: slow, obvious, and written on its own."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from ingest.catalog import Table
from ingest.dialect import TSV, Dialect

MAX_LINE_BYTES = 4_194_304
BAD = object()
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the lake's instants have no zone: they are UTC
Row = tuple[object, ...]
Reject = tuple[int, str | None, str, bytes]


def _matched(pattern: str, read: Callable[[str], object]) -> Callable[[str], object]:
    return lambda text: read(text) if re.fullmatch(pattern, text, re.ASCII) else BAD


def _id(prefix: str) -> str:
    return f"{prefix}(?:[0-9]{{7}}|[1-9][0-9]{{7,16}})"


def _ids(prefix: str) -> Callable[[str], object]:
    def read(text: str) -> object:
        parts = text.split(",") if text else []
        whole = all(re.fullmatch(_id(prefix), part, re.ASCII) for part in parts)
        return [int(part[2:]) for part in parts] if whole else BAD

    return read


def _texts(separator: str) -> Callable[[str], object]:
    def read(text: str) -> object:
        parts = text.split(separator) if text else []
        return parts if all(parts) else BAD

    return read


def _halves(text: str) -> object:
    spelled = {f"{halves / 2:g}" for halves in range(1, 11)}
    spelled |= {f"{halves / 2:.1f}" for halves in range(1, 11)}
    return Decimal(text) if text in spelled else BAD


def _json(text: str) -> object:
    quoted = len(text) > 2 and text[0] == text[-1] == '"'
    if quoted and '"' in text[1:-1].replace('""', ""):
        return BAD
    try:
        value = json.loads(text[1:-1].replace('""', '"') if quoted else text)
        # JSON can spell half of a surrogate pair, which no UTF-8 text can hold.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # arrays so deep in one another are no texts
        return BAD
    fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return value if fits else BAD


READ: dict[str, Callable[[str], object]] = {
    "text": lambda text: text,
    "whole": _matched("[0-9]{1,9}", int),
    "year": _matched("[0-9]{1,4}", int),
    "flag": _matched("[01]", lambda text: text == "1"),
    "rating": _matched(r"[0-9]{1,2}(?:\.[0-9])?", Decimal),
    "long": _matched("[0-9]{1,18}", int),
    "half_stars": _halves,
    "ten_stars": lambda text: Decimal(text) if text in set(map(str, range(11))) else BAD,
    "epoch": _matched("[0-9]{1,10}", lambda text: EPOCH + timedelta(seconds=int(text))),
    "title_number": _matched(_id(""), int),
    "title_id": _matched(_id("tt"), lambda text: int(text[2:])),
    "person_id": _matched(_id("nm"), lambda text: int(text[2:])),
    "title_ids": _ids("tt"),
    "person_ids": _ids("nm"),
    "comma_texts": _texts(","),
    "stx_texts": _texts("\x02"),
    "json_texts": _json,
}
COMPLAINTS = {
    "whole": "not a whole number of at most nine digits",
    "year": "not a year of at most four digits",
    "flag": "not 0 or 1",
    "rating": "not a rating with at most one decimal",
    "long": "not a whole number of at most eighteen digits",
    "half_stars": "not a rating from 0.5 to 5 in halves",
    "ten_stars": "not a whole rating from 0 to 10",
    "epoch": "not seconds since 1970",
    "title_number": "not the digits of a title id, seven or more",
    "title_id": "not a title id (tt and seven or more digits)",
    "person_id": "not a person id (nm and seven or more digits)",
    "title_ids": "not a comma-separated list of title ids",
    "person_ids": "not a comma-separated list of person ids",
    "comma_texts": "not a comma-separated list: it has an empty element",
    "stx_texts": "not a list separated by 0x02: it has an empty element",
    "json_texts": "not a JSON array of strings",
}


_FIELD = rb'(?:"(?:[^"]|"")*"|[^",\n]*)'
_RECORD = re.compile(rb"%s(?:,%s)*\r?\n" % (_FIELD, _FIELD))


def _records(text: bytes, dialect: Dialect) -> Iterator[tuple[int, bytes, bool]]:
    """Each record's first line number, its bytes, and whether a quote tore it."""
    place, number = 0, 1
    while place < len(text):
        end = text.find(b"\n", place)
        is_torn = False
        if dialect.quote:
            found = _RECORD.match(text, place)
            last = found.end() - 1 if found else -1
            is_torn = last < 0 or (last - place > MAX_LINE_BYTES and last > end)
            end = end if is_torn else last
        raw = text[place:end]
        yield number, raw, is_torn
        place, number = end + 1, number + raw.count(b"\n") + 1


def _fields(text: str, dialect: Dialect) -> list[str]:
    if not dialect.quote:
        return text.split(dialect.delimiter)
    fields = re.findall(r',("(?:[^"]|"")*"|[^",]*)', f",{text}")
    return [one[1:-1].replace('""', '"') if one.startswith('"') else one for one in fields]


def _judge(
    table: Table, names: list[str], raw: bytes, dialect: Dialect
) -> Row | tuple[str | None, str]:
    """The row, or (column, reason) as a pair of texts."""
    if len(raw) > MAX_LINE_BYTES:
        return None, f"longer than {MAX_LINE_BYTES} bytes"
    try:
        text = raw.decode("utf-8").removesuffix("\r")
    except UnicodeDecodeError:
        return None, "not valid UTF-8"
    if not text:
        return None, "a blank line"
    fields = _fields(text, dialect)
    if len(fields) != len(names):
        return None, f"{len(fields)} fields, expected {len(names)}"
    by_name = dict(zip(names, fields, strict=True))
    row: list[object] = []
    for column in table.columns:
        field = by_name[column.name]
        value = None if field == dialect.null else READ[column.form](field)
        if value is BAD:
            return column.name, COMPLAINTS[column.form]
        if value is None and column.required:
            return column.name, "no value"
        row.append(value)
    return ("row", *row)


def judged(
    table: Table, text: bytes, dialect: Dialect
) -> Iterator[tuple[int, bytes, Row | tuple[str | None, str]]]:
    """Every record after the header: its line, its bytes, and its row or (column, reason)."""
    text = text.removeprefix(b"\xef\xbb\xbf")
    found = list(_records(text if text.endswith(b"\n") else text + b"\n", dialect))
    names = [column.name for column in table.columns]
    if dialect.has_header:
        header = found.pop(0)[1].decode("utf-8", "backslashreplace").removesuffix("\r")
        names = _fields(header, dialect)
    for number, raw, is_torn in found:
        if is_torn and len(raw) <= MAX_LINE_BYTES:
            yield number, raw, (None, "a quote is out of place, or never closes")
        else:
            yield number, raw, _judge(table, names, raw, dialect)


def outcome(table: Table, text: bytes, dialect: Dialect = TSV) -> tuple[list[Row], list[Reject]]:
    """The rows that load and the records that do not, in the file's order."""
    places = [[column.name for column in table.columns].index(name) for name in table.key]
    seen: dict[Row, tuple[int, Row]] = {}
    rejected: list[Reject] = []
    for number, raw, verdict in judged(table, text, dialect):
        if verdict[0] != "row":
            rejected.append((number, verdict[0], str(verdict[1]), raw))  # type: ignore[arg-type]
            continue
        row = verdict[1:]
        key = tuple(row[place] for place in places)
        if key in seen:
            first, kept = seen[key]
            reason = (
                f"the same as line {first}"
                if kept == row
                else f"repeats the key of line {first} with other values"
            )
            rejected.append((number, ", ".join(table.key), reason, raw))
        else:
            seen[key] = (number, row)
    return [row for _, row in seen.values()], rejected
