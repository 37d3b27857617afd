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
def opened(source: Source, *, ahead: bool = False, name: str = "") -> Iterator[IO[bytes]]:
    """The decoded bytes; what is wrong with them becomes one error with the source's name.

    With `ahead`, a thread decodes what will be asked for next. `name` is what a person calls it.

    Raises:
        SourceDamagedError: by a read of it: a gzip or zip that is not whole, or a bomb.
    """
    shown = name or str(source)
    if isinstance(source, Member):
        with zipped.opened(source, ahead=ahead) as member:
            yield cast("IO[bytes]", _Unpacked(member, source, shown))
    elif is_gzip(source):
        open_gzip = partial(igzip_threaded.open, threads=1, block_size=_BLOCK_BYTES)
        with (open_gzip if ahead else igzip.open)(source, "rb") as packed:
            yield cast("IO[bytes]", _Unpacked(packed, source, shown))
    else:
        with source.open("rb", buffering=0) as plain:
            yield cast("IO[bytes]", plain)


class _Unpacked:
    """Unpacked bytes, as many as an honest source of its size holds.

    Only what its reader says is damage: a caller's errors are its own.
    """

    def __init__(self, handle: IO[bytes], source: Source, name: str) -> None:
        self._handle, self._name = handle, name
        self._left = packed_size(source) * MAX_RATIO + _BLOCK_BYTES

    def tell(self) -> int:
        return self._handle.tell()

    def read(self, size: int = -1) -> bytes:
        with self._explained():
            block = self._handle.read(size if size >= 0 else self._left + 1)
        self._count(len(block))
        return block

    def readinto(self, block: bytearray) -> int:
        with self._explained():
            size = cast("BufferedIOBase", self._handle).readinto(block)
        self._count(size)
        return size

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise SourceDamagedError(
                self._name,
                f"its text is more than {MAX_RATIO} times its size",
                "No dump: look at what the publisher serves",
            )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGE as error:
            raise SourceDamagedError(
                self._name,
                f"not a whole gzip file ({error})",
                "The file was cut short or altered on its way: fetch it again",
            ) from error
