"""Verification: are the files of landing and lake still the bytes that were written?

Every file is hashed, but those that share their bytes only once, and compared with what its name,
its receipt or its snapshot's receipt says. A quick look compares sizes and receipts alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ingest import document, lake, landing
from ingest.catalog import FEEDS
from ingest.errors import RotError
from ingest.lake import Snapshot

_LAND_AGAIN = (
    "Delete it and what is named after it: the next run fetches it again. Tables made of it before "
    "it was damaged are in the lake"
)
_LOAD_AGAIN = (
    "Put it back from a backup, or take the snapshot out of use: "
    "`arthouse discard {snapshot} --feed {feed}`, then `arthouse run`"
)


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was written: why, what it affects, and what to do."""

    file: Path
    reason: str
    affects: str
    advice: str


@dataclass(slots=True)
class Findings:
    """What a verification has looked at; `unproven` are files of before hashes were recorded."""

    is_quick: bool = False
    damages: list[Damage] = field(default_factory=list)
    unproven: list[Path] = field(default_factory=list)
    file_count: int = 0
    byte_count: int = 0
    _digests: dict[tuple[int, int], str] = field(default_factory=dict)

    def compare(self, file: Path, facts: Mapping[str, Any], affects: str, advice: str) -> bool:
        """Compare a file with its recorded size and sha256; whether it is sound."""
        reason = self._difference(file, facts)
        if reason:
            self.damages.append(Damage(file, reason, affects, advice))
        return not reason

    def document(self, file: Path, read: Callable[[], object], affects: str, advice: str) -> bool:
        """Read a receipt or manifest, whose checksum is its last line; whether it is sound."""
        try:
            self._count(file)
            read()
        except FileNotFoundError:
            self.damages.append(Damage(file, "it is gone", affects, advice))
        except RotError as error:
            self.damages.append(Damage(file, error.reason, affects, advice))
        else:
            if not document.is_sealed(file):
                self.unproven.append(file)
            return True
        return False

    def sha256(self, file: Path) -> str:
        """The hash of a file; of two names of the same bytes, once."""
        facts = file.stat()
        key = (facts.st_dev, facts.st_ino)
        if key not in self._digests:
            self._digests[key] = lake.sha256(file)
        return self._digests[key]

    def _count(self, file: Path) -> int:
        size = file.stat().st_size
        self.file_count += 1
        self.byte_count += size
        return size

    def _difference(self, file: Path, facts: Mapping[str, Any]) -> str:
        if not file.exists():
            return "it is gone"
        size = self._count(file)
        if size != facts["byte_count"]:
            return f"it has {size:,} bytes, not {facts['byte_count']:,}"
        if not self.is_quick and self.sha256(file) != facts["sha256"]:
            return f"its sha256 is not {facts['sha256'][:16]}…, which was recorded"
        return ""


def check_landing(home: Path, findings: Findings) -> None:
    """Compare what landed with its receipts, and with the hashes in its names."""
    for file in sorted((home / "landing").glob("*/[!.]*")):
        receipt = file.with_name(f"{file.name}.json")
        if receipt.exists():
            _check_landed(file, receipt, findings)
        elif file.suffix != ".json" or not file.with_suffix("").exists():
            _check_lone(file, findings)


def _check_landed(file: Path, receipt: Path, findings: Findings) -> None:
    affects = f"a later load of {file.parent.name} from these bytes"
    if findings.document(receipt, partial(landing.read, receipt), affects, _LAND_AGAIN):
        landed = landing.read(receipt)
        facts = {"sha256": landed.sha256, "byte_count": landed.byte_count}
        findings.compare(file, facts, affects, _LAND_AGAIN)
    else:
        _check_lone(file, findings)


def _check_lone(file: Path, findings: Findings) -> None:
    """A file without a receipt, which a killed run leaves: its name has the start of its hash."""
    reason = "its bytes are not those it is named after"
    try:
        landing.read(file)
        reason = "the file that this receipt tells of is gone"
    except RotError:
        if findings.is_quick or findings.sha256(file).startswith(landing.named_hash(file)):
            return
    affects = f"nothing of {file.parent.name} that is in the lake"
    findings.damages.append(Damage(file, reason, affects, _LAND_AGAIN))


def check_lake(
    home: Path, findings: Findings, releases: Mapping[tuple[str, str], Sequence[str]]
) -> None:
    """Compare every snapshot in use with its receipt. `releases`: made of (feed, snapshot)."""
    for feed in FEEDS:
        newest = lake.newest(home, feed)
        for snapshot in lake.snapshots(home, feed):
            made = releases.get((feed, snapshot.name), ())
            needed = bool(made) or snapshot == newest
            _check_snapshot(snapshot, findings, made, partial(_is_due, snapshot, needed))


def _is_due(snapshot: Snapshot, needed: bool, name: str) -> bool:
    """Whether a file must be there, or is: pruning took others."""
    return needed or _is_history(snapshot.feed, name) or (snapshot.path / name).exists()


def _check_snapshot(
    snapshot: Snapshot, findings: Findings, made: Sequence[str], is_due: Callable[[str], bool]
) -> None:
    affects = f"builds that read {snapshot.feed}'s snapshot {snapshot.name}"
    if made:
        affects += f", of which {', '.join(made)} was made; its readers are not affected"
    advice = _LOAD_AGAIN.format(snapshot=snapshot.name, feed=snapshot.feed)
    receipt = snapshot.path / lake.RECEIPT
    if not findings.document(receipt, partial(_receipt, snapshot), affects, advice):
        return
    contents = snapshot.receipt().get("contents")
    if contents is None:
        findings.unproven += sorted(snapshot.path.glob("*.parquet"))
        return
    for name, facts in contents.items():
        if is_due(name):
            findings.compare(snapshot.path / name, facts, affects, advice)


def _receipt(snapshot: Snapshot) -> None:
    file = snapshot.path / lake.RECEIPT
    if "contents" in snapshot.receipt() and not document.is_sealed(file):
        raise document.rotten(file, "its checksum is gone")


def _is_history(feed: str, name: str) -> bool:
    """Whether pruning keeps a file of a snapshot: what changed that night."""
    return name.removesuffix(".parquet") in lake.CHANGES.get(feed, ())


def require_sound(home: Path, feed: str, pin: str) -> None:
    """Hash what a build is about to read: a snapshot, and what changed on the nights before it.

    Raises:
        RotError: a file is not what was committed, or gone.
    """
    findings = Findings()
    for snapshot in lake.snapshots(home, feed):
        if snapshot.name < pin:
            _check_snapshot(snapshot, findings, (), partial(_is_history, feed))
        elif snapshot.name == pin:
            _check_snapshot(snapshot, findings, (), lambda _: True)
    for damage in findings.damages:
        raise RotError(str(damage.file), damage.reason, damage.advice)
