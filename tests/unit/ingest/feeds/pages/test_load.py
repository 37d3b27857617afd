"""Files of title pages: what is in each kind, and what becomes of what is no title page."""

import gzip
import io
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.feeds.pages.parse import LARGEST
from tests.unit.ingest.feeds.pages.page_files import load

ROOT = Path(__file__).resolve().parents[5]
TEXT = (ROOT / "tests/fixtures/pages/the-long-ebb.txt").read_bytes()
HTML = b"""<html><head><title>Lamp (1999) - IMDb</title>
<link rel="canonical" href="http://www.imdb.com/title/tt0000012/"></head>
<body><div id="overview-top"><h1 class="header"><span itemprop="name">Lamp</span>
<span class="nobr">(<a href="/year/1999/">1999</a>)</span></h1></div>
<h2>Storyline</h2><p>A lamp is lit.</p>
<div><h4 class="inline">Country:</h4> <a href="/country/ca">Canada</a></div></body></html>"""
CAPTURED = datetime.fromisoformat("2014-10-22 01:44:50")
URL = "http://www.imdb.com/title/tt0000012/"


class Archive:
    """A WARC of records, as a crawler writes one."""

    def __init__(self, *, packed: bool = True) -> None:
        self._raw = io.BytesIO()
        self._writer = WARCWriter(self._raw, gzip=packed)

    def answer(
        self, body: bytes, url: str = URL, *, status: str = "200 OK", **headers: str
    ) -> "Archive":
        named = {
            "Content-Type": "text/html",
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        said = StatusAndHeaders(status, list(named.items()), protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=said,
            warc_headers_dict={"WARC-Date": "2014-10-22T01:44:50Z"},
        )  # fmt: skip
        self._writer.write_record(record)
        return self

    def text(self, body: bytes, url: str = URL) -> "Archive":
        record = self._writer.create_warc_record(
            url, "conversion", payload=io.BytesIO(body), warc_content_type="text/plain",
            warc_headers_dict={"WARC-Date": "2016-01-09T10:17:40Z"},
        )  # fmt: skip
        self._writer.write_record(record)
        return self

    def request(self) -> "Archive":
        record = self._writer.create_warc_record(
            URL, "request", payload=io.BytesIO(b""),
            http_headers=StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True),
        )  # fmt: skip
        self._writer.write_record(record)
        return self

    def bytes(self) -> bytes:
        return self._raw.getvalue()


def test_a_text_is_a_capture(tmp_path: Path) -> None:
    got = load(tmp_path, {"the-long-ebb.txt": TEXT})
    [capture] = got.captures
    assert capture["capture_id"] < 0
    assert (capture["layout"], capture["title"], capture["url"]) == ("text", None, None)
    assert capture["genres"] == ["Adventure", "Sci-Fi"]
    [amount] = got.tables["amounts"]
    assert (amount["amount"], amount["currency_code"]) == (4_500_000, "CAD")
    credits_ = got.tables["credits"]
    assert [row["credit_order"] for row in credits_] == list(range(1, len(credits_) + 1))
    keyed = {row["person_key"] for row in credits_ if row["person_name"]}
    assert len(keyed) == 2
    assert all(key < 0 for key in keyed)
    assert {row["person_key"] for row in credits_ if not row["person_name"]} == {None}


def test_a_saved_page_may_have_its_instant_in_its_name(tmp_path: Path) -> None:
    name = "saved/tt0000012__20141022T014450__abc.html.gz"
    [capture] = load(tmp_path, {name: gzip.compress(HTML)}).captures
    assert capture["captured_at"] == CAPTURED
    assert (capture["imdb_title_id"], capture["title"], capture["release_year"]) == (
        12, "Lamp", 1999,
    )  # fmt: skip
    assert capture["countries"] == ["CA"]


def test_a_name_gives_the_id_that_a_page_does_not(tmp_path: Path) -> None:
    [capture] = load(tmp_path, {"tt0000034.txt": TEXT}).captures
    assert (capture["imdb_title_id"], capture["captured_at"]) == (34, None)


@pytest.mark.parametrize("name", ["1.txt", "tt0000012__20149999T999999.html", "tt.htm"])
def test_a_name_that_says_nothing_is_no_fault(tmp_path: Path, name: str) -> None:
    [capture] = load(tmp_path, {name: HTML if "htm" in name else TEXT}).captures
    assert capture["captured_at"] is None


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_has_a_document_for_each_answer(tmp_path: Path, packed: bool) -> None:
    archive = Archive(packed=packed).request().answer(HTML).answer(HTML, "https://example.org/")
    got = load(tmp_path, {f"crawl.warc{'.gz' * packed}": archive.bytes()})
    [capture] = got.captures
    assert (capture["url"], capture["record_number"]) == (URL, 1)
    assert capture["captured_at"] == CAPTURED
    assert [(line, raw) for _, line, _, raw, _ in got.rejected] == [(2, b"https://example.org/")]
    assert got.loads[0].received_count == 2


def test_the_text_of_a_crawl_has_its_address(tmp_path: Path) -> None:
    got = load(tmp_path, {"crawl.warc.wet.gz": Archive().text(TEXT).text(b"Elsewhere").bytes()})
    [capture] = got.captures
    assert (capture["imdb_title_id"], capture["layout"]) == (12, "text")
    assert got.reasons == ["the headings of a title page, in English, are not on it"]


def test_an_answer_is_decoded_as_its_headers_say(tmp_path: Path) -> None:
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(HTML), HTML)
    archive = (
        Archive()
        .answer(gzip.compress(HTML), Content_Encoding="gzip")
        .answer(chunked, f"{URL}?a", Transfer_Encoding="chunked")
        .answer(b"not gzip", f"{URL}?b", Content_Encoding="gzip")
        .answer(b"<html>gone</html>", f"{URL}?c", status="404 Not Found")
        .answer(b"\x89PNG", f"{URL}?d", Content_Type="image/png")
    )
    got = load(tmp_path, {"crawl.warc.gz": archive.bytes()})
    assert [row["title"] for row in got.captures] == ["Lamp", "Lamp"]
    assert [line for _, line, *_ in got.rejected] == [3, 4, 5]
    assert got.reasons[1:] == [
        "its HTTP answer has the status 404",
        "the document is image/png, no page",
    ]


def bare(text: bytes) -> bytes:
    return zlib.compress(text, wbits=-zlib.MAX_WBITS)


ENCODINGS = [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", bare)]


@pytest.mark.parametrize(("encoding", "pack"), ENCODINGS)
def test_a_compressed_answer_is_read(
    tmp_path: Path, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    archive = Archive().answer(pack(HTML), Content_Encoding=encoding)
    assert len(load(tmp_path, {"crawl.warc.gz": archive.bytes()}).captures) == 1


@pytest.mark.parametrize(("encoding", "pack"), ENCODINGS)
def test_a_compressed_answer_that_was_cut_is_no_page(
    tmp_path: Path, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    packed = pack(HTML + bytes(range(256)) * 40)
    archive = Archive().answer(packed[: len(packed) // 2], Content_Encoding=encoding)
    got = load(tmp_path, {"crawl.warc.gz": archive.answer(HTML, f"{URL}?a").bytes()})
    assert got.reasons == ["its HTTP answer cannot be decoded (it is cut short)"]


def test_what_a_crawl_cut_and_dates_of_no_calendar(tmp_path: Path) -> None:
    whole = Archive(packed=False).text(TEXT).text(TEXT, f"{URL}?a").bytes()
    cut = whole.replace(b"WARC-Date: ", b"WARC-Truncated: length\r\nWARC-Date: ", 1)
    odd = cut.replace(b"2016-01-09T10:17:40Z", b"0001-01-01T00:00:00+00:01")
    got = load(tmp_path, {"crawl.warc": odd})
    assert got.reasons == ["the crawl kept only a part of it"]
    assert [row["captured_at"] for row in got.captures] == [None]


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ((b"WARC-Type: ", b"WARC-Typo: "), "the record's type is not said"),
        ((b"Type: conversion", b"Type: c\xc3\xb6nversion"), "the record's type is c\u00f6nversion"),
        ((b"Type: conversion", b"Type: continuation"), "the record's type is continuation"),
        (
            (b"WARC-Date", b"WARC-Segment-Number: 1\r\nWARC-Date"),
            "the crawl parted it into several records",
        ),
    ],
)
def test_a_record_that_may_have_been_a_page_is_not_passed_over(
    tmp_path: Path, damage: tuple[bytes, bytes], reason: str
) -> None:
    """Readers of WARC skip records of types that they do not know, and of none."""
    whole = Archive(packed=False).text(TEXT).request().text(TEXT, f"{URL}?a").bytes()
    got = load(tmp_path, {"crawl.warc": whole.replace(*damage, 1)})
    assert [row["record_number"] for row in got.captures] == [2]
    assert [(line, words) for _, line, words, *_ in got.rejected] == [(1, reason)]


def test_types_are_compared_without_case(tmp_path: Path) -> None:
    got = load(
        tmp_path, {"crawl.warc.gz": Archive().answer(HTML, Content_Type="Text/HTML").bytes()}
    )
    assert len(got.captures) == 1


def test_a_document_of_too_many_lines_is_no_page(tmp_path: Path) -> None:
    got = load(tmp_path, {"a.txt": TEXT + b"a\n" * 4_000_000, "b.html": HTML + b"a<br>" * 30_000})
    assert [words[:32] for words in got.reasons] == ["the document has more than 20,000"[:32]] * 2


def test_a_record_that_is_cut_short_loses_no_other(tmp_path: Path) -> None:
    whole = Archive(packed=False).text(TEXT, f"{URL}?a").text(TEXT).bytes()
    got = load(tmp_path, {"crawl.wet": whole[:-900]})
    assert len(got.captures) == 1
    assert got.reasons == ["the record is cut short"]


def test_a_gzip_that_is_cut_short_is_damaged(tmp_path: Path) -> None:
    whole = Archive().text(TEXT).text(TEXT, f"{URL}?a").bytes()
    with pytest.raises(SourceDamagedError, match=r"crawl\.wet\.gz"):
        load(tmp_path, {"crawl.wet.gz": whole[:-200]})


def test_the_same_document_again_is_a_repeat(tmp_path: Path) -> None:
    got = load(tmp_path, {"a.txt": TEXT, "b/a.txt": TEXT, "c.txt": TEXT + b"\n"})
    assert len(got.captures) == 2
    assert got.reasons == ["the same document as a.txt, document 1"]
    assert [one.duplicate_count for one in got.loads if one.file == "b/a.txt"] == [1]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "the document is empty"),
        ("a.html", b" \n", "the document is empty"),
        ("a.txt", b"hello", "the headings of a title page"),
        ("a.txt", TEXT.decode().encode("utf-16"), "not valid UTF-8"),
        ("a.txt", TEXT + b"\xe9", "not valid UTF-8"),
        ("a.txt", b"x" * (LARGEST + 1), "the document is larger"),
        ("a.html", b"<script>alert(1)</script>" * 1000, "the headings of a title page"),
        ("a.html", b"<div>" * 100_000 + HTML, None),
        ("a.html", HTML.replace(b"<body>", b"<body>" + b"<script>while(1);</script>" * 500), None),
        ("a.html", HTML.replace(b"A lamp", b"\x00\xff\xfe<![CDATA[ A lamp"), None),
    ],
)
def test_what_is_no_title_page_says_why(
    tmp_path: Path, name: str, data: bytes, reason: str | None
) -> None:
    got = load(tmp_path, {name: data, "good.txt": TEXT})
    assert [words[: len(reason or "")] for words in got.reasons] == ([reason] if reason else [])
    assert len(got.captures) == (1 if reason else 2)


def test_money_that_nobody_can_read_is_a_reject(tmp_path: Path) -> None:
    text = TEXT.replace(b"CAD 4,500,000", b"kr 4,500,000")
    got = load(tmp_path, {"a.txt": text})
    assert got.tables["amounts"] == []
    [(file, line, _, raw, table)] = got.rejected
    assert (file, line, table) == ("a.txt", 1, "amounts")
    assert b"kr 4,500,000" in raw


@pytest.mark.parametrize("name", ["a.json", "a.pdf", "a"])
def test_another_kind_of_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceChangedError, match="no page and no archive"):
        load(tmp_path, {name: TEXT})


@pytest.mark.parametrize("data", [b"", b"hello\n" * 1000, b"\x00" * 5000, TEXT])
def test_an_archive_that_is_none_is_an_error(tmp_path: Path, data: bytes) -> None:
    with pytest.raises((SourceChangedError, SourceDamagedError), match=r"crawl\.warc"):
        load(tmp_path, {"crawl.warc": data})


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_archive_ends_in_words_or_in_records(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(Archive(packed=False).answer(HTML).text(TEXT, f"{URL}?a").bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(whole)))
    with suppress(SourceDamagedError, SourceChangedError):
        got = load(tmp_path_factory.mktemp("damaged"), {"crawl.warc": bytes(whole[:cut])})
        assert got.loads[0].received_count in (1, 2)


GIGABYTES = """
import sys
from pathlib import Path
import duckdb
from ingest.catalog import PAGES
from ingest.errors import SourceDamagedError
from ingest.feeds import pages
from ingest.parts import Arrived, Parts
folder = Path(sys.argv[1])
with duckdb.connect() as connection:
    parts = Parts(connection, PAGES, folder)
    files = [Arrived(path.name, path) for path in folder.iterdir() if path.is_file()]
    try:
        loads = pages.load(connection, files, parts)
        print(sum(one.rejected_count for one in loads))
    except SourceDamagedError as error:
        print(error.reason)
# Linux's ru_maxrss begins with the parent's size.
[peak] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(peak.split()[1]) >> 10)
"""


@pytest.mark.parametrize("name", ["line.txt", "page.html", "record.warc", "bomb.txt.gz"])
def test_a_gigabyte_takes_bounded_memory(tmp_path: Path, name: str) -> None:
    head = b""
    if name.endswith(".warc"):
        head = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 1073741824\r\n\r\n"
    if name.endswith(".gz"):
        (tmp_path / name).write_bytes(gzip.compress(b"x" * (300 << 20), 1))
    else:
        with (tmp_path / name).open("wb") as handle:
            handle.write(head)
            handle.truncate((1 << 30) + len(head))
    done = subprocess.run(
        [sys.executable, "-c", GIGABYTES, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=300,
    )
    outcome, peak = done.stdout.splitlines()
    assert outcome == "1" or outcome.startswith("its text is more than")
    assert int(peak) < 700
