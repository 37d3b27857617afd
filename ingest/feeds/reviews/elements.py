r"""JSON elements: the records of an array, of lines or of one object, cut where each ends.

An array of gigabytes is one value: no parser may hold it. `pieces` cuts wherever one record seems
to end and the next to begin, which is right if every piece is a JSON object: a cut in the middle of
a string makes two that are none. Where one is none, `batches` finds records by their grammar; what
is no record goes into the ledger, up to the next `{"` that may begin one, and no quote is believed
beyond its line. Both hold some blocks of bytes, whatever the size of the text or of a record in it.
"""

import re
from collections.abc import Iterator
from typing import IO

import numpy as np
import pyarrow as pa

from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.records import BLOCK_BYTES, MAX_BYTES, read_exactly

# Of a record that is too long, this much is kept for the ledger.
KEPT_BYTES = 1 << 16
TORN = "not JSON: a quote or a bracket is out of place, or it never ends"
TOO_LONG = f"longer than {MAX_BYTES} bytes"
SCHEMA = pa.schema(
    [("line_number", pa.int64()), ("line", pa.large_binary()), ("problem", pa.string())]
)
_BOM = b"\xef\xbb\xbf"
_SPACE = b" \t\r\n"
# A record is flat but for a list of two numbers: what nests deeper than this is none.
_DEPTH = 3
# White space between two records is short.
_OVERLAP_BYTES = 1 << 12

_GAP = rb"[ \t\r\n]*+"
_STRING = rb'"(?:[^"\\\x00-\x1f]++|\\[^\x00-\x1f])*+"'
_WORD = rb'[^\[\]{}",:\s]++'


def _value(depth: int) -> bytes:
    plain = _STRING + b"|" + _WORD
    if not depth:
        return plain
    inner = _GAP + b"(?:" + _value(depth - 1) + b")" + _GAP + b",?+"
    pair = _GAP + _STRING + _GAP + b":" + inner
    return plain + rb"|\{(?:" + pair + b")*+" + _GAP + rb"\}|\[(?:" + inner + b")*+" + _GAP + rb"\]"


_ELEMENT = re.compile(_value(_DEPTH))
_COMMA = re.compile(_GAP + b",?+" + _GAP)
# No run of white space is looked at twice: a review may have megabytes of it.
_BETWEEN = re.compile(rb'\}[ \t\r\n]*+(?:,[ \t\r\n]*+)?(?=\{[ \t\r\n]*+")')
_OPENING = re.compile(rb'\{[ \t\r\n]*+"')


class NotPlainError(Exception):
    """The text is not one JSON object after the other: only the careful way can tell what it is."""


def pieces(handle: IO[bytes], name: str) -> Iterator[pa.RecordBatch]:
    """What stands between two records' ends, as `batches` has it; JSON objects, one hopes.

    Raises:
        NotPlainError: certainly not.
        SourceChangedError: the text begins with neither a bracket nor a brace.
        SourceDamagedError: it is empty.
    """
    data, is_array, is_last = _begin(handle, name)
    count = 0
    while True:
        if is_last:
            data = _without_end(data, is_array=is_array)
        found = [(match.start() + 1, match.end()) for match in _BETWEEN.finditer(data)]
        cuts = np.array([0, *(cut for pair in found for cut in pair)], dtype=np.int64)
        if is_last:
            cuts = np.append(cuts, len(data)) if data else cuts
        rest = int(cuts[-1])
        if len(cuts) > 1:
            batch = _sliced(data, cuts[: len(cuts) // 2 * 2], count)
            count += batch.num_rows
            yield batch
        if is_last:
            return
        if len(data) - rest > MAX_BYTES + BLOCK_BYTES:
            raise NotPlainError
        block = read_exactly(handle, BLOCK_BYTES)
        data, is_last = data[rest:] + block, len(block) < BLOCK_BYTES


def _begin(handle: IO[bytes], name: str) -> tuple[bytes, bool, bool]:
    """The first data from its first record on; whether it is an array, and whether it is all."""
    data, is_last = b"", False
    while not data and not is_last:
        block = read_exactly(handle, BLOCK_BYTES)
        is_last = len(block) < BLOCK_BYTES
        data = block.removeprefix(_BOM).lstrip(_SPACE)
    if not data:
        raise SourceDamagedError(name, "the file is empty", "Not even a bracket: fetch it again")
    if data[:1] not in (b"[", b"{"):
        raise SourceChangedError(
            name,
            f"it is no JSON: it begins with {data[:20]!r}",
            "It should hold an array of records, or one record a line, in UTF-8",
        )
    is_array = data.startswith(b"[")
    return data[is_array:].lstrip(_SPACE), is_array, is_last


def _without_end(data: bytes, *, is_array: bool) -> bytes:
    data = data.rstrip(_SPACE)
    if not is_array:
        return data
    if not data.endswith(b"]"):
        raise NotPlainError
    return data[:-1].rstrip(_SPACE)


def _sliced(
    data: bytes, cuts: np.ndarray[tuple[int], np.dtype[np.int64]], before: int
) -> pa.RecordBatch:
    """Every other part between two cuts."""
    parts = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(cuts) - 1, [None, pa.py_buffer(cuts), pa.py_buffer(data)]
    )
    lines = parts.take(pa.array(np.arange(0, len(cuts), 2)))
    numbers = np.arange(before + 1, before + 1 + len(lines), dtype=np.int64)
    problems = pa.nulls(len(lines), pa.string())
    return pa.RecordBatch.from_arrays([pa.array(numbers), lines, problems], schema=SCHEMA)


def batches(handle: IO[bytes], name: str) -> Iterator[pa.RecordBatch]:
    """Every element as (line_number, line, problem): its number in the file, its bytes.

    Elements with a `problem` are none; of those longer than `MAX_BYTES` only a beginning is kept.

    Raises:
        SourceChangedError: the text begins with neither a bracket nor a brace.
        SourceDamagedError: it is empty, or an array that is cut short.
    """
    splitter = _Splitter(handle, name)
    count = 0
    while True:
        found = list(splitter.elements())
        if found:
            yield _listed(found, count)
            count += len(found)
        if not splitter.more():
            break
    if splitter.is_open:
        raise SourceDamagedError(
            name,
            f"its array is cut short, after {count} records",
            "The file was cut on its way: fetch it again",
        )


def _listed(found: list[tuple[bytes, bool]], before: int) -> pa.RecordBatch:
    numbers = np.arange(before + 1, before + 1 + len(found), dtype=np.int64)
    lines = [line if len(line) <= MAX_BYTES else line[:KEPT_BYTES] for line, _ in found]
    problems = [
        TOO_LONG if len(line) > MAX_BYTES else TORN if is_torn else None for line, is_torn in found
    ]
    arrays = [
        pa.array(numbers),
        pa.array(lines, pa.large_binary()),
        pa.array(problems, pa.string()),
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


class _Splitter:
    """The text from block to block; `is_open` while an array has not ended."""

    def __init__(self, handle: IO[bytes], name: str) -> None:
        self._handle = handle
        self._data, self._is_array, self._is_last = _begin(handle, name)
        self.is_open = self._is_array
        self._place = 0
        # The beginning of an element that is none, while its end is not seen.
        self._torn = b""

    def more(self) -> bool:
        """Read on; whether there was anything left to read."""
        if self._is_last:
            return False
        block = read_exactly(self._handle, BLOCK_BYTES)
        self._data, self._place = self._data[self._place :] + block, 0
        self._is_last = len(block) < BLOCK_BYTES
        return True

    def elements(self) -> Iterator[tuple[bytes, bool]]:
        """Every element that ends in the data, and whether it is torn."""
        while self._torn or self._skip_gap():
            element = None if self._torn else self._whole()
            if element is None and self._may_go_on():
                return
            torn = self._tear() if element is None else None
            if element is not None:
                yield element, False
            elif torn is not None:
                yield torn, True
            else:
                return

    def _skip_gap(self) -> bool:
        """Step over white space, a comma and an array's ends; whether anything follows.

        Two arrays in one file are read as one.
        """
        while gap := _COMMA.match(self._data, self._place):
            self._place = gap.end()
            mark = b"]" if self.is_open else b"["
            if not (self._is_array and self._data.startswith(mark, self._place)):
                break
            self.is_open = not self.is_open
            self._place += 1
        return self._place < len(self._data)

    def _whole(self) -> bytes | None:
        element = _ELEMENT.match(self._data, self._place)
        # A word may go on in the next block.
        if element is None or (element.end() == len(self._data) and not self._is_last):
            return None
        self._place = element.end()
        return element.group()

    def _may_go_on(self) -> bool:
        is_short = len(self._data) - self._place <= MAX_BYTES
        return is_short and not self._torn and not self._is_last

    def _opening(self) -> int | None:
        """Where a brace and a quote stand behind a comma or an end, or on a new line."""
        last = self._place
        for found in _OPENING.finditer(self._data, self._place):
            before = self._data[last : found.start()]
            said = before.rstrip(_SPACE)
            if said.endswith((b",", b"}", b"]")) or b"\n" in before[len(said) :]:
                return found.start()
            last = found.start()
        return None

    def _tear(self) -> bytes | None:
        """What stands before the next place where a record may begin; None if that is not seen."""
        following = self._opening()
        is_over = following is not None or self._is_last
        end = len(self._data) if following is None else following
        if not is_over:
            end = max(self._place, end - _OVERLAP_BYTES)
        torn = self._torn + self._data[self._place : end]
        self._place = end
        if not is_over:
            self._torn = torn[: MAX_BYTES + 1]
            return None
        self._torn = b""
        if following is None and torn.rstrip(_SPACE).endswith(b"]"):
            self.is_open = False
        return torn
