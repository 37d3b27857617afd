"""The four formats of reviews: what each says, and what becomes of what does not fit."""

import gzip
import io
import json
import subprocess
import sys
import tarfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import fetch, landing
from ingest.catalog import REVIEWS
from ingest.download import Retries
from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.feeds.reviews import elements
from ingest.parts import Arrived
from tests import shared
from tests.unit.ingest.feeds.review_files import (
    IEEE,
    SPOILER,
    archive,
    array,
    lines,
    load,
    load_files,
)

ROOT = Path(__file__).resolve().parents[4]
URLS = b"http://www.imdb.com/title/tt0000001/usercomments\nhttp://www.imdb.com/title/tt0000002/usercomments\n"
STANFORD = {
    "aclImdb/README": b"hello",
    "aclImdb/train/pos/0_9.txt": b"It shines.<br /><br />Twice.",
    "aclImdb/train/pos/1_7.txt": b"A lamp.",
    "aclImdb/train/urls_pos.txt": URLS,
    "aclImdb/train/urls_unsup.txt": URLS,
    "aclImdb/train/unsup/1_0.txt": b"No opinion.",
    "aclImdb/test/neg/0_1.txt": b"Dark.",
}


def test_an_ieee_record_is_a_row(tmp_path: Path) -> None:
    got = load(tmp_path, {"part-01.json": array(IEEE)})
    [row] = got.rows
    assert row["source"] == "ieee"
    assert (row["source_review_id"], row["reviewer"], row["headline"]) == (
        "rw1", "somebody", "A lamp",
    )  # fmt: skip
    assert (row["title"], row["release_year"], row["title_id"]) == ("Lamp: Part Two", 2004, None)
    assert (row["rating_10"], row["review_date"], row["is_spoiler"]) == (
        8,
        date(2005, 7, 24),
        False,
    )
    assert (row["helpful_count"], row["vote_count"]) == (3, 1004)


@pytest.mark.parametrize(
    ("movie", "title", "year"),
    [
        ("Who Knows (TV Mini-Series 2021)", "Who Knows", 2021),
        ("Long (2004\u20132010)", "Long", 2004),
        ("Long (TV Series 2004\u2013 )", "Long", 2004),
        ("Twins (II) (2010)", "Twins", 2010),
        ("Twins (2010/II)", "Twins", 2010),
        ("1984 (1956)", "1984", 1956),
        ("Untold", "Untold", None),
        ("What (If)", "What (If)", None),
    ],
)
def test_a_title_is_parted_from_its_year(
    tmp_path: Path, movie: str, title: str, year: int | None
) -> None:
    [row] = load(tmp_path, {"part-01.json": array({**IEEE, "movie": movie})}).rows
    assert (row["title"], row["release_year"]) == (title, year)


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"review_id": None}, "review_id", "no value"),
        ({"review_id": " "}, "review_id", "no value"),
        ({"review_detail": ""}, "review_detail", "no value"),
        ({"review_detail": 7}, "review_detail", "not a text"),
        ({"movie": ["a"]}, "movie", "not a text"),
        ({"rating": "11"}, "rating", "not a whole rating"),
        ({"rating": "eight"}, "rating", "not a whole rating"),
        ({"review_date": "31 February 2005"}, "review_date", "not a date"),
        ({"review_date": "2005-07-24"}, "review_date", "not a date"),
        ({"spoiler_tag": 2}, "spoiler_tag", "neither true nor false"),
        ({"helpful": ["x", "1"]}, "helpful", "not a number of votes"),
        ({"helpful": ["2", "1"]}, "helpful", "more found it helpful"),
        ({"helpful": "3 of 4"}, "helpful", "not a list of two"),
        ({"helpful": ["3"]}, "helpful", "not a list of two"),
        ({"helpful": {"up": 3}}, "helpful", "not a list of two"),
        ({"review_date": "24 July 0000"}, "review_date", "not a date"),
    ],
)
def test_an_ieee_record_that_does_not_fit_is_rejected(
    tmp_path: Path, change: dict[str, Any], column: str, reason: str
) -> None:
    got = load(tmp_path, {"part-01.json": array({**IEEE, "review_id": "rw2"}, {**IEEE, **change})})
    assert len(got.rows) == 1
    [(file, line, name, words, raw)] = got.rejected
    assert (file, line, name) == ("part-01.json", 2, column)
    assert words.startswith(reason)
    assert json.loads(raw) == {**IEEE, **change}


def test_what_a_record_leaves_out_is_not_known(tmp_path: Path) -> None:
    bare = {"review_id": "rw1", "review_detail": "It shines."}
    [row] = load(tmp_path, {"part-01.json": array(bare)}).rows
    assert {row[name] for name in ("title", "rating_10", "helpful_count", "is_spoiler")} == {None}


def test_a_spoiler_record_is_a_row(tmp_path: Path) -> None:
    [row] = load(tmp_path, {"IMDB_reviews.json": lines(SPOILER)}).rows
    assert (row["title_id"], row["rating_10"], row["is_spoiler"]) == (12, 10, True)
    assert (row["reviewer"], row["review_date"]) == ("ur7", date(2006, 2, 10))
    assert row["source_review_id"].startswith("tt0000012/ur7/")


def test_a_spoiler_line_that_does_not_fit_is_rejected(tmp_path: Path) -> None:
    text = lines(SPOILER, {**SPOILER, "movie_id": "nm1"}) + b'{"movie_id": "tt3", "re\n'
    text += lines({**SPOILER, "user_id": "ur8"})
    got = load(tmp_path, {"IMDB_reviews.json": text})
    assert len(got.rows) == 2
    assert [(line, reason[:8]) for _, line, _, reason, _ in got.rejected] == [
        (2, "not a ti"),
        (3, "not JSON"),
    ]


def test_a_stanford_archive_is_read_by_its_lists_of_addresses(tmp_path: Path) -> None:
    got = load(tmp_path, {"aclImdb_v1.tar.gz": archive(STANFORD)})
    assert {
        row["source_review_id"]: (row["title_id"], row["rating_10"], row["sentiment_label"])
        for row in got.rows
    } == {
        "train/pos/0": (1, 9, "positive"),
        "train/pos/1": (2, 7, "positive"),
        "train/unsup/1": (2, None, None),
        "test/neg/0": (None, 1, "negative"),
    }
    [load_] = got.loads
    assert any("no list of addresses names: 1" in words for words in load_.warnings)


def test_a_folder_that_was_unpacked_loads_as_its_archive_does(tmp_path: Path) -> None:
    for name, data in STANFORD.items():
        file = tmp_path / "dumps" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    retries = Retries(1, 0.0)
    [landed], left = fetch.collect(tmp_path, REVIEWS, str(tmp_path / "dumps"), retries)
    got = load_files(tmp_path, [Arrived(landed.file, landing.path(tmp_path, landed))])
    packed = tmp_path / "packed"
    packed.mkdir()
    assert got.rows == load(packed, {"aclImdb_v1.tar.gz": archive(STANFORD)}).rows
    assert left == []


def test_breaks_become_newlines_and_nothing_else_changes(tmp_path: Path) -> None:
    text = 'A <i>"lamp"</i> &amp; <br>two<BR/>three  \u00a0.'
    members = {"aclImdb/train/pos/0_9.txt": text.encode(), "aclImdb/train/urls_pos.txt": URLS}
    [row] = load(tmp_path, {"aclImdb_v1.tar": archive(members, "w")}).rows
    assert row["body"] == 'A <i>"lamp"</i> &amp; \ntwo\nthree  \u00a0.'


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("train/pos/2_0.txt", b"x", "not a whole rating"),
        ("train/pos/2_11.txt", b"x", "not a whole rating"),
        ("train/pos/2_9.txt", b"caf\xe9", "not valid UTF-8"),
        ("train/pos/2_9.txt", b" ", "no value"),
        ("train/pos/2_9.txt", b"x" * (4 << 20) + b"x", "longer than"),
    ],
)
def test_a_text_that_does_not_fit_is_rejected_by_name(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    got = load(tmp_path, {"aclImdb_v1.tar.gz": archive({**STANFORD, f"aclImdb/{name}": data})})
    assert len(got.rows) == 4
    [(file, _, _, words, _)] = got.rejected
    assert file == f"aclImdb_v1.tar.gz!aclImdb/{name}"
    assert words.startswith(reason)


def test_a_link_in_the_archive_is_never_followed(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as opened:
        for name, data in STANFORD.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            opened.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("aclImdb/train/pos/5_9.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        opened.addfile(link)
    got = load(tmp_path, {"aclImdb_v1.tar": raw.getvalue()})
    assert got.reasons == ["not a regular file"]


@pytest.mark.parametrize(
    "name", ["../aclImdb/train/pos/0_9.txt", "/train/pos/0_9.txt", "a/../../b"]
)
def test_an_archive_that_leads_out_of_itself_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceDamagedError, match="outside the archive"):
        load(tmp_path, {"aclImdb_v1.tar.gz": archive({**STANFORD, name: b"x"})})


def test_an_archive_cut_between_two_members_is_damaged(tmp_path: Path) -> None:
    whole = gzip.decompress(archive(STANFORD))
    with pytest.raises(SourceDamagedError, match="ends too early"):
        load(tmp_path, {"aclImdb_v1.tar": whole[: 512 * 4]})


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    member = tarfile.TarInfo("aclImdb/train/pos/0_9.txt")
    member.size = 300 << 20
    starts = {"part-01.json.gz": b'[{"review_detail": "', "aclImdb_v1.tar.gz": member.tobuf()}
    for name, start in starts.items():
        (tmp_path / name).mkdir()
        with pytest.raises(SourceDamagedError, match="its text is more than 200 times"):
            load(tmp_path / name, {name: gzip.compress(start + b" " * (300 << 20), 9)})


def test_kaggle_has_texts_and_labels_alone(tmp_path: Path) -> None:
    text = b'review,sentiment\r\n"It shines.<br /><br />Twice, ""they"" say",positive\r\n'
    text += b"Dark.,negative\r\n"
    got = load(tmp_path, {"IMDB Dataset.csv": text})
    assert sorted((row["body"], row["sentiment_label"]) for row in got.rows) == [
        ("Dark.", "negative"),
        ('It shines.\n\nTwice, "they" say', "positive"),
    ]


def test_kaggle_says_which_lines_do_not_fit(tmp_path: Path) -> None:
    text = b"review,sentiment\nA lamp.,positive\nA lamp.,positive\nA lamp.,negative\n"
    text += b"x,mixed\n,positive\n"
    got = load(tmp_path, {"IMDB Dataset.csv": text})
    assert len(got.rows) == 1
    assert [(line, reason) for _, line, _, reason, _ in got.rejected] == [
        (3, "the same as a record of IMDB Dataset.csv"),
        (4, "repeats the id of another record of IMDB Dataset.csv"),
        (5, "neither positive nor negative"),
        (6, "no value"),
    ]
    assert got.loads[0].duplicate_count == 2


def test_one_review_has_one_content_hash_in_every_format(tmp_path: Path) -> None:
    said = "It shines.<br /><br />Twice."
    got = load(
        tmp_path,
        {
            "part-01.json": array({**IEEE, "review_detail": "It shines.\n\nTwice."}),
            "IMDB_reviews.json": lines({**SPOILER, "review_text": "It shines. Twice."}),
            "aclImdb_v1.tar.gz": archive(STANFORD),
            "IMDB Dataset.csv": f"review,sentiment\n{said},positive\n".encode(),
        },
    )
    same = [row["source"] for row in got.rows if "Twice" in row["body"]]
    assert sorted(same) == ["ieee", "kaggle", "spoiler", "stanford"]
    assert len({row["content_hash"] for row in got.rows if "Twice" in row["body"]}) == 1


def test_a_later_file_repeats_records_of_an_earlier_one(tmp_path: Path) -> None:
    got = load(
        tmp_path,
        {
            "part-01.json": array(IEEE, {**IEEE, "review_id": "rw2"}),
            "sample.json": array(IEEE, {**IEEE, "review_id": "rw2", "rating": "1"}),
        },
    )
    assert len(got.rows) == 2
    assert [one.duplicate_count for one in got.loads] == [0, 2]
    assert got.reasons == [
        "the same as a record of part-01.json",
        "repeats the id of another record of part-01.json",
    ]


def test_an_array_cut_in_the_middle_is_damaged(tmp_path: Path) -> None:
    whole = array(*({**IEEE, "review_id": f"rw{n}"} for n in range(100)))
    for cut in (len(whole) // 2, len(whole) - 1, 30):
        folder = tmp_path / str(cut)
        folder.mkdir()
        with pytest.raises((SourceDamagedError, SourceChangedError)):
            load(folder, {"part-01.json": whole[:cut]})


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("part-01.json", b"", "no record"),
        ("part-01.json", b"<html>404</html>", "no record"),
        ("part-01.json", json.dumps([IEEE]).encode("utf-16"), "no record"),
        ("part-01.json", b'"review_detail"', "it is no JSON"),
        ("aclImdb_v1.tar", archive({"README": b"x"}, "w"), "it holds no review"),
        ("aclImdb_v1.tar.gz", b"\x1f\x8b" + b"x" * 600, "gzip"),
        ("IMDB Dataset.csv", b"text,label\nx,positive\n", "lacks review"),
    ],
)
def test_a_file_of_another_kind_is_named(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    with pytest.raises((SourceChangedError, SourceDamagedError), match=words):
        load(tmp_path, {name: data})


def test_bad_bytes_in_an_array_cost_their_record_alone(tmp_path: Path) -> None:
    good = [{**IEEE, "review_id": f"rw{number}"} for number in range(20)]
    parts = [json.dumps(one).encode() for one in good]
    parts[3] = parts[3].replace(b"It shines", b"It sh\xe9nes")
    parts[7] = parts[7].replace(b'"It shines."', b'"It shines.')
    parts[11] = parts[11][:-40]
    got = load(tmp_path, {"part-01.json": b"[" + b",\n".join(parts) + b"]"})
    assert {row["source_review_id"] for row in got.rows} >= {
        f"rw{number}" for number in range(20) if number not in (3, 7, 11)
    }
    assert len(got.rows) == 17
    assert "not valid UTF-8" in got.reasons


RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "review_id": st.integers(1, 10**6).map("rw{}".format),
            "review_detail": st.text(min_size=1)
            | st.sampled_from(['},{"a', '"}, {"', "\\", '\\"']),
            "movie": st.text(),
        }
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda record: record["review_id"],
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records=RECORDS, indent=st.sampled_from([None, 0, 3]), ascii_=st.booleans())
def test_no_way_of_cutting_loses_a_record(
    records: list[dict[str, str]], indent: int | None, ascii_: bool
) -> None:
    text = json.dumps(records, indent=indent, ensure_ascii=ascii_)
    data = text.encode("utf-8", "surrogatepass")
    found = [
        bytes(line.as_py())
        for batch in elements.batches(io.BytesIO(data), "part-01.json")
        for line in batch.column("line")
    ]
    assert [json.loads(line.decode("utf-8", "surrogatepass")) for line in found] == records


@pytest.mark.parametrize(
    "text", [b"a }" + b" " * 2_000_000 + b"b", b"x" + b"}, " * 600_000, b"x\\n" * 900_000]
)
def test_megabytes_of_white_space_are_read_in_linear_time(tmp_path: Path, text: bytes) -> None:
    """Squared, they would take an hour: the kill timer of the suite is the judge."""
    record = array(IEEE).replace(b"It shines.", text)
    assert len(load(tmp_path, {"part-01.json": record}).rows) == 1
    torn = b'[\n{"review_detail": x' + b"\n" * 1_000_000 + b"y}]"
    found = list(elements.batches(io.BytesIO(torn), "part-01.json"))
    assert sum(batch.num_rows for batch in found) == 1


def test_a_folder_of_an_archive_that_states_a_size_hides_nothing(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as opened:
        folder = tarfile.TarInfo("aclImdb/train/pos")
        folder.type, folder.size = tarfile.DIRTYPE, 1024
        opened.addfile(folder)
        for name in ("aclImdb/train/pos/0_9.txt", "acl\udcffImdb/train/pos/1_9.txt"):
            member = tarfile.TarInfo(name)
            member.size = 1
            opened.addfile(member, io.BytesIO(b"x"))
    assert len(load(tmp_path, {"aclImdb_v1.tar": raw.getvalue()}).rows) == 2


GIGABYTE = """
import sys
from pathlib import Path
import duckdb
from ingest.catalog import REVIEWS
from ingest.errors import SourceDamagedError
from ingest.feeds import reviews
from ingest.parts import Arrived, Parts
source = Path(sys.argv[1])
incoming = source.parent / "incoming"
incoming.mkdir()
with duckdb.connect(config={"memory_limit": "1GB", "threads": 2}) as connection:
    connection.execute("set enable_progress_bar = false")
    try:
        parts = Parts(connection, REVIEWS, incoming)
        [one] = reviews.load(connection, [Arrived(source.name, source)], parts)
        print(one.loaded_count, one.rejected_count)
    except SourceDamagedError as error:
        print(error.reason)
# Linux's ru_maxrss begins with the parent's size.
[peak] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(peak.split()[1]) >> 10)
"""


@pytest.mark.parametrize("start", [b'[{"review_detail": "', b'{"review_text": 1, "x": "'])
def test_a_text_of_a_gigabyte_takes_bounded_memory(tmp_path: Path, start: bytes) -> None:
    source = tmp_path / "part-01.json"
    with source.open("wb") as handle:
        handle.write(start)
        for _ in range(64):
            handle.write(b"x" * (16 << 20))
    done = subprocess.run(
        [sys.executable, "-c", GIGABYTE, str(source)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=300,
    )
    outcome, peak = done.stdout.splitlines()
    assert outcome == "0 1" or outcome.startswith("its array is cut short")
    assert int(peak) < 1500


@shared.needed
def test_the_publishers_own_files_load_whole(tmp_path: Path) -> None:
    got = load_files(
        tmp_path, [Arrived(file.name, file) for file in sorted((shared.DATA / "reviews").iterdir())]
    )
    assert got.rejected == []
    counts = {one.file: one.loaded_count for one in got.loads}
    assert counts == {"aclImdb_sample.tar.gz": 1250, "ieee_one_record.json": 1}
    assert all(row["title_id"] for row in got.rows if row["source"] == "stanford")
