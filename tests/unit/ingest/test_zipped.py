"""`ingest.zipped`: a member's text is what zipfile gives, or the archive is damaged."""

import io
import random
import struct
import threading
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import decode, zipped
from ingest.dialect import CSV
from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.zipped import Member

REPEATED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXT = b"".join(b"%d,%d\r\n" % (n, n * n) for n in range(5000))


def pack(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text, method)
    return packed.getvalue()


def write(folder: Path, packed: bytes) -> Path:
    path = folder / "ml-x.zip"
    path.write_bytes(packed)
    return path


def read(archive: Path, name: str = "x/ratings.csv", *, ahead: bool = False) -> bytes:
    with zipped.opened(Member(archive, name), ahead=ahead) as handle:
        parts = []
        while part := handle.read(70_000):
            parts.append(part)
    return b"".join(parts)


def read_found(archive: Path, *, ahead: bool = False) -> list[bytes]:
    found, _ = zipped.members(archive, {"ratings.csv"}, name="ml-x.zip")
    return [read(archive, one.name, ahead=ahead) for one in found]


@REPEATED
@given(
    size=st.sampled_from([0, 1, 1000, 300_000, 9_000_000]),
    kind=st.sampled_from(["noise", "one letter", "text"]),
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    asked=st.sampled_from([997, 65_536, 4 << 20]),
    ahead=st.booleans(),
)
def test_the_text_is_what_zipfile_gives(
    tmp_path: Path, size: int, kind: str, method: int, asked: int, ahead: bool
) -> None:
    """ISA-L may take in all of its input while most of the output waits."""
    size = size if asked > 1000 else min(size, 300_000)
    noise = random.Random(size).randbytes(size)
    text = {"noise": noise, "one letter": bytes(size), "text": (TEXT * 200)[:size]}[kind]
    archive = write(tmp_path, pack({"x/ratings.csv": text}, method))
    got = bytearray()
    with zipped.opened(Member(archive, "x/ratings.csv"), ahead=ahead) as handle:
        while part := handle.read(asked):
            got += part
        assert handle.read(1) == b""
    assert bytes(got) == text


def test_members_are_found_by_their_last_name_and_the_others_are_named(tmp_path: Path) -> None:
    files = {"x/ratings.csv": TEXT, "x/README.txt": b"", "x/genome-scores.csv": b"", "x/": b""}
    archive = write(tmp_path, pack(files))
    found, others = zipped.members(archive, {"ratings.csv", "tags.csv"}, name="ml-x.zip")
    assert found == [Member(archive, "x/ratings.csv")]
    assert others == ["x/README.txt", "x/genome-scores.csv"]


def test_two_members_of_one_name_are_two_releases(tmp_path: Path) -> None:
    archive = write(tmp_path, pack({"a/ratings.csv": TEXT, "b/ratings.csv": TEXT}))
    with pytest.raises(SourceChangedError, match=r"more than one of ratings\.csv"):
        zipped.members(archive, {"ratings.csv"}, name="ml-x.zip")


@pytest.mark.parametrize(
    "name", ["../ratings.csv", "/ratings.csv", "x/../../ratings.csv", "..\\x\\a", "C:\\a", "a:b"]
)
def test_a_name_that_leads_out_of_the_archive_is_an_attack(tmp_path: Path, name: str) -> None:
    archive = write(tmp_path, pack({"x/ratings.csv": TEXT, name: b"x"}))
    with pytest.raises(SourceDamagedError, match="outside the archive"):
        zipped.members(archive, {"ratings.csv"}, name="ml-x.zip")
    assert list(tmp_path.parent.glob("ratings.csv")) == []


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_cut_anywhere_is_damaged(tmp_path: Path, method: int) -> None:
    packed = pack({"x/ratings.csv": TEXT[:2000]}, method)
    for size in range(0, len(packed), 7):
        archive = write(tmp_path, packed[:size])
        with pytest.raises(SourceDamagedError):
            read_found(archive)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("ahead", [False, True])
def test_no_flipped_bit_goes_unseen(tmp_path: Path, method: int, ahead: bool) -> None:
    text = TEXT[:9000]
    packed = pack({"x/ratings.csv": text}, method)
    rolled = random.Random(7)
    raised = 0
    for _ in range(300):
        altered = bytearray(packed)
        altered[rolled.randrange(len(packed))] ^= 1 << rolled.randrange(8)
        archive = write(tmp_path, bytes(altered))
        try:
            got = read_found(archive, ahead=ahead)
        except SourceDamagedError:
            raised += 1
            continue
        # Bits of times, systems and comments change nothing; of the name, which members are ours.
        assert got in ([text], [])
    assert raised > 200


def test_a_wrong_checksum_is_damage_however_much_is_asked_for(tmp_path: Path) -> None:
    packed = bytearray(pack({"x/ratings.csv": TEXT}, zipfile.ZIP_STORED))
    packed[packed.index(TEXT[100:200])] ^= 1
    archive = write(tmp_path, bytes(packed))
    for ahead in (False, True):
        with (
            pytest.raises(SourceDamagedError, match="checksum is wrong"),
            zipped.opened(Member(archive, "x/ratings.csv"), ahead=ahead) as handle,
        ):
            handle.read(len(TEXT))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    archive = write(tmp_path, pack({"x/ratings.csv": b"a,b\n" + bytes(64 << 20)}))
    assert archive.stat().st_size < 100_000
    with pytest.raises(SourceDamagedError, match="200 times its size"):
        decode.measure(Member(archive, "x/ratings.csv"), dialect=CSV)


def test_a_member_that_outgrows_what_it_states_is_damage(tmp_path: Path) -> None:
    packed = bytearray(pack({"x/ratings.csv": TEXT}))
    size = len(TEXT).to_bytes(4, "little")
    place = packed.rindex(size)
    packed[place : place + 4] = (100).to_bytes(4, "little")
    archive = write(tmp_path, bytes(packed))
    with pytest.raises(SourceDamagedError, match="exceeds the 100 bytes"):
        read(archive)


@pytest.mark.parametrize(
    ("method", "words"), [(zipfile.ZIP_BZIP2, "method 12"), (zipfile.ZIP_LZMA, "method 14")]
)
def test_other_methods_are_named(tmp_path: Path, method: int, words: str) -> None:
    archive = write(tmp_path, pack({"x/ratings.csv": TEXT}, method))
    with pytest.raises(SourceDamagedError, match=words):
        read(archive)


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    packed = bytearray(pack({"x/ratings.csv": TEXT}))
    for mark, place in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        packed[packed.index(mark) + place] |= 1
    archive = write(tmp_path, bytes(packed))
    with pytest.raises(SourceDamagedError, match="it is encrypted"):
        read(archive)


@pytest.mark.parametrize("offset", [1 << 31, 1 << 32, (1 << 63) - 1, 1 << 63, (1 << 64) - 1])
def test_a_directory_that_points_outside_of_the_archive_is_damage(
    tmp_path: Path, offset: int
) -> None:
    """No seek can go there: what the system says of it differs from number to number."""
    packed = bytearray(pack({"x/ratings.csv": TEXT}))
    entry, end = packed.index(b"PK\1\2"), packed.index(b"PK\5\6")
    extra = struct.pack("<HHQ", 1, 8, offset)
    packed[entry + 42 : entry + 46] = b"\xff" * 4
    packed[entry + 30 : entry + 32] = struct.pack("<H", len(extra))
    packed[end + 12 : end + 16] = struct.pack("<I", end - entry + len(extra))
    archive = write(tmp_path, bytes(packed[:end]) + extra + bytes(packed[end:]))
    with pytest.raises(SourceDamagedError, match="points outside of it"):
        read(archive)


def test_a_member_without_a_name_is_none_of_ours(tmp_path: Path) -> None:
    packed = pack({"x/ratings.csv": TEXT, "zz": b""}).replace(b"zz", b"\0z")
    found, others = zipped.members(write(tmp_path, packed), {"ratings.csv"}, name="ml-x.zip")
    assert [one.name for one in found] == ["x/ratings.csv"]
    assert others == [""]


def test_a_fault_of_ours_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise ValueError("ours")

    monkeypatch.setattr(zipped._Text, "_part", fail)
    with pytest.raises(ValueError, match="ours"):
        read(write(tmp_path, pack({"x/ratings.csv": TEXT})))


def test_a_directory_without_end_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = write(tmp_path, pack({f"x/{number}.csv": b"" for number in range(100)}))
    monkeypatch.setattr(zipped, "MAX_DIRECTORY_BYTES", 5000)
    with pytest.raises(SourceDamagedError, match="directory has more than 5000 bytes"):
        zipped.members(archive, {"ratings.csv"}, name="ml-x.zip")


@pytest.mark.parametrize("other", [b"", b"PK\3\4", b"<html>503</html>", b"\x1f\x8b\x08"])
def test_what_is_no_zip_is_damaged(tmp_path: Path, other: bytes) -> None:
    with pytest.raises(SourceDamagedError, match=r"^ml-x\.zip: not a whole zip archive"):
        zipped.members(write(tmp_path, other), {"ratings.csv"}, name="ml-x.zip")


def test_a_reader_that_stops_early_leaves_no_thread_behind(tmp_path: Path) -> None:
    archive = write(tmp_path, pack({"x/ratings.csv": random.Random(1).randbytes(30 << 20)}))
    before = set(threading.enumerate())
    with zipped.opened(Member(archive, "x/ratings.csv"), ahead=True) as handle:
        assert len(handle.read(10)) == 10
    # Others may end meanwhile, those of tests before this one.
    assert set(threading.enumerate()) <= before
