"""Gzips as disks, networks, tools and enemies make them, and readers that do not look."""

import gzip
import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

from ingest.source import MAX_RATIO
from tests.faults.arrivals import ratings
from tests.unit.ingest.builders import pack

HEAD_BYTES = 10


def altered(rolled: Random, packed: bytes) -> bytes:
    """With one bit flipped, or eight."""
    flipped = bytearray(packed)
    for _ in range(rolled.choice((1, 1, 8))):
        flipped[rolled.randrange(len(flipped))] ^= 1 << rolled.randrange(8)
    return bytes(flipped)


def split_anywhere(rolled: Random, text: bytes, count: int) -> list[bytes]:
    """So many parts, most of which end in the middle of a line, some of them empty."""
    places = sorted(rolled.randrange(len(text) + 1) for _ in range(count - 1))
    return [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]


def named(text: bytes) -> bytes:
    """One member that says the name of what it packs."""
    packed = io.BytesIO()
    with gzip.GzipFile("title.ratings.tsv", "wb", 6, packed, mtime=7) as handle:
        handle.write(text)
    return packed.getvalue()


def hanging() -> bytes:
    """A sound member, and one that ends within its first code: DuckDB asks for more for ever."""
    torn = pack(b"")[:HEAD_BYTES] + b"\x7d" + bytes(60)
    return pack(ratings(39)) + torn


def zeros(mebibytes: int) -> bytes:
    """A sound gzip of one member of so many zeros."""
    block = bytes(1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # What ends in a full flush looks back at nothing: it may stand there any number of times.
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    for _ in range(mebibytes):
        check = zlib.crc32(block, check)
    tail = zlib.compress(b"", wbits=-zlib.MAX_WBITS) + struct.pack("<II", check, mebibytes << 20)
    return pack(b"")[:HEAD_BYTES] + packed * mebibytes + tail


def bombs() -> Iterator[tuple[str, bytes, str]]:
    """Each with a name, and what is said of it."""
    lines = pack(b"a line\n" * 150_000)
    most = f"more than {MAX_RATIO} times its size"
    yield "1 GiB of zeros in one member", zeros(1024), most
    yield "1 GiB of lines", lines * 1024, most
    yield "a sound dump before 1 GiB", pack(ratings(400)) + zeros(1024), most
    # What is random keeps the ratio low: 1 GiB that is no bomb by its ratio alone.
    salt = Random(1).randbytes(7000).replace(b"\n", b"")
    yield "1 GiB without a line's end", pack(salt + bytes(1 << 20)) * 1024, "no line ends within"


def careless(packed: Path, *_: object, **__: object) -> io.BytesIO:
    """A gzip reader like DuckDB's: it takes what it can decode, and checks no sum."""
    data, text = packed.read_bytes(), b""
    while data.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for place in range(HEAD_BYTES, len(data)):
                text += unpacker.decompress(data[place : place + 1])
        except zlib.error:
            break
        data = unpacker.unused_data[8:]
    return io.BytesIO(text)


def only_first(packed: Path, *_: object, **__: object) -> io.BytesIO:
    """A gzip reader that stops after one member."""
    return io.BytesIO(zlib.decompressobj(31).decompress(packed.read_bytes()))
