"""Records of a separated text: blocks of bytes cut where a record ends, never one by one.

A newline within quotes ends no record. A quote in any other place than around a field (RFC 4180)
leaves it open where its record ends, and believing it could swallow the rest of the file. So the
line in which such a record starts is given back as torn, and the next line is looked at afresh.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ingest.dialect import Dialect

BLOCK_BYTES = 4 << 20
# A title or a character list is below 10 kB; a line of megabytes is a broken file.
MAX_BYTES = 4 << 20
# After a torn line, look this far: a file full of them must not cost a block for each.
_WINDOW_BYTES = 1 << 13
_NEWLINE, _RETURN = ord("\n"), ord("\r")

SCHEMA = pa.schema(
    [("line_number", pa.int64()), ("line", pa.large_binary()), ("is_torn", pa.bool_())]
)
_Bytes = npt.NDArray[np.uint8]
_Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole records: `ends` are the offsets after each one's newline, `torn` those cut by force.

    Without a quote in them, records are lines, and `ends` is None: counting is enough for many.
    """

    data: bytes
    ends: _Places | None = None
    torn: frozenset[int] = frozenset()

    def cuts(self) -> _Places:
        """The offsets after each record's newline."""
        return np.flatnonzero(self._view() == _NEWLINE) + 1 if self.ends is None else self.ends

    def line_count(self) -> int:
        return int(np.count_nonzero(self._view() == _NEWLINE))

    def record_count(self) -> int:
        return self.line_count() if self.ends is None else len(self.ends)

    def delimiter_count(self, dialect: Dialect) -> int:
        """Delimiters outside quotes; of no use where a record is torn."""
        delimiter = dialect.delimiter.encode()
        if len(delimiter) > 1:
            return self.data.count(delimiter)
        found = self._view() == delimiter[0]
        if self.ends is None:
            return int(np.count_nonzero(found))
        quotes = np.flatnonzero(self._view() == ord(dialect.quote))
        return len(_outside(np.flatnonzero(found), quotes))

    def batch(self, first_line: int) -> pa.RecordBatch:
        """The records with the number of their first line; no record becomes a Python object."""
        cuts = self.cuts()
        offsets = np.concatenate(([0], cuts)).astype(np.int64)
        array = pa.LargeBinaryArray.from_buffers(
            pa.large_binary(), len(cuts), [None, pa.py_buffer(offsets), pa.py_buffer(self.data)]
        )
        if self.ends is None:
            numbers = np.arange(first_line, first_line + len(cuts), dtype=np.int64)
        else:
            newlines = np.flatnonzero(self._view() == _NEWLINE)
            numbers = first_line + np.searchsorted(newlines, offsets[:-1])
        torn = np.isin(cuts, list(self.torn)) if self.torn else np.zeros(len(cuts), dtype=bool)
        columns = [pa.array(numbers), pc.binary_slice(array, 0, -1), pa.array(torn)]
        return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)

    def _view(self) -> _Bytes:
        return np.frombuffer(self.data, dtype=np.uint8)


def chunks(handle: IO[bytes], dialect: Dialect, start: bytes = b"") -> Iterator[Chunk]:
    """Every record of `start` and what follows; the last newline is added if missing."""
    quote = dialect.quote.encode()
    waiting = [start]
    while block := read_exactly(handle, BLOCK_BYTES):
        waiting.append(block)
        if b"\n" in block:
            chunk, rest = _cut(b"".join(waiting), quote, dialect, is_last=False)
            waiting = [rest]
            if chunk.data:
                yield chunk
    if last := b"".join(waiting):
        yield _cut(last if last.endswith(b"\n") else last + b"\n", quote, dialect, is_last=True)[0]


def read_exactly(handle: IO[bytes], size: int) -> bytes:
    """That many bytes, or fewer at the end: one read may stop at a gzip member's end."""
    parts = []
    while size > 0 and (part := handle.read(size)):
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _cut(data: bytes, quote: bytes, dialect: Dialect, *, is_last: bool) -> tuple[Chunk, bytes]:
    """The whole records at the start of the data, and what is left of it."""
    if not quote or quote not in data:
        end = data.rfind(b"\n") + 1
        return Chunk(data[:end]), data[end:]
    ends, torn = _split(data, dialect, is_last=is_last)
    end = int(ends[-1]) if len(ends) else 0
    return Chunk(data[:end], ends, torn), data[end:]


def _split(data: bytes, dialect: Dialect, *, is_last: bool) -> tuple[_Places, frozenset[int]]:
    """Where records end, and which of those ends were cut by force."""
    view = np.frombuffer(data, dtype=np.uint8)
    found: list[_Places] = []
    torn: list[int] = []
    start, window = 0, len(data)
    while start < len(data):
        stop = min(start + window, len(data))
        ends, is_bad = _whole(view[start:stop], dialect)
        found.append(ends + start)
        start += int(ends[-1]) if len(ends) else 0
        if is_bad or (stop == len(data) and _never_ends(data, start, is_last=is_last)):
            newline = data.find(b"\n", start) + 1
            if not newline:
                break
            found.append(np.array([newline]))
            torn.append(newline)
            start, window = newline, _WINDOW_BYTES
        elif stop == len(data):
            break
        else:
            window *= 2
    return np.concatenate(found), frozenset(torn)


def _never_ends(data: bytes, start: int, *, is_last: bool) -> bool:
    """Whether what is left is a record that goes on over lines for longer than we believe."""
    rest = len(data) - start
    return (rest > MAX_BYTES or (is_last and rest > 0)) and data.find(b"\n", start) >= 0


def _whole(view: _Bytes, dialect: Dialect) -> tuple[_Places, bool]:
    """Where the whole records end before the first bad one, and whether there is a bad one."""
    quotes = np.flatnonzero(view == ord(dialect.quote))
    newlines = np.flatnonzero(view == _NEWLINE)
    ends = _outside(newlines, quotes) + 1
    limits = [
        _first(_misplaced(view, quotes, ord(dialect.delimiter))),
        _first(_too_long(ends, newlines)),
    ]
    known = [limit for limit in limits if limit is not None]
    if not known:
        return ends, False
    return ends[: np.searchsorted(ends, min(known), side="right")], True


def _outside(places: _Places, quotes: _Places) -> _Places:
    """The places before which an even number of quotes stand."""
    is_outside: npt.NDArray[np.bool_] = np.searchsorted(quotes, places) % 2 == 0
    return places[is_outside]


def _misplaced(view: _Bytes, quotes: _Places, delimiter: int) -> _Places:
    """Quotes that neither open a field, nor close one, nor are one of a doubled pair."""
    quote = view[quotes[0]] if len(quotes) else 0
    openers, closers = quotes[0::2], quotes[1::2]
    before = view[openers - 1]
    opens = (openers == 0) | np.isin(before, (delimiter, _NEWLINE, quote))
    # Past the end of what is seen so far anything may follow: it is looked at again with more.
    padded = np.concatenate((view, np.full(2, _NEWLINE, dtype=np.uint8)))
    after = padded[closers + 1]
    closes = np.isin(after, (delimiter, _NEWLINE, quote))
    closes |= (after == _RETURN) & (padded[closers + 2] == _NEWLINE)
    return np.concatenate((openers[~opens], closers[~closes]))


def _too_long(ends: _Places, newlines: _Places) -> _Places:
    """Starts of whole records of several lines that are longer than a record may be."""
    starts = np.concatenate(([0], ends[:-1]))
    lines = np.searchsorted(newlines, ends) - np.searchsorted(newlines, starts)
    return starts[(ends - starts - 1 > MAX_BYTES) & (lines > 1)] if len(ends) else ends


def _first(places: _Places) -> int | None:
    return int(places.min()) if len(places) else None
