"""What files of title pages hold: their documents, and every word that a capture may have."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from tests.faults.loads import Outcome, Row
from tests.faults.oracles.verdict import BOM, decoded

_PASSED = (b"warcinfo", b"request", b"metadata", b"revisit")
# What is said otherwise than the page says it: codes, sums, and lists that are put together anew.
_CODED = {
    "captures": {"title_type", "layout", "url", "source_file", "countries", "languages", "genres"},
    "facts": {"fact_kind"},
    "credits": {"category", "job"},
    "releases": {"country_code", "date_precision"},
    "amounts": {"amount_kind", "area", "currency_code"},
    "also_liked": {"title_type", "genres"},
}
_COUNTED = {"award_win_count", "award_nomination_count", "season_count"}


class TornError(Exception):
    """An archive of the web that is not whole: readers differ in what they make of it."""


def documents(files: Mapping[str, bytes]) -> dict[str, list[bytes]]:
    """Every document of each file, or the record of the web around it; torn archives are left out.

    Raises:
        RefusedError: a file is no gzip, though its name says so.
    """
    found = {}
    for name, data in files.items():
        with suppress(TornError):
            found[name] = _documents(name, data)
    return found


def _documents(name: str, data: bytes) -> list[bytes]:
    text = decoded(name, data)
    return _records(text) if ".warc" in name else [text]


def _records(text: bytes) -> list[bytes]:
    """Whole records of an archive that may hold a page."""
    found, place = [], 0
    while place < len(text):
        head, gap, _ = text[place:].partition(b"\r\n\r\n")
        size = re.search(rb"\r\nContent-Length: (\d{1,9})(?=\r\n|$)", head)
        if not (head.startswith((b"WARC/1.0\r\n", b"WARC/1.1\r\n")) and gap and size):
            raise TornError
        if head.count(b"Content-Length") > 1 or head.count(b"WARC-Type") > 1 or b"\0" in head:
            raise TornError
        start = place + len(head) + 4
        place = start + int(size[1])
        kind = re.search(rb"\r\nWARC-Type: ([^\r]*)", head)
        if text[place : place + 4] != b"\r\n\r\n":
            raise TornError
        if not (kind and kind[1] in _PASSED):
            found.append(head + text[start:place])
        place += 4
    return found


def _miscounted(capture: Row, text: bytes) -> Iterator[str]:
    """Lines that are none of the text, or too few of them."""
    lines = [" ".join(one.replace("\0", "").split())
             for one in text.decode("utf-8-sig").splitlines()]  # fmt: skip
    if capture["line_count"] != sum(map(bool, lines)):
        yield f"{capture['line_count']} lines, of {sum(map(bool, lines))}"
    for one in capture["unparsed_lines"]:
        if one not in lines:
            yield f"no line of the text: {one!r}"


def altered(got: Outcome, capture: Row, document: bytes) -> Iterator[str]:
    """Words of a capture that its document does not hold; broken markup may join two of them."""
    is_text = ".txt" in capture["source_file"]
    if is_text:
        yield from _miscounted(capture, document)
    views = _views(document)
    for place, words in _said(got, capture["capture_id"]):
        for word in words:
            if not (_holds(views, word) or (not is_text and _holds_parts(views, word))):
                yield f"{place}: {word!r} of {words} is nowhere"


def _said(got: Outcome, capture: int) -> Iterator[tuple[str, list[str]]]:
    """What the lake has in a page's own words: the column, and the words."""
    for table, rows in got.tables.items():
        for row in (one for one in rows if one["capture_id"] == capture):
            for column, value in row.items():
                if column not in _CODED.get(table, ()) and row.get("fact_kind") not in _COUNTED:
                    yield f"{table}.{column}", _words(value)


def _words(value: object) -> list[str]:
    texts = value if isinstance(value, list) else [value]
    return [word for text in texts if isinstance(text, str) for word in re.findall(r"\w+", text)]


def _holds(views: Sequence[str], word: str) -> bool:
    return any(word in view for view in views)


def _holds_parts(views: Sequence[str], word: str) -> bool:
    return any(_holds(views, word[:at]) and _holds(views, word[at:]) for at in range(1, len(word)))


def _views(document: bytes) -> list[str]:
    """The document as a reader may see it: with and without markup and escapes."""
    found = []
    for encoding in ("utf-8", "cp1252", "utf-16"):
        text = document.removeprefix(BOM).decode(encoding, "replace").replace("\0", "")
        plain = re.sub(r"<!--.*?-->|<[^>]*>", "", text)
        found += [
            plain,
            html.unescape(plain),
            html.unescape(text),
            html.unescape(re.sub("<[^>]*>", " ", text)),
        ]
    return found
