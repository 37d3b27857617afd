"""Hostile archives, and what must become of each: built by hand where no library would write it."""

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from tests.unit.ingest.feeds.test_movielens import packed, ratings

_FIRST, _SECOND = "aclImdb/train/pos/0_9.txt", "aclImdb/train/pos/1_7.txt"
_RATED = ratings("1,7,4.0,964982703", "1,9,0.5,964982703", "2,7,5.0,0")
_MEMBERS = 130


@dataclass(frozen=True, slots=True)
class Case:
    """An archive, and what must become of it: counts of good records and of rejects, or words."""

    what: str
    file: str
    data: bytes
    manifest: tuple[int, int] | None = None
    refusal: str = ""


@dataclass(slots=True)
class _Tar:
    """A tar in the making; it starts with one good review."""

    form: Literal[0, 1, 2] = tarfile.PAX_FORMAT
    raw: bytes = b""

    def add(self, name: str, text: bytes = b"A lamp.", **facts: object) -> "_Tar":
        member = tarfile.TarInfo(name)
        member.size = len(text)
        for fact, value in facts.items():
            setattr(member, fact, value)
        self.raw += member.tobuf(self.form, errors="surrogateescape") + text
        self.raw += bytes(-len(text) % 512)
        return self

    def whole(self) -> bytes:
        return self.raw + bytes(1024)


def _tar(name: str = _SECOND, text: bytes = b"A lamp.", **facts: object) -> bytes:
    return _Tar().add(_FIRST, b"It shines.").add(name, text, **facts).whole()


def _special(kind: bytes, target: str = "") -> bytes:
    return _tar(_SECOND, b"", type=kind, linkname=target, devmajor=1, devminor=3)


def tars(outside: Path) -> Iterator[Case]:
    """Tars whose members lead out, are no files, share a name, or lie about themselves."""
    out = "outside the archive"
    names = {
        "a name with ../": f"../../{outside.name}/{_SECOND}",
        "an absolute name": f"{outside}/{_SECOND}",
        "a name with ..\\": f"..\\..\\{_SECOND}",
        "a drive's name": f"C:/{_SECOND}",
    }
    for what, name in names.items():
        yield Case(f"tar: {what}", "aclImdb.tar", _tar(name), refusal=out)
        long = f"{name}/{'n' * 200}"
        gnu = _Tar(tarfile.GNU_FORMAT).add(_FIRST).add(long).whole()
        yield Case(f"tar: {what}, in GNU's long form", "aclImdb.tar", gnu, refusal=out)
        pax = _tar("aclImdb/plain.txt", pax_headers={"path": name})
        yield Case(f"tar: {what}, in an extended header", "aclImdb.tar", pax, refusal=out)
    for what, kind in {
        "a symbolic link": tarfile.SYMTYPE, "a hard link": tarfile.LNKTYPE,
        "a character device": tarfile.CHRTYPE, "a block device": tarfile.BLKTYPE,
        "a fifo": tarfile.FIFOTYPE, "an unknown kind": b"Z",
        "a sparse file": tarfile.GNUTYPE_SPARSE,
    }.items():  # fmt: skip
        yield Case(f"tar: {what}", "aclImdb.tar", _special(kind, f"{outside}/victim"), (1, 1))
    through = _Tar().add("aclImdb/train", b"", type=tarfile.SYMTYPE, linkname=str(outside))
    yield Case("tar: a write through a link", "aclImdb.tar", through.add(_FIRST).whole(), (1, 0))
    sparse = _tar(pax_headers={"GNU.sparse.major": "1", "GNU.sparse.minor": "0"})
    yield Case("tar: a sparse file by its extended header", "aclImdb.tar", sparse, (1, 1))


def odd_tars() -> Iterator[Case]:
    """Tars that are odd, and good; and those that are bad, and lead nowhere."""
    yield Case("tar: setuid", "aclImdb.tar", _tar(mode=0o6755), (2, 0))
    yield Case("tar: a name twice", "aclImdb.tar", _tar(_FIRST), (1, 1))
    clash = _tar("AclImdb/train/pos/0_9.txt")
    yield Case("tar: names that differ in case", "aclImdb.tar", clash, (1, 1))
    newline = _tar("acl\nImdb/train/pos/1_7.txt")
    yield Case("tar: a newline in a name", "aclImdb.tar", newline, (1, 0))
    deep = _tar("d/" * 300 + "train/pos/1_7.txt")
    yield Case("tar: 300 folders deep", "aclImdb.tar", deep, (2, 0))
    nul = _tar(pax_headers={"path": "aclImdb/train/pos/1_7.txt\0/../x"})
    yield Case("tar: NUL in a name", "aclImdb.tar", nul, refusal="outside the archive")
    folder = _Tar().add("aclImdb/train/pos/", b"", type=tarfile.DIRTYPE, size=512).add(_FIRST)
    yield Case("tar: a folder that states a size", "aclImdb.tar", folder.whole(), (1, 0))
    huge = _Tar().add("x", b"", type=tarfile.XHDTYPE, size=4 << 30)
    yield Case("tar: an extended header of 4 GiB", "aclImdb.tar", huge.whole(), refusal="extended")
    negative = _Tar(tarfile.GNU_FORMAT).add(_SECOND, b"", size=-512).whole()
    yield Case("tar: a negative size", "aclImdb.tar", negative, refusal="not a whole tar")
    claims = _tar("aclImdb/train/pos/1_7.txt", b"", size=8 << 30)
    yield Case("tar: a text of 8 GiB that is not there", "aclImdb.tar", claims, refusal="too early")
    bomb = gzip.compress(_tar(text=bytes(64 << 20)), 9)
    yield Case("tar: a bomb", "aclImdb.tar.gz", bomb, refusal="200 times its size")
    nested = gzip.compress(gzip.compress(_tar()))
    yield Case("tar: a gzip in a gzip", "aclImdb.tar.gz", nested, refusal="not a whole tar")
    yield Case("tar: something behind its end", "aclImdb.tar", _tar() + _tar(), refusal="follows")
    yield Case("tar: none", "aclImdb.tar", b"<html>503</html>" * 64, refusal="not a whole tar")


def _zip(name: str = "", *, mode: int = 0, flag: int = 0, method: int = 8) -> bytes:
    """A release with another member of that name, or with its ratings altered."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for one in ("ml-x/ratings.csv", name):
            entry = zipfile.ZipInfo(one)
            entry.compress_type = method
            entry.create_system, entry.external_attr = 3, mode << 16
            if one:
                archive.writestr(entry, _RATED)
    data = bytearray(raw.getvalue())
    for mark, place in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        data[data.index(mark) + place] |= flag
    return bytes(data)


def zips(outside: Path) -> Iterator[Case]:
    """Zips with the same faults."""
    file = "ml-x.zip"
    for what, name in {
        "a name with ../": f"../../{outside.name}/tags.csv",
        "an absolute name": f"{outside}/tags.csv",
        "a name with ..\\": "..\\..\\tags.csv",
        "a drive's name": "C:/tags.csv",
    }.items():
        yield Case(f"zip: {what}", file, _zip(name), refusal="outside the archive")
    kinds = {"a symbolic link": stat.S_IFLNK, "a device": stat.S_IFCHR, "a fifo": stat.S_IFIFO}
    for what, mode in (kinds | {"setuid": stat.S_IFREG | 0o6755}).items():
        yield Case(f"zip: {what} is but its text", file, _zip(mode=mode | 0o777), (3, 0))
    twice = "more than one of"
    yield Case("zip: a name twice", file, _zip("ml-x/ratings.csv"), refusal=twice)
    yield Case("zip: a name in two folders", file, _zip("y/ratings.csv"), refusal=twice)
    yield Case("zip: names that differ in case", file, _zip("ml-x/Ratings.csv"), (3, 0))
    yield Case("zip: a newline in a name", file, _zip("ml-x/a\nb"), (3, 0))
    yield Case("zip: 300 folders deep", file, _zip("d/" * 300 + "x"), (3, 0))
    yield Case("zip: encrypted", file, _zip(flag=1), refusal="encrypted")
    yield Case("zip: another method", file, _zip(method=zipfile.ZIP_LZMA), refusal="method 14")
    bomb = packed({"ratings.csv": _RATED + bytes(64 << 20)})
    yield Case("zip: a bomb", file, bomb, refusal="200 times its size")
    nested = packed({"inner.zip": packed({"ratings.csv": _RATED})})
    yield Case("zip: a zip in a zip", file, nested, refusal="holds none of ratings.csv")
    yield Case("zip: none", file, b"<html>503</html>", refusal="not a whole zip")
    yield Case("zip: bytes before it", file, b"#!/bin/sh\n" + _zip(), (3, 0))
    renamed = _zip().replace(b"ml-x/ratings.csv", b"ml-x/Ratings.csv", 1)
    yield Case("zip: a name unlike the directory's", file, renamed, refusal="not a whole zip")


def cuts() -> Iterator[Case]:
    """Archives that end between two members: 130 plain, 65 gzipped, 65 zips."""
    members = [_Tar().add(f"aclImdb/train/pos/{n}_9.txt").raw for n in range(_MEMBERS)]
    for count in range(_MEMBERS):
        short = b"".join(members[:count])
        yield Case(f"tar cut after {count} members", "aclImdb.tar", short, refusal="whole tar")
    for count in range(0, _MEMBERS, 2):
        short = gzip.compress(b"".join(members[:count]) + bytes(512))
        what = f"gzipped tar cut after {count} members and half its end"
        yield Case(what, "aclImdb.tar.gz", short, refusal="whole tar")
    whole = packed({"ratings.csv": _RATED, **{f"{n}.csv": b"x" for n in range(65)}})
    places = [
        place for place in range(len(whole)) if whole.startswith((b"PK\3\4", b"PK\1\2"), place)
    ]
    for place in places[1:66]:
        what = f"zip cut at byte {place}, where a member begins"
        yield Case(what, "ml-x.zip", whole[:place], refusal="whole zip")


def random_cuts(count: int) -> Iterator[Case]:
    """Archives cut at any byte; the end of a tar is two blocks of zeros, of which one may lack."""
    rolled = Random("F40")
    plain = _Tar().add(_FIRST, b"It shines." * 200).add(_SECOND).whole()
    for _ in range(count):
        file, data = rolled.choice((
            ("aclImdb.tar", plain[:-512]), ("aclImdb.tar.gz", gzip.compress(plain)),
            ("ml-x.zip", _zip()),
        ))  # fmt: skip
        end = rolled.randrange(len(data))
        yield Case(f"{file} cut at byte {end}", file, data[:end], refusal="not a whole")
