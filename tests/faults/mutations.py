"""Mutations of a text: what a disk, a network, an editor or an enemy makes of it, by seed."""

import gzip
from collections.abc import Callable, Sequence
from random import Random

MOST_EDITS = 4
# What readers stumble over: controls, marks of order, bytes that are no UTF-8, ends of lines.
COMMON = (
    b"\0", b"\r", b"\n", b"\r\n", b"\n\n", b"\xef\xbb\xbf", b"\xff", b"\xc3", b"\xe9",
    b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "\u2028".encode(), "\u202e".encode(), b"\xc2\xa0",
    b"\x1a", b"\x85", b" ", b"\t", b'"', b'""', b"'", b",", b"\\", b"-1", b"0", b"1e400",
    b"99999999999999999999", b"NaN", b"\\N", b"null", b"\x1f\x8b", b"PK\3\4",
)  # fmt: skip
_Edit = Callable[[Random, bytes, Sequence[bytes]], bytes]


def mutated(rolled: Random, data: bytes, words: Sequence[bytes] = COMMON) -> bytes:
    """The data after one to four edits; now and then after none."""
    for _ in range(rolled.randint(0 if rolled.random() < 0.05 else 1, MOST_EDITS)):
        data = rolled.choice(_EDITS)(rolled, data, words)
    return data


def packed(rolled: Random, text: bytes) -> bytes:
    """A gzip of the text, damaged in a third of the cases."""
    made = gzip.compress(text, mtime=0)
    return mutated(rolled, made) if rolled.random() < 0.3 else made


def _flip(rolled: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    if not data:
        return data
    at = rolled.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rolled.randrange(8)]) + data[at + 1 :]


def _insert(rolled: Random, data: bytes, words: Sequence[bytes]) -> bytes:
    at = rolled.randint(0, len(data))
    return data[:at] + rolled.choice(words) + data[at:]


def _overwrite(rolled: Random, data: bytes, words: Sequence[bytes]) -> bytes:
    word = rolled.choice(words)
    at = rolled.randint(0, len(data))
    return data[:at] + word + data[at + len(word) :]


def _span(rolled: Random, data: bytes) -> tuple[int, int]:
    start = rolled.randint(0, len(data))
    return start, min(len(data), start + int(rolled.expovariate(1 / 20)) + 1)


def _lose(rolled: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _span(rolled, data)
    return data[:start] + data[end:]


def _double(rolled: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _span(rolled, data)
    return data[:end] + data[start:end] * rolled.choice((1, 1, 1, 50)) + data[end:]


def _cut(rolled: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: rolled.randint(0, len(data))] if rolled.random() < 0.3 else data


def _lines(rolled: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A line is lost, doubled, swapped with another or joined to the next."""
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return data
    first, second = rolled.randrange(len(lines)), rolled.randrange(len(lines))
    kind = rolled.randrange(4)
    if kind == 0:
        del lines[first]
    elif kind == 1:
        lines.insert(second, lines[first])
    elif kind == 2:
        lines[first], lines[second] = lines[second], lines[first]
    else:
        lines[first] = lines[first].rstrip(b"\r\n")
    return b"".join(lines)


def _endings(rolled: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Every line ends otherwise: a program has saved the file anew."""
    if rolled.random() < 0.7:
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\n", rolled.choice((b"\r\n", b"\n", b"\r")))


_EDITS: tuple[_Edit, ...] = (
    _flip, _flip, _insert, _insert, _insert, _overwrite, _overwrite, _lose, _double, _cut, _lines,
    _lines, _endings,
)  # fmt: skip
