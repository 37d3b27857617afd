"""Members of zip archives, read as text without ever being extracted.

Only regular members whose last name is expected are opened, so no path in an archive leads
anywhere. The directory's claims are not believed: what is decoded must have the length and the
CRC-32 it states, and a member that grows beyond reason is refused before it fills a disk.
"""

import io
import queue
import struct
import threading
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from isal import isal_zlib

from ingest.errors import SourceChangedError, SourceDamagedError

# The largest known, ml-32m's ratings, has under 1 GB.
MAX_MEMBER_BYTES = 64 << 30
# An archive of ours has ten members; its directory is read into memory.
MAX_DIRECTORY_BYTES = 1 << 20
_BLOCK_BYTES = 4 << 20
_AHEAD = 4
_ENCRYPTED = 1
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
# `zipfile` says NotImplementedError of a version or a method that it does not know, and
# UnicodeDecodeError of a name that claims to be UTF-8. Anything else is a fault of ours.
_DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError,
    cast("type[Exception]", isal_zlib.error),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an archive on this machine."""

    archive: Path
    name: str

    def __str__(self) -> str:
        return f"{self.archive}!{self.name}"


def members(archive: Path, wanted: Collection[str], *, name: str) -> tuple[list[Member], list[str]]:
    """The members whose last name is wanted, and the names of all other files in the archive.

    Raises:
        SourceDamagedError: no zip, cut short, or a member's name leads out of it.
        SourceChangedError: two members have one of the wanted names.
    """
    with _explained(name):
        _check_directory(archive)
        with zipfile.ZipFile(archive) as opened:
            # `ZipInfo.is_dir` of Python 3.11 fails on a name without letters.
            files = [name for name in opened.namelist() if not name.endswith("/")]
    for file in files:
        _check_name(file, name)
    found = [file for file in files if PurePosixPath(file).name in wanted]
    lasts = [PurePosixPath(file).name for file in found]
    if len(set(lasts)) < len(lasts):
        raise SourceChangedError(
            name,
            f"it holds more than one of {', '.join(sorted(set(lasts)))}",
            "One archive has one release: take the others out",
        )
    others = [file for file in files if file not in set(found)]
    return [Member(archive, file) for file in sorted(found)], sorted(others)


def _check_name(file: str, name: str) -> None:
    path = PurePosixPath(file.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in file:
        raise SourceDamagedError(
            name, f"a member is called {file!r}, outside the archive", "Don't unpack it: it attacks"
        )


def _check_directory(archive: Path) -> None:
    """BadZipFile where the directory, which is read whole, is larger than an archive's of ours."""
    with archive.open("rb") as handle:
        size = handle.seek(0, io.SEEK_END)
        handle.seek(max(0, size - (1 << 16) - _END.size - 20 - _END_64.size))
        tail = handle.read()
    claims = [
        layout.unpack_from(tail, place)[field]
        for layout, mark, field in ((_END, b"PK\5\6", 5), (_END_64, b"PK\6\6", 8))
        if 0 <= (place := tail.rfind(mark)) <= len(tail) - layout.size
    ]
    if any(MAX_DIRECTORY_BYTES < claim != 0xFFFFFFFF for claim in claims):
        raise zipfile.BadZipFile(f"its directory has more than {MAX_DIRECTORY_BYTES} bytes")


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise SourceDamagedError(
            name,
            f"not a whole zip archive ({error})",
            "The file was cut short or altered on its way: fetch it again",
        ) from error


@contextmanager
def opened(member: Member, *, ahead: bool = False) -> Iterator[IO[bytes]]:
    """The decoded bytes; with `ahead`, a thread decodes what will be asked for next."""
    with _explained(str(member)):
        text = _Text(member)
    with text:
        if not ahead:
            yield cast("IO[bytes]", text)
            return
        with _Ahead(text) as reader:
            yield cast("IO[bytes]", reader)


def packed_size(member: Member) -> int:
    """Bytes the member takes in its archive, as far as those bytes exist."""
    with _explained(str(member)), zipfile.ZipFile(member.archive) as opened_archive:
        claimed = opened_archive.getinfo(member.name).compress_size
    return min(claimed, member.archive.stat().st_size)


class _Text:
    """A member's text, whose length and checksum are compared at its end."""

    def __init__(self, member: Member) -> None:
        with zipfile.ZipFile(member.archive) as archive:
            info = archive.getinfo(member.name)
            _check_kind(info, member.archive.stat().st_size)
            archive.open(info).close()  # its own header must name it, too
        self._name, self._info = str(member), info
        self._handle = member.archive.open("rb")
        self._handle.seek(info.header_offset)
        *_, name_size, extra_size = _LOCAL_HEADER.unpack(self._handle.read(_LOCAL_HEADER.size))
        self._handle.seek(name_size + extra_size, io.SEEK_CUR)
        self._packed_left = info.compress_size
        self._packed = b""
        self._inflate = isal_zlib.decompressobj(wbits=-15)
        self._byte_count = self._checksum = 0

    def __enter__(self) -> "_Text":
        return self

    def __exit__(self, *_: object) -> None:
        self._handle.close()

    def read(self, size: int) -> bytes:
        """That many bytes, or fewer at the end, where everything must be as stated."""
        with _explained(self._name):
            return self._read(size)

    def _read(self, size: int) -> bytes:
        parts = []
        while size > 0 and (part := self._part(size)):
            self._byte_count += len(part)
            if self._byte_count > self._info.file_size:
                raise zipfile.BadZipFile(
                    f"its text exceeds the {self._info.file_size} bytes stated"
                )
            self._checksum = isal_zlib.crc32(part, self._checksum)
            parts.append(part)
            size -= len(part)
        if size > 0 or self._byte_count == self._info.file_size:
            self._check_end()
        return b"".join(parts)

    def _part(self, size: int) -> bytes:
        if self._info.compress_type == zipfile.ZIP_STORED:
            return self._take(size)
        part = b""
        while not part and not self._inflate.eof:
            # All input may be taken in while output waits: then it comes without any input.
            packed = self._packed or self._take(_BLOCK_BYTES)
            part = self._inflate.decompress(packed, size)
            self._packed = self._inflate.unconsumed_tail
            if not part and not packed and not self._inflate.eof:
                raise zipfile.BadZipFile("it ends too early")
        return part

    def _take(self, size: int) -> bytes:
        packed = self._handle.read(min(size, self._packed_left))
        self._packed_left -= len(packed)
        return packed

    def _check_end(self) -> None:
        info = self._info
        if self._byte_count != info.file_size or self._part(1) or self._packed_left:
            raise zipfile.BadZipFile(f"its text has not the {info.file_size} bytes it states")
        if self._checksum != info.CRC:
            raise zipfile.BadZipFile("its checksum is wrong")


def _check_kind(info: zipfile.ZipInfo, archive_size: int) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise zipfile.BadZipFile("it is encrypted")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(f"it is packed by method {info.compress_type}, not by deflate")
    if not 0 <= info.header_offset < archive_size:
        raise zipfile.BadZipFile("its directory points outside of it")
    if info.file_size > MAX_MEMBER_BYTES:
        raise zipfile.BadZipFile(f"a text of {info.file_size} bytes")


class _Ahead:
    """Decodes blocks in a thread, while its reader works on the ones before."""

    def __init__(self, text: _Text) -> None:
        self._text = text
        self._blocks: queue.Queue[bytes | Exception] = queue.Queue(_AHEAD)
        self._is_closed = threading.Event()
        self._rest = memoryview(b"")
        self._is_over = False
        self._thread = threading.Thread(target=self._decode, daemon=True)
        self._thread.start()

    def __enter__(self) -> "_Ahead":
        return self

    def __exit__(self, *_: object) -> None:
        self._is_closed.set()
        while self._thread.is_alive():
            with suppress(queue.Empty):
                self._blocks.get(timeout=0.01)
        self._thread.join()

    def _decode(self) -> None:
        try:
            while block := self._text.read(_BLOCK_BYTES):
                self._blocks.put(block)
                if self._is_closed.is_set():
                    return
            self._blocks.put(b"")
        except Exception as error:  # noqa: BLE001 - whatever it is, the reader raises it
            self._blocks.put(error)

    def read(self, size: int) -> bytes:
        """That many bytes, or fewer at the end of a block."""
        if not self._rest and not self._is_over:
            block = self._blocks.get()
            if isinstance(block, Exception):
                raise block
            self._rest = memoryview(block)
            self._is_over = not block
        part, self._rest = self._rest[:size], self._rest[size:]
        return bytes(part)
