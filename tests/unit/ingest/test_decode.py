"""`ingest.decode`: damaged gzip is an error, sound gzip is counted to the byte."""

import gzip
import random
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import decode, records, text_files
from ingest.errors import SourceDamagedError
from tests import shared
from tests.unit.ingest.builders import dump, pack, pack_members, raw_deflate_bomb

HANGING = shared.DATA / "hostile/gz_hang_1225b.tsv.gz"
REPEATED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def measured(folder: Path, packed: bytes, name: str = "title.basics.tsv.gz") -> decode.Text:
    source = folder / name
    source.write_bytes(packed)
    return decode.measure(source)


def many_rows(count: int = 400) -> bytes:
    rolled = random.Random(7)
    return dump(
        "title_ratings",
        (
            f"tt{number:07d}\t{rolled.randrange(10, 100) / 10}\t{rolled.randrange(5, 99999)}"
            for number in range(1, count + 1)
        ),
    )


def read_lines(source: Path, text: decode.Text) -> list[tuple[int, bytes]]:
    table = decode.lines(source, text).read_all()
    return list(zip(table["line_number"].to_pylist(), table["line"].to_pylist(), strict=True))


def test_a_sound_file_is_counted(tmp_path: Path) -> None:
    text = measured(tmp_path, pack(b"a\tb\n1\t2\n3\t4\n"))
    assert (text.byte_count, text.line_count, text.tab_count) == (12, 3, 3)
    assert text.header == "a\tb"
    assert text.ends_with_newline
    assert not text.has_bom
    assert not text.has_carriage_return


def test_a_file_cut_anywhere_is_damaged(tmp_path: Path) -> None:
    packed = pack(many_rows())
    for size in range(1, len(packed), 3):
        with pytest.raises(SourceDamagedError):
            measured(tmp_path, packed[:size])


def test_a_second_member_cut_anywhere_is_damaged(tmp_path: Path) -> None:
    first = pack(many_rows(20))
    packed = first + pack(b"tt0009999\t5.0\t5\n")
    for size in range(len(first) + 1, len(packed)):
        with pytest.raises(SourceDamagedError):
            measured(tmp_path, packed[:size])


def test_no_flipped_bit_goes_unseen(tmp_path: Path) -> None:
    packed = pack(many_rows())
    whole = measured(tmp_path, packed)
    rolled = random.Random(20261122)
    altered = bytearray()
    source = tmp_path / "flipped.tsv.gz"
    raised = 0
    for _ in range(600):
        altered[:] = packed
        altered[rolled.randrange(len(packed))] ^= 1 << rolled.randrange(8)
        source.write_bytes(altered)
        try:
            text = decode.measure(source)
        except SourceDamagedError:
            raised += 1
            continue
        # Bits of the header's time, flags and system byte change nothing that is decoded.
        assert text == whole
        assert gzip.decompress(altered) == gzip.decompress(packed)
    assert raised > 550


@pytest.mark.parametrize("offset", [-8, -5, -4, -1], ids=["crc", "crc-end", "size", "size-end"])
def test_a_wrong_checksum_or_length_is_damaged(tmp_path: Path, offset: int) -> None:
    packed = bytearray(pack(many_rows()))
    packed[offset] ^= 0x10
    with pytest.raises(SourceDamagedError, match=r"title\.basics\.tsv\.gz: not a whole gzip file"):
        measured(tmp_path, bytes(packed))


@pytest.mark.parametrize(
    "tail",
    [b"garbage", b"\x1f", b"\x1f\x8b", b"\n", b"\x00\x01"],
    ids=["text", "1f", "1f8b", "nl", "01"],
)
def test_bytes_after_the_last_member_are_damage(tmp_path: Path, tail: bytes) -> None:
    with pytest.raises(SourceDamagedError):
        measured(tmp_path, pack(b"a\tb\n1\t2\n") + tail)


def test_zeros_after_the_last_member_are_padding_not_text(tmp_path: Path) -> None:
    assert measured(tmp_path, pack(b"a\n1\n") + bytes(512)) == measured(tmp_path, pack(b"a\n1\n"))


def test_members_split_in_the_middle_of_a_line_are_one_text(tmp_path: Path) -> None:
    text = many_rows(50)
    parts = [text[start : start + 37] for start in range(0, len(text), 37)]
    packed = pack_members(*parts[:5], b"", *parts[5:], b"")
    assert measured(tmp_path, packed) == measured(tmp_path, pack(text))
    source = tmp_path / "title.basics.tsv.gz"
    source.write_bytes(packed)
    read = read_lines(source, decode.measure(source))
    assert [line for _, line in read] == text.split(b"\n")[1:-1]
    assert [number for number, _ in read] == list(range(2, 52))


def test_the_byte_order_mark_may_be_split_over_members(tmp_path: Path) -> None:
    text = decode.BOM + b"a\tb\n1\t2\n"
    source = tmp_path / "split.tsv.gz"
    source.write_bytes(pack_members(text[:1], text[1:2], text[2:5], text[5:]))
    measured_text = decode.measure(source)
    assert measured_text.has_bom
    assert measured_text.header == "a\tb"
    assert read_lines(source, measured_text) == [(2, b"1\t2")]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = raw_deflate_bomb(64 << 20)
    assert len(bomb) < 100_000
    with pytest.raises(SourceDamagedError, match="200 times its size"):
        measured(tmp_path, bomb)


def test_a_text_without_line_ends_is_refused_while_it_is_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decode, "BLOCK_BYTES", 1 << 12)
    monkeypatch.setattr(decode, "MAX_UNBROKEN_BYTES", 1 << 14)
    with pytest.raises(SourceDamagedError, match="no line ends"):
        measured(tmp_path, b"a\n" + b"x" * (1 << 16), name="wide.tsv")
    rolled = measured(tmp_path, b"a\n" + b"x" * (1 << 13) + b"\n", name="narrow.tsv")
    assert rolled.line_count == 2


@pytest.mark.parametrize("packed", [b"", pack(b""), pack_members(b"", b"")], ids=["0", "1", "2"])
def test_an_empty_file_is_damaged(tmp_path: Path, packed: bytes) -> None:
    with pytest.raises(SourceDamagedError, match="the file is empty"):
        measured(tmp_path, packed)


def test_a_header_alone_is_one_line(tmp_path: Path) -> None:
    text = measured(tmp_path, pack(b"a\tb"))
    assert (text.line_count, text.ends_with_newline) == (1, False)
    source = tmp_path / "title.basics.tsv.gz"
    assert read_lines(source, text) == []


def test_a_dump_is_more_than_a_header(tmp_path: Path) -> None:
    source = tmp_path / "title.basics.tsv.gz"
    source.write_bytes(pack(b"a\tb\n"))
    with pytest.raises(SourceDamagedError, match=r"title\.basics: a header line is all it has"):
        decode.measure_dump(source, name="title.basics")
    source.write_bytes(pack(b"a\tb\n1\t2"))
    assert decode.measure_dump(source, name="title.basics").line_count == 2
    source.write_bytes(pack(b"a\tb\r1\t2\r"))
    assert decode.measure_dump(source, name="title.basics").header == "a\tb\r1\t2\r"


def test_a_header_without_end_is_damaged(tmp_path: Path) -> None:
    """Of such a header only a part is kept: names would be lost."""
    source = tmp_path / "title.basics.tsv"
    for more in (b"x" * (5 << 20), "\U0001f600".encode() * (2 << 20)):
        source.write_bytes(decode.BOM + b"a\t" + more + b"\tz\n1\t2\t3\n")
        with pytest.raises(SourceDamagedError, match=r"title\.basics: its header is longer than"):
            decode.measure_dump(source, name="title.basics")


def test_a_text_without_lines_is_not_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decode, "MAX_HEADER_BYTES", 100)
    assert measured(tmp_path, bytes(1 << 20), name="zeros.tsv").header == "\0" * 100


@pytest.mark.parametrize(
    "page", [b"<html><body>503</body></html>", b'{"error": 1}', b"\x1f", b"PK\x03\x04"]
)
def test_an_error_page_named_gz_is_damaged(tmp_path: Path, page: bytes) -> None:
    with pytest.raises(SourceDamagedError):
        measured(tmp_path, page)


def test_a_gzip_header_without_end_is_damage(tmp_path: Path) -> None:
    with pytest.raises(SourceDamagedError):
        measured(tmp_path, b"\x1f\x8b\x08\x08" + bytes(6) + b"x" * (9 << 20))


def test_a_gzip_within_a_gzip_is_no_dump(tmp_path: Path) -> None:
    text = measured(tmp_path, pack(pack(b"a\tb\n")))
    assert not text.header.startswith("a\tb")


@shared.needed
def test_the_file_that_hangs_duckdb_is_damaged_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceDamagedError):
        measured(tmp_path, HANGING.read_bytes())


def test_an_error_names_what_the_caller_calls_the_file(tmp_path: Path) -> None:
    source = tmp_path / ".part-x.gz"
    source.write_bytes(b"no gzip")
    with pytest.raises(SourceDamagedError) as caught:
        decode.measure(source, name="https://dumps.test/x.gz")
    assert caught.value.location == "https://dumps.test/x.gz"
    assert str(source) not in str(caught.value)


def test_a_mark_and_a_carriage_return_are_seen_across_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decode, "BLOCK_BYTES", 4)
    text = measured(tmp_path, b"\xef\xbb\xbfab\n\nc\r\n", name="x.tsv")
    assert text.has_bom
    assert text.has_carriage_return
    assert text.header == "ab"


@REPEATED
@given(
    parts=st.lists(
        st.lists(
            st.sampled_from([b"\t", b"\n", b"\r", b"x", b"\xef\xbb\xbf", b"\xff", b"\x00"])
        ).map(b"".join),
        max_size=5,
    ),
    block=st.sampled_from([1, 2, 3, 5, 64]),
)
def test_the_counts_are_those_of_plain_python(
    tmp_path: Path, parts: list[bytes], block: int
) -> None:
    text = b"".join(parts)
    # ISA-L wants a gzip header to fit a block.
    source = tmp_path / ("law.tsv.gz" if block > 32 else "law.tsv")
    source.write_bytes(pack_members(*parts) if block > 32 else text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decode, "BLOCK_BYTES", block)
        patch.setattr(records, "BLOCK_BYTES", block)
        if not text:
            with pytest.raises(SourceDamagedError):
                decode.measure(source)
            return
        counted = decode.measure(source)
        read = read_lines(source, counted)
    body = text.removeprefix(decode.BOM)
    lines = body.split(b"\n")
    assert counted.byte_count == len(body)
    assert counted.line_count == len(lines) - (1 if text.endswith(b"\n") else 0) or not body
    assert counted.tab_count == text.count(b"\t")
    assert counted.header == lines[0].decode("utf-8", "backslashreplace")
    assert counted.has_bom == text.startswith(decode.BOM)
    assert counted.has_carriage_return == (b"\r" in text)
    assert counted.ends_with_newline == text.endswith(b"\n")
    data = lines[1:-1] if text.endswith(b"\n") else lines[1:]
    assert read == list(enumerate(data, start=2))


def test_a_file_altered_after_it_was_measured_is_damaged_not_shorter(tmp_path: Path) -> None:
    source = tmp_path / "title.ratings.tsv.gz"
    packed = pack(many_rows())
    source.write_bytes(packed)
    text = decode.measure(source)
    source.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(SourceDamagedError):
        read_lines(source, text)


def test_isal_reports_what_zlib_reports(tmp_path: Path) -> None:
    """A positive control: the flips above are ones that zlib also refuses."""
    packed = bytearray(pack(many_rows()))
    packed[len(packed) // 2] ^= 1
    with pytest.raises((zlib.error, gzip.BadGzipFile, EOFError)):
        gzip.decompress(bytes(packed))
    with pytest.raises(SourceDamagedError):
        measured(tmp_path, bytes(packed))


@REPEATED
@given(
    steps=st.lists(st.tuples(st.none() | st.integers(0, 130), st.integers(-1, 40)), max_size=12),
    recent=st.sampled_from([0, 10, 1000]),
)
def test_duckdb_may_ask_again_for_what_it_let_go(
    tmp_path: Path, steps: list[tuple[int | None, int]], recent: int
) -> None:
    """Its threads share blocks; one that lags seeks back, now and then, and far."""
    body = bytes(range(65, 65 + 60)) * 2
    source = tmp_path / "seek.tsv.gz"
    source.write_bytes(pack_members(decode.BOM + body[:50], body[50:]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_files, "BLOCK_BYTES", 64)
        patch.setattr(text_files, "RECENT_BYTES", recent)
        opened = text_files.TextFile(source, decode.measure(source))
        position = 0
        for offset, size in steps:
            if offset is not None:
                position = opened.seek(offset)
            expected = body[position:] if size < 0 else body[position : position + size]
            assert opened.read(size) == expected
            position += len(expected)
            assert opened.tell() == position
        opened.close()
