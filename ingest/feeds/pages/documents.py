"""Documents: what is in a landed file, one page or an archive of the web, each with what is known.

An archive is WARC (ISO 28500), or WET, which Common Crawl makes of it: the text alone, in records
of type `conversion`. FastWARC reads the records; the bytes under it are decoded, checked and
bounded as every feed's are.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import IO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from ingest import source
from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.feeds.pages.parse import LARGEST
from ingest.parts import Arrived
from ingest.records import read_exactly

_ARCHIVES = (".warc", ".wet")
_TEXTS, _HTMLS = (".txt",), (".html", ".htm")
_PAGES = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
# Records that hold no page. Any other that is none is rejected: damage may have made it so.
_BESIDE = (
    WarcRecordType.warcinfo | WarcRecordType.request | WarcRecordType.metadata
    | WarcRecordType.revisit
)  # fmt: skip
_MAX_HEADER_BYTES = 1 << 16
# `tt0086425__20141022T014450__….html`, and a web archive's 20141022014450.
_INSTANT = re.compile(r"(?<!\d)((?:19|20)\d{6})T?(\d{6})Z?(?!\d)")
_NAMED = re.compile(r"tt(\d{1,18})(?!\d)")
_INFLATED = ("gzip", "x-gzip", "deflate")
_TOO_LARGE = f"the document is larger than {LARGEST:,} bytes: no title page is"
_CUT = "the record is cut short"


@dataclass(frozen=True, slots=True)
class Document:
    """One document; `number` counts from 1 in its file. With a `problem`, it cannot be read.

    `captured_at` is UTC. `named_id` is IMDb's number in the name that a person gave the file.
    """

    number: int
    data: bytes
    is_html: bool
    url: str | None = None
    captured_at: datetime | None = None
    named_id: int | None = None
    problem: str | None = None


def read(arrived: Arrived) -> Iterator[Document]:
    """Every document of a file, in order; no more than one is held.

    Raises:
        SourceChangedError: a file of no known kind, or an archive without a record.
        SourceDamagedError: a gzip or an archive that is cut short or altered.
    """
    kind = _kind(arrived.name)
    with source.opened(arrived.path, name=arrived.name) as handle:
        if kind in _ARCHIVES:
            yield from _records(handle, arrived)
        else:
            yield _whole(handle, arrived, is_html=kind in _HTMLS)


def _kind(name: str) -> str:
    plain = name.casefold().removesuffix(".gz")
    for kind in (*_ARCHIVES, *_TEXTS, *_HTMLS):
        if plain.endswith(kind):
            return kind
    raise SourceChangedError(
        name, "no page and no archive of pages", "Read are txt, html, warc, wet"
    )


def _whole(handle: IO[bytes], arrived: Arrived, *, is_html: bool) -> Document:
    data = read_exactly(handle, LARGEST + 1)
    name = arrived.name.rpartition("/")[2]
    stamp, named = _INSTANT.search(name), _NAMED.match(name)
    return Document(
        number=1,
        data=data[:LARGEST],
        is_html=is_html,
        captured_at=_instant("".join(stamp.groups())) if stamp else None,
        named_id=int(named[1]) if named else None,
        problem=_TOO_LARGE if len(data) > LARGEST else None,
    )


def _instant(digits: str) -> datetime | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S")  # noqa: DTZ007 - the lake's are UTC
    except ValueError:
        return None


def _records(handle: IO[bytes], arrived: Arrived) -> Iterator[Document]:
    number = 0
    try:
        archive = ArchiveIterator(
            handle,
            record_types=WarcRecordType.any_type,
            parse_http=False,
            max_header_len=_MAX_HEADER_BYTES,
            stream_detect=False,
        )
        pages = (record for record in archive if not record.record_type & _BESIDE)
        for number, record in enumerate(pages, 1):
            yield _document(record, number)
    except (OSError, ValueError) as error:
        raise SourceDamagedError(
            arrived.name,
            f"no whole archive of the web, after {number} records ({error})",
            "The file was cut short or altered on its way: fetch it again",
        ) from error
    if not number:
        raise SourceChangedError(
            arrived.name,
            "it holds no record of a page",
            "WARC records of type response or resource, or WET's of type conversion, are read",
        )


def _document(record: WarcRecord, number: int) -> Document:
    url, when = record.headers.get("WARC-Target-URI"), record.record_date
    document = partial(
        Document,
        number,
        url=url.strip("<>") if url else None,
        captured_at=_utc(when) if when else None,
    )
    if problem := _not_whole(record):
        return document(data=b"", is_html=False, problem=problem)
    if record.content_length > LARGEST:
        return document(data=b"", is_html=False, problem=_TOO_LARGE)
    block = record.reader.read()
    if len(block) < record.content_length:
        return document(data=block, is_html=False, problem=_CUT)
    if record.record_type != WarcRecordType.response:
        kind = (record.headers.get("Content-Type") or "text/plain").casefold()
        return document(data=block, is_html="html" in kind, problem=_not_text(kind))
    data, kind, problem = _answer(block)
    return document(data=data, is_html="html" in kind, problem=problem)


def _not_whole(record: WarcRecord) -> str | None:
    """Why a record holds no page, or a part of one, as far as its header says."""
    if "WARC-Segment-Number" in record.headers:
        return "the crawl parted it into several records"
    if not record.record_type & _PAGES:
        return f"the record's type is {(record.headers.get('WARC-Type') or 'not said')[:60]}"
    return "the crawl kept only a part of it" if "WARC-Truncated" in record.headers else None


def _answer(block: bytes) -> tuple[bytes, str, str | None]:
    """The body of an HTTP response, its type, and why it is no page."""
    # A record of its own: one that fails to decode takes the archive's reader with it.
    record = WarcRecord()
    record.set_bytes_content(block)
    record.is_http = True
    try:
        # What FastWARC inflates may end anywhere; a page that was cut must not pass for a whole.
        record.parse_http(auto_decode="transfer")
        data = _inflated(record, block)
    except (OSError, ValueError, zlib.error) as error:
        return block, "", f"its HTTP answer cannot be decoded ({error})"
    headers = record.http_headers
    status = headers.status_code if headers else None
    kind = (record.http_content_type or "text/html").casefold()
    if status != 200:
        return data, kind, f"its HTTP answer has the status {status}"
    if len(data) > LARGEST:
        return b"", kind, _TOO_LARGE
    return data, kind, _not_text(kind)


def _inflated(record: WarcRecord, block: bytes) -> bytes:
    """At most `LARGEST` bytes and one; ValueError where the compressed text has no end."""
    said = record.http_headers.get("Content-Encoding") if record.http_headers else None
    encoding = (said or "").strip().casefold()
    if encoding in ("", "identity"):
        return bytes(record.reader.read(LARGEST + 1))
    if encoding in _INFLATED:
        packed = record.reader.read()
        inflate = zlib.decompressobj(_window(packed))
        data = inflate.decompress(packed, LARGEST + 1)
        if not inflate.eof and len(data) <= LARGEST:
            raise ValueError("it is cut short")
        return data
    other = WarcRecord()
    other.set_bytes_content(block)
    other.is_http = True
    other.parse_http(auto_decode="all")
    return bytes(other.reader.read(LARGEST + 1))


def _window(packed: bytes) -> int:
    """Of gzip and zlib by their headers; of the bare stream that some servers call deflate."""
    is_zlib = packed[:1] == b"\x78" and int.from_bytes(packed[:2], "big") % 31 == 0
    return 32 + zlib.MAX_WBITS if is_zlib or packed[:2] == b"\x1f\x8b" else -zlib.MAX_WBITS


def _utc(when: datetime) -> datetime | None:
    """None for an instant that only another time zone's calendar has."""
    try:
        return when.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return None


def _not_text(kind: str) -> str | None:
    is_text = kind.startswith("text/") or "html" in kind
    return None if is_text else f"the document is {kind[:60]}, no page"
