"""Landing: the exact bytes a publisher served, named by their hash, with a receipt beside them.

landing/<feed>/<first 16 of sha256>-<file name>         the bytes, read-only, never rewritten
landing/<feed>/<first 16 of sha256>-<file name>.json    the receipt: when and where last seen
"""

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest import document
from ingest.decode import Text
from ingest.errors import RotError
from ingest.lake import sync

_log = logging.getLogger(__name__)
_HASH_CHARACTERS = 16
_NAME_BYTES = 200
# How the name of a download begins that is not whole yet.
PARTIAL = ".part-"


@dataclass(frozen=True, slots=True)
class Landed:
    """One file in landing. Instants are ISO 8601 in UTC.

    A dump that is one table has its name as `table`, and `text`, what decoding it counted. `file`
    may have folders in it, below the location it came from.
    """

    feed: str
    table: str
    file: str
    location: str
    sha256: str
    byte_count: int
    fetched_at: str
    etag: str | None
    last_modified: str | None
    text: Text | None

    @property
    def counted(self) -> Text:
        """The counts of a dump; TypeError of a file of a collection, which nobody counted."""
        if self.text is None:
            raise TypeError(f"{self.file} is no dump of one table")
        return self.text


def folder(home: Path, feed: str) -> Path:
    """Where a feed's files land."""
    return home / "landing" / feed


def path(home: Path, landed: Landed) -> Path:
    """The bytes of a landed file."""
    return folder(home, landed.feed) / _name(landed.file, landed.sha256)


def _name(file: str, sha256: str) -> str:
    return f"{sha256[:_HASH_CHARACTERS]}-{short(file)}"


def named_hash(file: Path) -> str:
    """How the sha256 of a landed file begins, by its name or its receipt's."""
    return file.name.partition("-")[0]


def short(file: str) -> str:
    """Its own name; of a long one the end, which says what it is.

    File systems take 255 bytes, of which a hash, a process' number and two suffixes are ours.
    """
    return Path(file).name.encode()[-_NAME_BYTES:].decode("utf-8", "ignore")


def find(home: Path, feed: str, file: str, sha256: str) -> Landed | None:
    """The receipt of bytes that landed before, or None."""
    receipt = folder(home, feed) / f"{_name(file, sha256)}.json"
    landed = _trusted(receipt) if receipt.exists() else None
    return landed if landed and landed.sha256 == sha256 and _is_there(home, landed) else None


def newest(home: Path, feed: str, location: str) -> Landed | None:
    """The file last seen at a location, or None."""
    receipts = (_trusted(receipt) for receipt in _receipts(home, feed))
    seen = [landed for landed in receipts if landed and landed.location == location]
    seen = [landed for landed in seen if _is_there(home, landed)]
    return max(seen, key=lambda landed: landed.fetched_at, default=None)


def _receipts(home: Path, feed: str) -> list[Path]:
    # `*` would match the hidden notes of downloads under way. What landed may be JSON itself, of a
    # gigabyte: a receipt stands beside the file that it is named after.
    found = folder(home, feed).glob("[!.]*.json")
    return [one for one in found if one.with_suffix("").exists()]


def _is_there(home: Path, landed: Landed) -> bool:
    """Whether its bytes are still whole, as far as their number tells."""
    target = path(home, landed)
    return target.exists() and target.stat().st_size == landed.byte_count


def _trusted(receipt: Path) -> Landed | None:
    """What a receipt says; None of one that is damaged: its file is fetched, or copied, again."""
    try:
        return read(receipt)
    except RotError as error:
        _log.warning("%s: %s. Its file is fetched again", error.location, error.reason)
        return None


def read(receipt: Path) -> Landed:
    """A receipt as it was written.

    Raises:
        RotError: it is not what was written.
    """
    fields = document.read(receipt)
    try:
        return from_json(fields)
    except (KeyError, TypeError) as error:
        raise document.rotten(receipt, "it is no receipt any more") from error


def from_json(fields: dict[str, Any]) -> Landed:
    """What `dataclasses.asdict` made of it."""
    text = fields["text"]
    return Landed(**{**fields, "text": Text(**text) if text else None})


def add(home: Path, draft: Path, landed: Landed) -> Landed:
    """Move a complete draft into landing, and write its receipt last."""
    target = path(home, landed)
    draft.chmod(0o444)
    sync(draft)
    draft.replace(target)
    see(home, landed)
    return landed


def see(home: Path, landed: Landed) -> None:
    """Write the receipt: these bytes were at that location at that time."""
    target = path(home, landed)
    document.write(target.with_name(f"{target.name}.json"), asdict(landed))
    sync(target.parent)


def forget(home: Path, landed: Iterable[Landed]) -> None:
    """Delete files that turned out to be damaged, so that they are fetched again."""
    for one in landed:
        target = path(home, one)
        target.with_name(f"{target.name}.json").unlink(missing_ok=True)
        target.unlink(missing_ok=True)


def prune(home: Path, feed: str, kept: Iterable[str]) -> None:
    """Delete landed files whose sha256 is not among those kept; receipts first.

    So go bytes and drafts without a receipt, of a run that was killed while it landed them.
    Partial downloads stay: they are resumed.
    """
    wanted = {sha256[:_HASH_CHARACTERS] for sha256 in kept}
    receipts = _receipts(home, feed)
    others = set(folder(home, feed).glob("*")) - set(receipts)
    landed = (one for one in others if not one.name.startswith(PARTIAL))
    for file in (*receipts, *landed):
        if named_hash(file).removeprefix(".") not in wanted:
            file.unlink()


def now() -> str:
    """The instant of a receipt: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
