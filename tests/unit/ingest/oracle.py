"""What loading a dump must give, in plain Python: slow, obvious, and written on its own."""

import json
import re
from collections.abc import Callable
from decimal import Decimal

from ingest.catalog import Table

MAX_LINE_BYTES = 4_194_304
BAD = object()
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


def _json(text: str) -> object:
    quoted = len(text) > 2 and text[0] == text[-1] == '"'
    if quoted and '"' in text[1:-1].replace('""', ""):
        return BAD
    try:
        value = json.loads(text[1:-1].replace('""', '"') if quoted else text)
        # JSON can spell half of a surrogate pair, which no UTF-8 text can hold.
        json.dumps(value, ensure_ascii=False).encode()
    except ValueError:
        return BAD
    fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return value if fits else BAD


READ: dict[str, Callable[[str], object]] = {
    "text": lambda text: text,
    "whole": _matched("[0-9]{1,9}", int),
    "year": _matched("[0-9]{1,4}", int),
    "flag": _matched("[01]", lambda text: text == "1"),
    "rating": _matched(r"[0-9]{1,2}(?:\.[0-9])?", Decimal),
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
    "title_id": "not a title id (tt and seven or more digits)",
    "person_id": "not a person id (nm and seven or more digits)",
    "title_ids": "not a comma-separated list of title ids",
    "person_ids": "not a comma-separated list of person ids",
    "comma_texts": "not a comma-separated list: it has an empty element",
    "stx_texts": "not a list separated by 0x02: it has an empty element",
    "json_texts": "not a JSON array of strings",
}


def _judge(table: Table, width: int, raw: bytes) -> Row | tuple[str | None, str]:
    """The row, or (column, reason) as a pair of texts."""
    if len(raw) > MAX_LINE_BYTES:
        return None, f"longer than {MAX_LINE_BYTES} bytes"
    try:
        text = raw.decode("utf-8").removesuffix("\r")
    except UnicodeDecodeError:
        return None, "not valid UTF-8"
    if not text:
        return None, "a blank line"
    fields = text.split("\t")
    if len(fields) != width:
        return None, f"{len(fields)} fields, expected {width}"
    row: list[object] = []
    for column, field in zip(table.columns, fields, strict=False):
        value = None if field == "\\N" else READ[column.form](field)
        if value is BAD:
            return column.name, COMPLAINTS[column.form]
        if value is None and column.required:
            return column.name, "no value"
        row.append(value)
    return ("row", *row)


def outcome(table: Table, text: bytes) -> tuple[list[Row], list[Reject]]:
    """The rows that load and the lines that do not, in the file's order."""
    header, *lines = text.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    width = header.count(b"\t") + 1
    places = [[column.name for column in table.columns].index(name) for name in table.key]
    seen: dict[Row, tuple[int, Row]] = {}
    rejected: list[Reject] = []
    for number, raw in enumerate(lines, start=2):
        judged = _judge(table, width, raw)
        if judged[0] != "row":
            rejected.append((number, judged[0], str(judged[1]), raw))  # type: ignore[arg-type]
            continue
        row = judged[1:]
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
