"""Landing: the exact bytes a publisher served, named by their hash, with a receipt beside them.

landing/<feed>/<first 16 of sha256>-<file name>         the bytes, read-only, never rewritten
landing/<feed>/<first 16 of sha256>-<file name>.json    the receipt: when and where last seen
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.decode import Text
from ingest.lake import sync

_HASH_CHARACTERS = 16
_NAME_BYTES = 200


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


def short(file: str) -> str:
    """Its own name; of a long one the end, which says what it is.

    File systems take 255 bytes, of which a hash, a process' number and two suffixes are ours.
    """
    return Path(file).name.encode()[-_NAME_BYTES:].decode("utf-8", "ignore")


def find(home: Path, feed: str, file: str, sha256: str) -> Landed | None:
    """The receipt of bytes that landed before, or None."""
    receipt = folder(home, feed) / f"{_name(file, sha256)}.json"
    landed = read(receipt) if receipt.exists() else None
    return landed if landed and landed.sha256 == sha256 and _is_there(home, landed) else None


def newest(home: Path, feed: str, location: str) -> Landed | None:
    """The file last seen at a location, or None."""
    receipts = (read(receipt) for receipt in _receipts(home, feed))
    seen = [landed for landed in receipts if landed.location == location]
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


def read(receipt: Path) -> Landed:
    """A receipt as it was written."""
    return from_json(json.loads(receipt.read_text("utf-8")))


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
    receipt = target.with_name(f"{target.name}.json")
    draft = receipt.with_name(f".{receipt.name}.{os.getpid()}")
    draft.write_text(json.dumps(asdict(landed), indent=2), "utf-8")
    sync(draft)
    draft.replace(receipt)
    sync(receipt.parent)


def forget(home: Path, landed: Iterable[Landed]) -> None:
    """Delete files that turned out to be damaged, so that they are fetched again."""
    for one in landed:
        target = path(home, one)
        target.with_name(f"{target.name}.json").unlink(missing_ok=True)
        target.unlink(missing_ok=True)


def prune(home: Path, feed: str, kept: Iterable[str]) -> None:
    """Delete landed files whose sha256 is not among those kept; receipts first."""
    wanted = set(kept)
    for receipt in _receipts(home, feed):
        landed = read(receipt)
        if landed.sha256 not in wanted:
            receipt.unlink()
            path(home, landed).unlink(missing_ok=True)


def now() -> str:
    """The instant of a receipt: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
