"""Tar archives as streams: every member comes out, and no damaged archive passes for whole."""

import io
import tarfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import tarred
from ingest.errors import SourceDamagedError

LONG = "folder/" + "n" * 300 + ".txt"
NAMES = st.text("abcxyzé_0123456789", min_size=1, max_size=150)


def archive(members: Mapping[str, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=kind) as opened:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            opened.addfile(member, io.BytesIO(data))
    return target.getvalue()


def read(data: bytes, most: int = 1 << 20) -> list[tarred.Member]:
    return list(tarred.members(io.BytesIO(data), "a.tar", lambda _: most))


@pytest.mark.parametrize("kind", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@given(members=st.dictionaries(NAMES.map("f/{}".format), st.binary(max_size=1500), max_size=6))
def test_every_member_comes_out_as_it_went_in(kind: int, members: dict[str, bytes]) -> None:
    members = {name: data for name, data in members.items() if len(name.encode()) <= 100}

    assert {one.name: one.data for one in read(archive(members, kind))} == members


@pytest.mark.parametrize("kind", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_long_name_is_read_whole(kind: int) -> None:
    assert [one.name for one in read(archive({LONG: b"x"}, kind))] == [LONG]


def test_a_member_too_long_is_kept_in_part_and_the_next_is_found() -> None:
    first, second = read(archive({"a": b"1" * 5000, "b": b"2" * 9}), most=10)

    assert (first.size, first.data) == (5000, b"1" * 10)
    assert (second.size, second.data) == (9, b"2" * 9)


@pytest.mark.parametrize("end", [0, 100, 512, 600, 1024, 1536])
def test_an_archive_cut_anywhere_is_damaged(end: int) -> None:
    whole = archive({"a": b"1" * 500, "b": b"2" * 500}, tarfile.USTAR_FORMAT)

    with pytest.raises(SourceDamagedError, match="not a whole tar archive"):
        read(whole[:end])


def test_half_of_the_end_is_a_cut_archive() -> None:
    whole = archive({"a": b"1" * 500}, tarfile.USTAR_FORMAT)

    assert len(read(whole[: 4 * 512])) == 1
    with pytest.raises(SourceDamagedError, match="it ends too early, after 1 members"):
        read(whole[: 3 * 512])


def test_what_follows_the_end_is_damage() -> None:
    with pytest.raises(SourceDamagedError, match="something follows"):
        read(archive({"a": b"1"}) + b"more")


def test_an_altered_header_is_damage() -> None:
    with pytest.raises(SourceDamagedError, match="no header"):
        read(b"b" + archive({"a": b"1"}, tarfile.USTAR_FORMAT)[1:])


@pytest.mark.parametrize("name", ["../up", "/etc/passwd", "a/../../b", "C:/x", "..\\up"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(SourceDamagedError, match="outside the archive"):
        read(archive({name: b"1"}))


def test_an_extended_header_of_gigabytes_is_not_read() -> None:
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 4 << 30

    with pytest.raises(SourceDamagedError, match="an extended header of 4294967296 bytes"):
        read(header.tobuf(tarfile.GNU_FORMAT))


def test_a_link_has_no_data() -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as opened:
        link = tarfile.TarInfo("a")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        opened.addfile(link)

    [member] = read(target.getvalue())

    assert (member.is_regular, member.data) == (False, b"")
