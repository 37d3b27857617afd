"""Decoded text as files that DuckDB opens: nothing is written to disk on the way."""

from collections import deque
from collections.abc import Mapping
from typing import Any

from fsspec import AbstractFileSystem

from ingest.decode import BOM, Text
from ingest.records import read_exactly
from ingest.source import Source, file_of, opened

BLOCK_BYTES = 4 << 20
RECENT_BYTES = 128 << 20


class TextFile:
    """One decoded dump, as DuckDB's reader asks for it: forward, but now and then back again.

    Its threads share blocks of 32 MiB, and one that lags behind asks for a block that was already
    let go. The newest blocks are kept for that; anything older is decoded from the start again.
    """

    def __init__(self, source: Source, text: Text) -> None:
        self._source, self._text = source, text
        self._position = self._decoded = 0
        self._recent: deque[tuple[int, bytes]] = deque()
        self.closed = False
        self._open()

    def _open(self) -> None:
        self._context = opened(self._source, ahead=True)
        self._handle = self._context.__enter__()
        self._decoded = 0
        if self._text.has_bom:
            read_exactly(self._handle, len(BOM))

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
            if len(read_exactly(self._handle, skipped)) < skipped:
                return b""
            self._decoded += skipped
        block = read_exactly(self._handle, wanted)
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


class TextFileSystem(AbstractFileSystem):  # type: ignore[misc] # fsspec ships no types
    """What DuckDB opens as `arthouse-text://<source>`: the decoded text of a measured source."""

    protocol = "arthouse-text"
    cachable = False

    def __init__(self, texts: Mapping[Source, Text]) -> None:
        super().__init__()
        self._texts: dict[str, tuple[Source, Text]] = {
            str(source): (source, text) for source, text in texts.items()
        }

    @classmethod
    def url(cls, source: Source) -> str:
        """The address under which DuckDB asks for that source."""
        return f"{cls.protocol}://{source}"

    def open(self, path: str, mode: str = "rb", **_: Any) -> TextFile:  # noqa: ANN401
        if mode != "rb":
            raise OSError("a dump is read, never written")
        return TextFile(*self._texts[self._key(path)])

    def exists(self, path: str, **_: Any) -> bool:  # noqa: ANN401
        return self._key(path) in self._texts

    def info(self, path: str, **_: Any) -> dict[str, object]:  # noqa: ANN401
        return {
            "name": path,
            "size": self._texts[self._key(path)][1].byte_count,
            "type": "file",
        }

    def glob(self, path: str, **_: Any) -> list[str]:  # noqa: ANN401
        return [path]

    def modified(self, path: str) -> float:
        return file_of(self._texts[self._key(path)][0]).stat().st_mtime

    @classmethod
    def _key(cls, path: str) -> str:
        return path.removeprefix(f"{cls.protocol}://")
