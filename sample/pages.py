"""Invented title pages of IMDb's sample titles: text, HTML of three layouts, WARC and WET."""

import gzip
import io
import json
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from fastwarc.warc import WarcRecord, WarcRecordType

from sample import gzip_file, page_layouts
from sample.imdb import MARK
from sample.page_facts import Subject, subjects

WARC, WET = "crawl.warc.gz", "crawl.warc.wet.gz"
UNTITLED, OTHER = "untitled.txt", "no-title-page.html"
# Films and mini series that pages are of; the last of them are in archives.
EACH = 18
_LIKED = 6
_LAYOUTS: Sequence[Callable[[Subject, Sequence[Subject]], str]] = (
    page_layouts.overview_top,
    page_layouts.title_wrapper,
    page_layouts.new,
)
# When each layout was IMDb's, and when the archives were crawled.
_YEARS = (2014, 2018, 2022)
_CRAWLED = datetime(2019, 5, 17, 4, tzinfo=UTC)
_OTHER = """<!DOCTYPE html><html><head><title>Tide tables</title></head><body>
<h1>Tide tables</h1><p>High water at a quarter past six.</p></body></html>
"""
Record = tuple[WarcRecordType, str, str, bytes]


def generate(imdb: Path, out: Path, *, seed: int = 1) -> dict[str, int]:
    """Writes about forty pages into a folder.

    Args:
        imdb: a folder with the sample's title.basics, title.akas, title.ratings, title.principals
            and name.basics.
        out: the folder, made if need be; files of the same names are replaced.
        seed: another seed, other words and dates.

    Returns:
        Documents by file name.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text(json.dumps({"seed": seed}), "utf-8")
    dice = Random(seed)  # noqa: S311 - invented, not secret
    titles = subjects(imdb, dice, EACH)
    liked = {one.tconst: dice.sample(titles, min(_LIKED, len(titles))) for one in titles}
    films = [one for one in titles if one.title_type == "movie"]
    series = [one for one in titles if one.title_type != "movie"]
    counts = {}
    for one in [*series[-2:], *films[:3]]:
        counts[f"{one.tconst}.txt"] = _write(
            out / f"{one.tconst}.txt", page_layouts.text(one, liked[one.tconst])
        )
    # A page without a title is found by its alias.
    first = next((one for one in [*series, *films] if one.alias), titles[0])
    counts[UNTITLED] = _write(
        out / UNTITLED, page_layouts.text(first, liked[first.tconst], without_title=True)
    )
    counts[OTHER] = _write(out / OTHER, _OTHER)
    for at, one in enumerate([*series[:6], *films]):
        name, page = _saved(one, liked[one.tconst], at, dice)
        name += ".gz" * (at % 4 > 0)
        counts[name] = _write(out / name, page)
    crawled = [one for one in films if one.year < _CRAWLED.year][-6:]
    counts[WARC] = _write_archive(out / WARC, _answers(crawled, liked))
    counts[WET] = _write_archive(out / WET, _texts(crawled[-4:], liked))
    return counts


def _saved(one: Subject, liked: Sequence[Subject], at: int, dice: Random) -> tuple[str, str]:
    """A page as a person saved it the year after the title's, or later: its name and its HTML."""
    known = [place for place, year in enumerate(_YEARS) if year > one.year]
    layout = known[at % len(known)] if known else len(_YEARS) - 1
    when = datetime(max(_YEARS[layout], one.year + 1), 1, 1, tzinfo=UTC)
    when += timedelta(hours=dice.randrange(8000))
    name = f"{one.tconst}__{when:%Y%m%dT%H%M%S}__{dice.randrange(1 << 32):08x}.html"
    return name, _LAYOUTS[layout](one, liked)


def _write(path: Path, text: str) -> int:
    if path.suffix == ".gz":
        gzip_file.write(path, [text.encode()])
    else:
        path.write_text(text, "utf-8", newline="\n")
    return 1


def _address(one: Subject) -> str:
    return f"https://www.imdb.com/title/{one.tconst}/"


def _answers(titles: Sequence[Subject], liked: dict[str, list[Subject]]) -> list[Record]:
    """What a crawl asked for and what came back, some of it packed, some in chunks."""
    records: list[Record] = [
        (WarcRecordType.warcinfo, "", "application/warc-fields", b"software: arthouse sample\r\n")
    ]
    for at, one in enumerate(titles):
        body = page_layouts.title_wrapper(one, liked[one.tconst]).encode()
        path = f"/title/{one.tconst}/"
        asked = f"GET {path} HTTP/1.1\r\nHost: www.imdb.com\r\n\r\n".encode()
        records.append(
            (WarcRecordType.request, _address(one), "application/http; msgtype=request", asked)
        )
        records.append(
            (
                WarcRecordType.response,
                _address(one),
                "application/http; msgtype=response",
                _answer(body, is_packed=at % 2 == 0, is_chunked=at % 3 == 0),
            )
        )
    gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<h1>404</h1>"
    kind = "application/http; msgtype=response"
    records.append((WarcRecordType.response, "https://www.imdb.com/title/tt1/", kind, gone))
    return records


def _answer(body: bytes, *, is_packed: bool, is_chunked: bool) -> bytes:
    headers = ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8"]
    if is_packed:
        body = gzip.compress(body, mtime=0)
        headers.append("Content-Encoding: gzip")
    if is_chunked:
        half = len(body) // 2
        parts = (body[:half], body[half:], b"")
        body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
        headers.append("Transfer-Encoding: chunked")
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + body


def _texts(titles: Sequence[Subject], liked: dict[str, list[Subject]]) -> list[Record]:
    """The text alone, as Common Crawl keeps it."""
    records: list[Record] = [
        (
            WarcRecordType.conversion,
            _address(one),
            "text/plain",
            page_layouts.text(one, liked[one.tconst]).encode(),
        )
        for one in titles
    ]
    tides = (
        "https://tides.example/",
        "text/plain",
        b"Tide tables\nHigh water at a quarter past six.",
    )
    return [*records, (WarcRecordType.conversion, *tides)]


def _write_archive(path: Path, records: Sequence[Record]) -> int:
    """Writes each record as a gzip member of its own, as the format wants; how many are pages."""
    with path.open("wb") as file:
        for at, (kind, address, content, block) in enumerate(records):
            record = WarcRecord()
            record.init_headers(
                kind, uuid.uuid5(uuid.NAMESPACE_URL, f"{address} {at}").urn[4:].encode()
            )
            when = _CRAWLED + timedelta(minutes=at)
            record.headers["WARC-Date"] = f"{when:%Y-%m-%dT%H:%M:%SZ}"
            record.headers["Content-Type"] = content
            if address:
                record.headers["WARC-Target-URI"] = address
            record.set_bytes_content(block)
            plain = io.BytesIO()
            record.write(plain)
            file.write(gzip.compress(plain.getvalue(), mtime=0))
    pages = (WarcRecordType.response, WarcRecordType.conversion)
    return sum(kind in pages for kind, *_ in records)
