"""Dump files as text: every byte checked before anything reads it.

DuckDB's own gzip reader checks neither CRC nor length, and some damaged files make it spin for
ever. So ISA-L decodes, and DuckDB reads text only. A file is read twice: `measure` decodes it to
the last member, which checks every CRC-32 and length, and counts; then `text_files` decodes it
again, ahead of the parser, as one file of known size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import IO, cast

import numpy as np
import pyarrow as pa

from ingest import records
from ingest.dialect import TSV, Dialect
from ingest.errors import SourceDamagedError
from ingest.records import Chunk, read_exactly
from ingest.source import Source, opened

BLOCK_BYTES = 4 << 20
# Lines over 4 MiB are rejected one by one; a text with none at all would be one line in memory.
MAX_UNBROKEN_BYTES = 256 << 20
MAX_HEADER_BYTES = 4 << 20
# Four bytes at most make one: a header of fewer was not cut at its limit of bytes.
MAX_HEADER_CHARACTERS = 1_000_000
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Split:
    """What a pass by another dialect than TSV counts besides; records with the header's.

    `torn_count` are records that a misplaced quote cut (`ingest.records`), and delimiters within
    quotes do not count. With `ends_alike`, carriage returns stand at every line's end or nowhere.
    """

    record_count: int = 0
    delimiter_count: int = 0
    torn_count: int = 0
    has_quotes: bool = False
    ends_alike: bool = True


@dataclass(frozen=True, slots=True)
class Text:
    """What one pass over a dump's decoded bytes counted; sizes in bytes.

    `line_count` counts the header and a last line without newline. Offsets start after a
    byte order mark, which `byte_count` leaves out. `tab_count` is of TSV, where lines are records;
    `split` is of every other dialect.
    """

    byte_count: int
    line_count: int
    tab_count: int
    header: str
    has_bom: bool
    has_carriage_return: bool
    ends_with_newline: bool
    split: Split | None = None

    @property
    def record_count(self) -> int:
        """Records, a header's among them."""
        return self.split.record_count if self.split else self.line_count


def measure(source: Source, *, name: str | None = None, dialect: Dialect = TSV) -> Text:
    """Decode to the end, check every checksum, and count.

    Raises:
        SourceDamagedError: no gzip or zip, cut short, a wrong checksum, or a decompression bomb.
    """
    shown = name or str(source)
    is_dump = dialect == TSV and isinstance(source, Path)
    try:
        watch = _Watch(source)
        return _measure_lines(source, watch) if is_dump else _measure_split(source, watch, dialect)
    except SourceDamagedError as error:
        raise SourceDamagedError(shown, error.reason, error.advice) from error


def measure_dump(source: Source, *, name: str) -> Text:
    """Measure a dump that is one table, which has rows.

    Raises:
        SourceDamagedError: as `measure`, nothing follows its header, or that has no end.
    """
    text = measure(source, name=name)
    if len(text.header) > MAX_HEADER_CHARACTERS:
        raise SourceDamagedError(
            name,
            f"its header is longer than {MAX_HEADER_CHARACTERS} characters",
            "No dump: look at what the publisher serves",
        )
    # Lines that end in a carriage return alone are one line here: `tabular` says what they are.
    if text.line_count == 1 and "\r" not in text.header.removesuffix("\r"):
        raise SourceDamagedError(
            name,
            "a header line is all it has",
            "Its publisher is not done yet: fetch it again later",
        )
    return text


class _Watch:
    """Stops at texts that no dump has: gigabytes without a line's end."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._unbroken_byte_count = 0
        self.byte_count = 0

    def see(self, size: int, *, has_newline: bool) -> None:
        """Count some more bytes; SourceDamagedError when they are too many."""
        self.byte_count += size
        self._unbroken_byte_count = 0 if has_newline else self._unbroken_byte_count + size
        if self._unbroken_byte_count > MAX_UNBROKEN_BYTES:
            raise SourceDamagedError(
                str(self._source),
                f"no line ends within {MAX_UNBROKEN_BYTES} bytes",
                "No dump: look at what the publisher serves",
            )

    def empty(self) -> SourceDamagedError:
        """What to raise where there was nothing to count."""
        return SourceDamagedError(
            str(self._source), "the file is empty", "Not even a header line: fetch it again later"
        )


def _measure_lines(source: Source, watch: _Watch) -> Text:
    counts = _Counts()
    with opened(source) as handle:
        block = bytearray(BLOCK_BYTES)
        while size := cast("BufferedIOBase", handle).readinto(block):
            newline_count = counts.add(block, size)
            watch.see(size, has_newline=newline_count > 0)
    if not watch.byte_count:
        raise watch.empty()
    return counts.text(watch.byte_count)


class _Counts:
    """Running counts over blocks of bytes."""

    def __init__(self) -> None:
        self._newlines = 0
        self._tabs = 0
        self._head, self._has_header = bytearray(), False
        self._has_carriage_return = False
        self._last = b""

    def add(self, block: bytearray, size: int) -> int:
        """Count one block; how many newlines it has."""
        view = np.frombuffer(block, dtype=np.uint8, count=size)
        newlines = int(np.count_nonzero(view == ord("\n")))
        self._newlines += newlines
        self._tabs += int(np.count_nonzero(view == ord("\t")))
        if not self._has_header:
            self._head += block[: min(size, MAX_HEADER_BYTES - len(self._head))]
            self._has_header = newlines > 0 or len(self._head) == MAX_HEADER_BYTES
        if not self._has_carriage_return:
            self._has_carriage_return = block.find(b"\r", 0, size) >= 0
        self._last = bytes(block[size - 1 : size])
        return newlines

    def text(self, byte_count: int) -> Text:
        has_bom = self._head.startswith(BOM)
        ends_with_newline = self._last == b"\n"
        return Text(
            byte_count=byte_count - (len(BOM) if has_bom else 0),
            line_count=self._newlines + (0 if ends_with_newline else 1),
            tab_count=self._tabs,
            header=_header(bytes(self._head.removeprefix(BOM))),
            has_bom=has_bom,
            has_carriage_return=self._has_carriage_return,
            ends_with_newline=ends_with_newline,
        )


def _header(start: bytes) -> str:
    return start.split(b"\n", 1)[0].decode("utf-8", "backslashreplace")


class _Watched:
    """A handle whose reads are watched, and which remembers its last byte."""

    def __init__(self, handle: IO[bytes], watch: _Watch) -> None:
        self._handle, self._watch = handle, watch
        self.last = b""

    def read(self, size: int) -> bytes:
        block = self._handle.read(size)
        if block:
            self._watch.see(len(block), has_newline=b"\n" in block)
            self.last = block[-1:]
        return block


def _measure_split(source: Source, watch: _Watch, dialect: Dialect) -> Text:
    with opened(source) as handle:
        watched = _Watched(handle, watch)
        start = read_exactly(cast("IO[bytes]", watched), len(BOM))
        has_bom = start == BOM
        counts = _SplitCounts(dialect)
        chunks = records.chunks(cast("IO[bytes]", watched), dialect, b"" if has_bom else start)
        for chunk in chunks:
            counts.add(chunk)
    if not counts.lines:
        raise watch.empty()
    return Text(
        byte_count=watch.byte_count - (len(BOM) if has_bom else 0),
        line_count=counts.lines,
        tab_count=0,
        header=counts.header or "",
        has_bom=has_bom,
        has_carriage_return=counts.returns > 0,
        ends_with_newline=watched.last == b"\n",
        split=Split(
            record_count=counts.records,
            delimiter_count=counts.delimiters,
            torn_count=counts.torn,
            has_quotes=counts.has_quotes,
            ends_alike=counts.ends_alike(has_last=watched.last == b"\n"),
        ),
    )


class _SplitCounts:
    """Running counts over chunks of whole records."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self.lines = self.records = self.delimiters = self.torn = self.returns = self.paired = 0
        self.has_quotes = False
        self.header: str | None = None

    def add(self, chunk: Chunk) -> None:
        if self.header is None:
            self.header = _header(chunk.data)
        self.lines += chunk.line_count()
        self.records += chunk.record_count()
        self.delimiters += chunk.delimiter_count(self._dialect)
        self.torn += len(chunk.torn)
        self.has_quotes |= chunk.ends is not None
        if b"\r" in chunk.data:
            self.returns += chunk.data.count(b"\r")
            self.paired += chunk.data.count(b"\r\n")

    def ends_alike(self, *, has_last: bool) -> bool:
        ends = self.lines if has_last else self.lines - 1
        return self.returns == self.paired and self.returns in (0, ends, self.lines)


def lines(source: Source, text: Text, dialect: Dialect = TSV) -> pa.RecordBatchReader:
    """Every record after the header as (line_number, line, is_torn): bytes as they are.

    Lines are counted from 1, the header's; a record of several lines has the number of its first.
    """
    return pa.RecordBatchReader.from_batches(records.SCHEMA, _batches(source, text, dialect))


def _batches(source: Source, text: Text, dialect: Dialect) -> Iterator[pa.RecordBatch]:
    number, skipped = 1, int(dialect.has_header)
    with opened(source, ahead=True) as handle:
        if text.has_bom:
            read_exactly(handle, len(BOM))
        for chunk in records.chunks(handle, dialect):
            batch = chunk.batch(number).slice(skipped)
            number, skipped = number + chunk.line_count(), 0
            if batch.num_rows:
                yield batch
