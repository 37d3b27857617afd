"""Members of tar archives, read as a stream without ever being extracted.

Python's own reader takes a tar that was cut between two members for a whole one, and reads an
extended header of any size into memory. Here the archive must end as tar has it, in two blocks
of zeros or more, and what a member claims is bounded before it is read.
"""

import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from ingest.errors import SourceDamagedError
from ingest.records import read_exactly

# Of a member longer than is wanted, this much is kept for the ledger.
KEPT_BYTES = 1 << 16
_BLOCK_BYTES = 512
_MAX_HEADER_BYTES = 1 << 20
_SKIP_BYTES = 4 << 20
_PAX, _GLOBAL, _LONG_NAME, _LONG_LINK = b"x", b"g", b"L", b"K"
_EXTENDED = (_PAX, _GLOBAL, _LONG_NAME, _LONG_LINK)
_REGULAR = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
# Nothing follows the headers of these, whatever size they state (POSIX: pax interchange format).
_BARE = (
    tarfile.DIRTYPE, tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE,
    tarfile.BLKTYPE,
)  # fmt: skip
_MOST_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Member:
    """One member that is no folder; of one that was not wanted, or too long, `data` is a part."""

    name: str
    size: int
    is_regular: bool
    data: bytes


def members(handle: IO[bytes], name: str, wanted: Callable[[str], int]) -> Iterator[Member]:
    """Every member, in order; `wanted` says how many bytes of a member may be read at most.

    Raises:
        SourceDamagedError: no tar, cut short, followed by something, or a name that leads out.
    """
    return _Archive(handle, name).members(wanted)


class _Archive:
    def __init__(self, handle: IO[bytes], name: str) -> None:
        self._handle, self._name = handle, name
        self._count = 0

    def members(self, wanted: Callable[[str], int]) -> Iterator[Member]:
        while (header := self._header()) is not None:
            self._count += 1
            self._check_name(header.name)
            if header.type in _BARE:
                header.size = 0
            if header.isdir():
                continue
            is_regular = header.type in _REGULAR and not _is_sparse(header)
            size = header.size if is_regular else 0
            most = wanted(header.name)
            data = self._read(size if size <= most else min(most, KEPT_BYTES))
            self._skip(_padded(header.size) - len(data))
            yield Member(_printable(header.name), header.size, is_regular, data)

    def _header(self) -> tarfile.TarInfo | None:
        """The next member's header with what extended headers before it say; None at the end."""
        said: dict[str, str] = {}
        while (header := self._plain_header()) is not None:
            if header.type not in _EXTENDED:
                header.name = said.get("path", header.name)
                header.size = _size(said.get("size"), header.size)
                header.pax_headers = said
                return header
            said |= self._extended(header)
        if said:
            raise self._damaged("an extended header stands at its end")
        return None

    def _plain_header(self) -> tarfile.TarInfo | None:
        block = self._read(_BLOCK_BYTES)
        if not block.strip(b"\0"):
            self._check_end()
            return None
        try:
            header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError as error:
            raise self._damaged(f"no header of a member ({error})") from error
        if header.size < 0:
            raise self._damaged("a member of negative size")
        return header

    def _extended(self, header: tarfile.TarInfo) -> dict[str, str]:
        if header.size > _MAX_HEADER_BYTES:
            raise self._damaged(f"an extended header of {header.size} bytes")
        data = self._read(header.size)
        self._skip(_padded(header.size) - header.size)
        if header.type == _PAX:
            return _records(data)
        if header.type == _LONG_NAME:
            return {"path": data.rstrip(b"\0").decode("utf-8", "surrogateescape")}
        return {}

    def _check_name(self, file: str) -> None:
        path = PurePosixPath(file.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or "\0" in file or ":" in file.split("/")[0]:
            raise SourceDamagedError(
                self._name,
                f"a member is called {file!r}, outside the archive",
                "Don't unpack it: it attacks",
            )

    def _check_end(self) -> None:
        """SourceDamagedError unless the second block of zeros follows, and zeros to the last."""
        block = self._read(_BLOCK_BYTES)
        while block:
            if block.strip(b"\0"):
                raise self._damaged("something follows the archive's end")
            block = self._handle.read(_SKIP_BYTES)

    def _read(self, size: int) -> bytes:
        data = read_exactly(self._handle, size)
        if len(data) < size:
            raise self._damaged("it ends too early")
        return data

    def _skip(self, size: int) -> None:
        while size > 0:
            size -= len(self._read(min(size, _SKIP_BYTES)))

    def _damaged(self, reason: str) -> SourceDamagedError:
        return SourceDamagedError(
            self._name,
            f"not a whole tar archive ({reason}, after {self._count} members)",
            "The file was cut short or altered on its way: fetch it again",
        )


def _padded(size: int) -> int:
    return -(-size // _BLOCK_BYTES) * _BLOCK_BYTES


def _size(said: str | None, found: int) -> int:
    is_number = said is not None and said.isascii() and said.isdigit()
    return int(said) if said and is_number and len(said) <= _MOST_DIGITS else found


def _is_sparse(header: tarfile.TarInfo) -> bool:
    return any(key.startswith("GNU.sparse.") for key in header.pax_headers)


def _printable(name: str) -> str:
    """A name whose bytes are no UTF-8 as text that is."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _records(data: bytes) -> dict[str, str]:
    r"""The `<length> <key>=<value>\n` of an extended header; what is written otherwise is none."""
    found = {}
    place = 0
    while place < len(data):
        length, space, _ = data[place : place + _MOST_DIGITS].partition(b" ")
        if not (space and length.isdigit() and len(length) + 2 < int(length) <= len(data) - place):
            break
        end = place + int(length)
        key, _, value = data[place + len(length) + 1 : end - 1].partition(b"=")
        found[key.decode("utf-8", "replace")] = value.decode("utf-8", "surrogateescape")
        place = end
    return found
