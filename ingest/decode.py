"""Dump files as text: every byte checked, and served to DuckDB without a temporary file.

DuckDB's own gzip reader checks neither CRC nor length, and some damaged files make it spin for
ever. So ISA-L decodes, and DuckDB reads text only. A file is read twice: `measure` decodes it to
the last member, which checks every CRC-32 and length, and counts; then `TextFileSystem` decodes
it again, ahead of the parser, as one file of known size.
"""

import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from fsspec import AbstractFileSystem
from isal import igzip, igzip_threaded

from ingest.errors import SourceDamagedError

BLOCK_BYTES = 4 << 20
# IMDb's text is about five times its gzip; a thousand is the format's limit, and a bomb.
MAX_RATIO = 200
# Lines over 4 MiB are rejected one by one; a text with none at all would be one line in memory.
MAX_UNBROKEN_BYTES = 256 << 20
RECENT_BYTES = 128 << 20
BOM = b"\xef\xbb\xbf"
# ISA-L says OverflowError of a gzip header that never ends.
_DAMAGE = (EOFError, igzip.BadGzipFile, zlib.error, igzip.isal_zlib.error, OverflowError)


@dataclass(frozen=True, slots=True)
class Text:
    """What one pass over a dump's decoded bytes counted; sizes in bytes.

    `line_count` counts the header and a last line without newline. Offsets start after a
    byte order mark, which `byte_count` leaves out.
    """

    byte_count: int
    line_count: int
    tab_count: int
    header: str
    has_bom: bool
    has_carriage_return: bool
    ends_with_newline: bool


def is_gzip(path: Path) -> bool:
    """Whether the file says it is gzip: by its name, whatever its bytes say."""
    return path.suffix == ".gz"


@contextmanager
def _opened(path: Path, *, ahead: bool = False) -> Iterator[IO[bytes]]:
    """The decoded bytes; what is wrong with them becomes one error with the file's name."""
    try:
        if not is_gzip(path):
            handle = path.open("rb", buffering=0)
        elif ahead:
            handle = igzip_threaded.open(path, "rb", threads=1, block_size=BLOCK_BYTES)
        else:
            handle = igzip.open(path, "rb")
        with handle:
            yield cast("IO[bytes]", handle)
    except _DAMAGE as error:
        raise SourceDamagedError(
            str(path),
            f"not a whole gzip file ({error})",
            "The file was cut short or altered on its way: fetch it again",
        ) from error


def measure(path: Path, *, name: str | None = None) -> Text:
    """Decode to the end, check every gzip member, and count.

    Raises:
        SourceDamagedError: no gzip, cut short, a wrong checksum, or a decompression bomb.
    """
    shown = name or str(path)
    try:
        return _measure(path, shown)
    except SourceDamagedError as error:
        raise SourceDamagedError(shown, error.reason, error.advice) from error


def _measure(path: Path, shown: str) -> Text:
    limit = path.stat().st_size * MAX_RATIO + BLOCK_BYTES
    counts = _Counts()
    with _opened(path) as handle:
        block = bytearray(BLOCK_BYTES)
        while size := cast("BufferedIOBase", handle).readinto(block):
            counts.add(block, size)
            if counts.byte_count > limit:
                reason = f"its text is more than {MAX_RATIO} times its size"
            elif counts.unbroken_byte_count > MAX_UNBROKEN_BYTES:
                reason = f"no line ends within {MAX_UNBROKEN_BYTES} bytes"
            else:
                continue
            raise SourceDamagedError(shown, reason, "No dump: look at what the publisher serves")
    return counts.text(shown)


class _Counts:
    """Running counts over blocks of bytes."""

    def __init__(self) -> None:
        self.byte_count = 0
        self.unbroken_byte_count = 0
        self._newlines = 0
        self._tabs = 0
        self._head = bytearray()
        self._has_carriage_return = False
        self._last = b""

    def add(self, block: bytearray, size: int) -> None:
        view = np.frombuffer(block, dtype=np.uint8, count=size)
        newlines = int(np.count_nonzero(view == ord("\n")))
        self._newlines += newlines
        self.unbroken_byte_count = 0 if newlines else self.unbroken_byte_count + size
        self._tabs += int(np.count_nonzero(view == ord("\t")))
        if b"\n" not in self._head:
            self._head += block[: min(size, BLOCK_BYTES)]
        if not self._has_carriage_return:
            self._has_carriage_return = block.find(b"\r", 0, size) >= 0
        self._last = bytes(block[size - 1 : size])
        self.byte_count += size

    def text(self, shown: str) -> Text:
        if not self.byte_count:
            raise SourceDamagedError(
                shown, "the file is empty", "Not even a header line: fetch it again later"
            )
        has_bom = self._head.startswith(BOM)
        header = bytes(self._head.removeprefix(BOM).split(b"\n", 1)[0])
        ends_with_newline = self._last == b"\n"
        return Text(
            byte_count=self.byte_count - (len(BOM) if has_bom else 0),
            line_count=self._newlines + (0 if ends_with_newline else 1),
            tab_count=self._tabs,
            header=header.decode("utf-8", "backslashreplace"),
            has_bom=has_bom,
            has_carriage_return=self._has_carriage_return,
            ends_with_newline=ends_with_newline,
        )


class _TextFile:
    """One decoded dump, as DuckDB's reader asks for it: forward, but now and then back again.

    Its threads share blocks of 32 MiB, and one that lags behind asks for a block that was already
    let go. The newest blocks are kept for that; anything older is decoded from the start again.
    """

    def __init__(self, path: Path, text: Text) -> None:
        self._path, self._text = path, text
        self._position = self._decoded = 0
        self._recent: deque[tuple[int, bytes]] = deque()
        self.closed = False
        self._open()

    def _open(self) -> None:
        self._context = _opened(self._path, ahead=True)
        self._handle = self._context.__enter__()
        self._decoded = 0
        if self._text.has_bom:
            _read_exactly(self._handle, len(BOM))

    def read(self, size: int = -1) -> bytes:
        wanted = max(self._text.byte_count - self._position, 0)
        if 0 <= size < wanted:
            wanted = size
        parts = []
        while wanted > 0 and (part := self._recalled(wanted) or self._decode(wanted)):
            parts.append(part)
            self._position += len(part)
            wanted -= len(part)
        return b"".join(parts)

    def _recalled(self, wanted: int) -> bytes:
        for offset, block in self._recent:
            if offset <= self._position < offset + len(block):
                return block[self._position - offset :][:wanted]
        return b""

    def _decode(self, wanted: int) -> bytes:
        if self._position < self._decoded:
            self._context.__exit__(None, None, None)
            self._open()
        while skipped := min(self._position - self._decoded, BLOCK_BYTES):
            if len(_read_exactly(self._handle, skipped)) < skipped:
                return b""
            self._decoded += skipped
        block = _read_exactly(self._handle, wanted)
        self._recent.append((self._decoded, block))
        self._decoded += len(block)
        while sum(len(one) for _, one in self._recent) > RECENT_BYTES:
            self._recent.popleft()
        return block

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence != 0:
            raise OSError(f"decoded text is sought from its start only, not from {whence}")
        self._position = offset
        return offset

    def tell(self) -> int:
        return self._position

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self._recent.clear()
            self._context.__exit__(None, None, None)


def _read_exactly(handle: IO[bytes], size: int) -> bytes:
    """That many bytes, or fewer at the end: one read may stop at a gzip member's end."""
    parts = []
    while size > 0 and (part := handle.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class TextFileSystem(AbstractFileSystem):  # type: ignore[misc] # fsspec ships no types
    """What DuckDB opens as `arthouse-text://<path>`: the decoded text of a measured dump."""

    protocol = "arthouse-text"
    cachable = False

    def __init__(self, texts: dict[Path, Text]) -> None:
        super().__init__()
        self._texts = texts

    @classmethod
    def url(cls, path: Path) -> str:
        """The address under which DuckDB asks for that file."""
        return f"{cls.protocol}://{path}"

    def open(self, path: str, mode: str = "rb", **_: Any) -> _TextFile:  # noqa: ANN401
        if mode != "rb":
            raise OSError("a dump is read, never written")
        key = self._path(path)
        return _TextFile(key, self._texts[key])

    def exists(self, path: str, **_: Any) -> bool:  # noqa: ANN401
        return self._path(path) in self._texts

    def info(self, path: str, **_: Any) -> dict[str, object]:  # noqa: ANN401
        return {
            "name": path,
            "size": self._texts[self._path(path)].byte_count,
            "type": "file",
        }

    def glob(self, path: str, **_: Any) -> list[str]:  # noqa: ANN401
        return [path]

    def modified(self, path: str) -> float:
        return self._path(path).stat().st_mtime

    @classmethod
    def _path(cls, path: str) -> Path:
        return Path(path.removeprefix(f"{cls.protocol}://"))


LINE_SCHEMA = pa.schema([("line_number", pa.int64()), ("line", pa.large_binary())])


def lines(path: Path, text: Text) -> pa.RecordBatchReader:
    """Every line after the header as (line_number, line): bytes as they are, header = line 1."""
    return pa.RecordBatchReader.from_batches(LINE_SCHEMA, _line_batches(path, text))


def _line_batches(path: Path, text: Text) -> Iterator[pa.RecordBatch]:
    number, rest, first = 1, b"", True
    with _opened(path, ahead=True) as handle:
        if text.has_bom:
            _read_exactly(handle, len(BOM))
        while block := handle.read(BLOCK_BYTES):
            whole, newline, tail = (rest + block).rpartition(b"\n")
            rest = tail
            if newline:
                batch = _line_batch(whole + newline, number)
                yield batch.slice(1) if first else batch
                number, first = number + batch.num_rows, False
    if rest and not first:
        yield _line_batch(rest + b"\n", number)


def _line_batch(block: bytes, first_number: int) -> pa.RecordBatch:
    """Slice a block at its newlines; no line becomes a Python object."""
    ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == ord("\n"))
    offsets = np.concatenate(([0], ends + 1)).astype(np.int64)
    array = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(ends), [None, pa.py_buffer(offsets), pa.py_buffer(block)]
    )
    numbers = pa.array(np.arange(first_number, first_number + len(ends), dtype=np.int64))
    return pa.RecordBatch.from_arrays([numbers, pc.binary_slice(array, 0, -1)], schema=LINE_SCHEMA)
