"""Verdicts on a whole file, before any of its records."""

import csv
import unicodedata
import zlib

BOM = b"\xef\xbb\xbf"
# RE2's `\s`, which has neither VT nor what Unicode calls a space.
GAP = "[\t\n\f\r ]"
# What DuckDB's `trim` takes away.
SPACES = "".join(one for one in map(chr, range(0x3001)) if unicodedata.category(one) == "Zs")


class RefusedError(Exception):
    """No reader should take this file."""


class UnsureError(Exception):
    """A file that readers take differently: only what holds for all files holds."""


def names(text: bytes) -> list[str]:
    """The columns in a CSV's header.

    Raises:
        RefusedError: it has none, or one twice.
        UnsureError: carriage returns at its end, which `csv` leaves out and others take for names.
    """
    plain = text.removeprefix(BOM)
    header = plain.split(b"\n")[0].decode("utf-8", "backslashreplace").removesuffix("\r")
    if header.endswith("\r"):
        raise UnsureError
    try:
        found = next(csv.reader([header], strict=True), [""])
    except csv.Error as error:
        raise RefusedError from error
    if not plain or len(set(found)) < len(found):
        raise RefusedError
    return found


def decoded(name: str, data: bytes) -> bytes:
    """A file's text; RefusedError where it is called a gzip, and is not whole members alone.

    Zeros may pad it, as tapes did: every checksum has been compared before them.
    """
    if not name.endswith(".gz"):
        return data
    parts: list[bytes] = []
    while data or not parts:
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            parts.append(member.decompress(data))
        except zlib.error as error:
            raise RefusedError from error
        if not member.eof:
            raise RefusedError
        data = member.unused_data.lstrip(b"\0")
    return b"".join(parts)
