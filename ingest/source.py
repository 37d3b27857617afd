"""Sources of text: a file, gzipped if it is called `.gz`, or a member of a zip archive."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BufferedIOBase
from pathlib import Path
from typing import IO, TypeAlias, cast

from isal import igzip, igzip_threaded

from ingest import zipped
from ingest.errors import SourceDamagedError
from ingest.zipped import Member

Source: TypeAlias = Path | Member
_BLOCK_BYTES = 4 << 20
# Dumps are three to five times their gzip; a thousand is the format's limit, and a bomb.
MAX_RATIO = 200
# ISA-L says OverflowError of a gzip header that never ends.
_DAMAGE = (EOFError, igzip.BadGzipFile, zlib.error, igzip.isal_zlib.error, OverflowError)


def is_gzip(path: Path) -> bool:
    """Whether the file says it is gzip: by its name, whatever its bytes say."""
    return path.suffix.casefold() == ".gz"


def file_of(source: Source) -> Path:
    """The file that holds the source."""
    return source.archive if isinstance(source, Member) else source


def packed_size(source: Source) -> int:
    """Bytes that the source takes on disk."""
    return zipped.packed_size(source) if isinstance(source, Member) else source.stat().st_size


@contextmanager
def opened(source: Source, *, ahead: bool = False) -> Iterator[IO[bytes]]:
    """The decoded bytes; what is wrong with them becomes one error with the source's name.

    With `ahead`, a thread decodes what will be asked for next.
    """
    if isinstance(source, Member):
        with zipped.opened(source, ahead=ahead) as text:
            yield text
        return
    if not is_gzip(source):
        with source.open("rb", buffering=0) as plain:
            yield cast("IO[bytes]", plain)
        return
    open_gzip = partial(igzip_threaded.open, threads=1, block_size=_BLOCK_BYTES)
    with (open_gzip if ahead else igzip.open)(source, "rb") as packed:
        yield cast("IO[bytes]", _Unpacked(packed, source))


class _Unpacked:
    """The text of a gzip. Only what its reader says is damage: a caller's errors are its own."""

    def __init__(self, handle: IO[bytes], source: Path) -> None:
        self._handle, self._source = handle, source

    def tell(self) -> int:
        return self._handle.tell()

    def read(self, size: int = -1) -> bytes:
        with self._explained():
            return self._handle.read(size)

    def readinto(self, block: bytearray) -> int:
        with self._explained():
            return cast("BufferedIOBase", self._handle).readinto(block)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGE as error:
            raise SourceDamagedError(
                str(self._source),
                f"not a whole gzip file ({error})",
                "The file was cut short or altered on its way: fetch it again",
            ) from error


def bounded(handle: IO[bytes], name: str, source: Source) -> IO[bytes]:
    """The same bytes; SourceDamagedError past what an honest source of its size holds."""
    return cast("IO[bytes]", _Bounded(handle, name, source))


class _Bounded:
    def __init__(self, handle: IO[bytes], name: str, source: Source) -> None:
        self._handle, self._name = handle, name
        self._left = packed_size(source) * MAX_RATIO + _BLOCK_BYTES

    def tell(self) -> int:
        return self._handle.tell()

    def read(self, size: int = -1) -> bytes:
        block = self._handle.read(size if size >= 0 else self._left + 1)
        self._left -= len(block)
        if self._left < 0:
            raise SourceDamagedError(
                self._name,
                f"it unpacks to more than {MAX_RATIO} times its size",
                "No dump does that: it is made to fill a disk",
            )
        return block
