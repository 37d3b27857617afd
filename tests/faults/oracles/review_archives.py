"""What an archive of reviews must become, by Python's own reader of tars."""

import io
import re
import tarfile

from tests.faults.oracles import review
from tests.faults.oracles.review import Read, Row
from tests.faults.oracles.verdict import RefusedError, UnsureError
from tests.unit.ingest import oracle

_REVIEW = re.compile(r"(?:.*/)?(train|test)/(pos|neg|unsup)/(\d{1,9})_(\d{1,2})\.txt")
_ADDRESSES = re.compile(r"(?:.*/)?(train|test)/urls_(pos|neg|unsup)\.txt")


def read(name: str, data: bytes) -> Read:
    """Every review of an archive, by its place among them."""
    members = _members(data)
    lines = {
        named.groups(): (_decoded(text) or "").split("\n")
        for member, text in members
        if (named := _ADDRESSES.fullmatch(member)) and text is not None
    }
    found = Read()
    for member, text in members:
        if named := _REVIEW.fullmatch(member):
            place = len(found.files) + 1
            found.files[place] = f"{name}!{member}"
            known = lines.get(named.groups()[:2], [])
            found.take(place, _judged(named, known, _decoded(text)))
    if not found.files:
        raise RefusedError
    return found


def _judged(named: re.Match[str], addresses: list[str], text: str | None) -> Row | str | None:
    half, label, number, stars = named[1], named[2], int(named[3]), str(int(named[4]))
    if text is None:
        return None
    if review.is_blank(text):
        return "text"
    if review.rating(stars) is None and (label, stars) != ("unsup", "0"):
        return "rating"
    line = addresses[number] if number < len(addresses) else ""
    address = re.search("/title/(tt[0-9]+)", line)
    title_id = oracle.READ["title_id"](address[1]) if address else None
    sentiment = {"pos": "positive", "neg": "negative"}.get(label)
    return review.row(
        "stanford", f"{half}/{label}/{number}", review.body(text), sentiment_label=sentiment,
        title_id=None if title_id is oracle.BAD else title_id, rating_10=review.rating(stars),
    )  # fmt: skip


def _members(data: bytes) -> list[tuple[str, bytes | None]]:
    """Every member that is no folder, and its text if it is a regular file."""
    found: list[tuple[str, bytes | None]] = []
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for member in archive:
                handle = archive.extractfile(member) if member.isreg() else None
                if not member.isdir():
                    found.append((member.name, handle.read() if handle else None))
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise UnsureError from error
    return found


def _decoded(text: bytes | None) -> str | None:
    try:
        return None if text is None else text.decode()
    except UnicodeDecodeError:
        return None
