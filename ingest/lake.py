"""The lake: committed snapshots of feeds as Parquet, all tables of a snapshot or none.

    lake/<feed>/<sequence>-<UTC instant>/   one committed snapshot; what is here has passed its gate
    lake/<feed>/.incoming-<run>/            what a run is still loading and judging
    lake/<feed>/.discarded-<snapshot>/      taken out of use by a person

Order is the sequence, so a clock may jump. One rename commits.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from ingest import catalog, document
from ingest.errors import LakeConflictError

RECEIPT = "receipt.json"
# What a feed keeps of a snapshot for ever: history is read from these alone.
CHANGES = {"imdb": ("rating_changes", "title_changes")}
# `ingest.rejects` says what each means.
REJECT_COLUMNS = {
    "table_name": "varchar",
    "source_file": "varchar",
    "line_number": "bigint",
    "column_name": "varchar",
    "reason": "varchar",
    "raw_line": "blob",
}
_DISCARDED = ".discarded-"
_INCOMING = ".incoming-"


@dataclass(frozen=True, slots=True, order=True)
class Snapshot:
    """One committed state of a feed."""

    name: str
    feed: str
    path: Path

    @property
    def at(self) -> datetime:
        """The instant in the name, UTC."""
        return instant(self.name)

    def receipt(self) -> dict[str, Any]:
        """What was committed: files, hashes, counts (`docs/lake.md`)."""
        return read_receipt(self.path)

    def files(self) -> list[dict[str, Any]]:
        """What each file of the publisher became, by table; a dump that is one table is its own."""
        receipt = self.receipt()
        tables = ({"table_name": name, **facts} for name, facts in receipt["tables"].items())
        return list(receipt.get("files", tables))

    def is_whole(self) -> bool:
        """Whether its tables are still here; a pruned snapshot keeps its changes only."""
        return all((self.path / f"{table}.parquet").exists() for table in self.receipt()["tables"])


def read_receipt(folder: Path) -> dict[str, Any]:
    """The receipt of a snapshot, or of an incoming folder that is loaded."""
    return document.read(folder / RECEIPT)


def instant(name: str) -> datetime:
    """The UTC instant in a `<sequence>-<instant>` name."""
    return datetime.strptime(name.split("-", 1)[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def next_name(taken: Iterable[str], now: datetime) -> str:
    """The name that follows those taken."""
    sequence = max((int(name.split("-", 1)[0]) for name in taken), default=0) + 1
    return f"{sequence:06d}-{now:%Y%m%dT%H%M%SZ}"


def columns(feed: str) -> dict[str, dict[str, str]]:
    """The SQL type of every column, by table, of a feed in the catalogue."""
    return {
        table.name: {column.name: column.type for column in table.columns}
        for table in catalog.FEEDS[feed].tables
    }


def terms() -> list[dict[str, Any]]:
    """The terms of every source in the catalogue, whether its feed has landed or not."""
    return [
        {"feed": feed.name, **asdict(source), "source": source.name}
        for feed in catalog.FEEDS.values()
        for source in feed.sources
    ]


def reject_budget(feed: str) -> float | None:
    """The share of a feed's records that may be rejected; None: the settings say."""
    return catalog.FEEDS[feed].reject_budget


def folder(home: Path, feed: str) -> Path:
    """Where a feed's snapshots are."""
    return home / "lake" / feed


def snapshots(home: Path, feed: str) -> list[Snapshot]:
    """Committed snapshots in use, oldest first, pruned ones included."""
    root = folder(home, feed)
    if not root.exists():
        return []
    return sorted(
        Snapshot(path.name, feed, path)
        for path in root.iterdir()
        if path.is_dir() and not path.name.startswith(".")
    )


def newest(home: Path, feed: str, as_of: datetime | None = None) -> Snapshot | None:
    """The newest snapshot at or before an instant, or None."""
    return max(
        (one for one in snapshots(home, feed) if as_of is None or one.at <= as_of), default=None
    )


def incoming(home: Path, feed: str, run: str) -> Path:
    """Where a run loads a feed before it is judged."""
    return folder(home, feed) / f"{_INCOMING}{run}"


def incoming_run(path: Path) -> str:
    """The run that an incoming folder belongs to."""
    return path.name.removeprefix(_INCOMING)


def all_incoming(home: Path) -> list[Path]:
    """Every incoming folder, of runs alive or dead."""
    return sorted((home / "lake").glob(f"*/{_INCOMING}*"))


def commit(draft: Path, feed: str, home: Path, receipt: dict[str, Any], now: datetime) -> Snapshot:
    """Turn an incoming folder into the next snapshot, by one rename after everything is on disk.

    Raises:
        LakeConflictError: another snapshot was committed since this one was compared with
            `receipt["previous"]`.

    What `receipt["supersedes"]` names was no earlier night of this data, but a sample: it and all
    before it are taken out of use first.
    """
    current = newest(home, feed)
    found, superseded = current.name if current else None, receipt.get("supersedes")
    # Nothing is left of what is superseded when a commit that was killed is tried again.
    if found not in ((superseded, None) if superseded else (receipt["previous"],)):
        raise LakeConflictError(
            str(draft),
            f"it was compared with {receipt['previous']}, but {found} is newest",
            "Another run committed first: run again",
        )
    if superseded and found:
        discard(home, feed, snapshots(home, feed)[0].name)
    name = next_name(_taken(home, feed), now)
    target = folder(home, feed) / name
    contents = _contents(draft, current if current and not superseded else None)
    facts = {**receipt, "feed": feed, "snapshot": name, "contents": contents}
    # A commit that was killed left the receipt read-only: it is replaced, not written into.
    fresh = draft / f".{RECEIPT}"
    document.put(fresh, document.sealed(facts))
    fresh.replace(draft / RECEIPT)
    for path in draft.iterdir():
        path.chmod(0o444)
        sync(path)
    sync(draft)
    draft.rename(target)
    sync(target.parent)
    return Snapshot(name, feed, target)


def _contents(draft: Path, before: Snapshot | None) -> dict[str, dict[str, Any]]:
    """Size and sha256 of every Parquet file, by name.

    A file that is another name of the last snapshot's is not read again: it has the hash that it
    had when it was written, whatever became of it.
    """
    known: dict[str, dict[str, Any]] = before.receipt().get("contents", {}) if before else {}
    found = {}
    for file in sorted(draft.glob("*.parquet")):
        other = before.path / file.name if before and file.name in known else None
        is_linked = other is not None and other.exists() and file.samefile(other)
        found[file.name] = known[file.name] if is_linked else _measured(file)
    return found


def _measured(file: Path) -> dict[str, Any]:
    return {"sha256": sha256(file), "byte_count": file.stat().st_size}


def _taken(home: Path, feed: str) -> list[str]:
    """Every snapshot name ever used and still visible, discarded ones included."""
    names = (path.name for path in folder(home, feed).iterdir())
    return [
        name.removeprefix(_DISCARDED)
        for name in names
        if not name.startswith(".") or name.startswith(_DISCARDED)
    ]


def discard(home: Path, feed: str, name: str) -> list[str]:
    """Take a snapshot and its successors out of use, newest first; the names taken out.

    The bytes stay under another name, so that a mistake can be undone by renaming them back.
    """
    known = snapshots(home, feed)
    doomed = [one for one in reversed(known) if one.name >= name]
    if name not in {one.name for one in doomed}:
        raise LakeConflictError(
            str(folder(home, feed)), f"there is no snapshot {name}", "`arthouse feeds` lists them"
        )
    left = known[: -len(doomed)]
    if left and not left[-1].is_whole():
        raise LakeConflictError(
            str(left[-1].path),
            "it would be the newest, but its tables were pruned",
            "Discard a later snapshot, or the first one and start anew",
        )
    for one in doomed:
        one.path.rename(one.path.with_name(f"{_DISCARDED}{one.name}"))
    sync(folder(home, feed))
    return [one.name for one in doomed]


def prune(home: Path, feed: str, keep: int, pinned: Iterable[str] = ()) -> None:
    """Delete the tables of all but the newest snapshots and those pinned by a release.

    The receipt and what changed stay for ever: history is read from them.
    """
    wanted = set(pinned) | {one.name for one in snapshots(home, feed)[-keep:]}
    kept_names = {RECEIPT, *(f"{name}.parquet" for name in CHANGES.get(feed, ()))}
    for one in snapshots(home, feed):
        if one.name not in wanted:
            for path in one.path.iterdir():
                if path.name not in kept_names:
                    path.unlink()


def http_instant(text: str | None) -> datetime | None:
    """A `Last-Modified` header as a naive UTC instant; None when there is none to read."""
    try:
        instant = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant


def remove(draft: Path) -> None:
    """Delete an incoming folder that no run will commit."""
    shutil.rmtree(draft, ignore_errors=False)


def sync(target: Path) -> None:
    """Force a file, or a folder's list of names, to the disk."""
    handle = os.open(target, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(file: Path) -> str:
    """The hex digest of a file's bytes."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
