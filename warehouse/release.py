"""Releases: the published versions, and the link that readers follow.

releases/<run>.duckdb    one sealed warehouse, mode 0444
releases/<run>.json      its manifest
releases/hold.json       there while a person keeps publication on hold: what readers see `since`
                         then, and `instead_of` what
warehouse.duckdb         relative link to the current release; replacing it is the commit point
"""

import logging
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest import document, lake
from ingest.errors import RotError
from warehouse import lock

LINK = "warehouse.duckdb"
_HOLD = "hold"
HOLD_REASON = "publication is on hold since a rollback: `arthouse resume` ends it"
_log = logging.getLogger(__name__)


class ReleaseConflictError(Exception):
    """The current release is not the one this run started from."""


class ReleaseHeldError(Exception):
    """A person keeps publication on hold."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release is made of, and what it holds.

    `pins`: snapshot by feed. `tables`: by `schema.table`, its row_count and content_hash (the sum
    of its rows' hashes, which no order changes). `profile`: what the candidate gate measured, the
    next candidate's baseline. `code`: the fingerprint of models, suites and engine; `models`: of
    the dbt project alone.
    """

    run: str
    parent: str | None
    created_at: str
    as_of: str | None
    pins: dict[str, str]
    code: str
    models: str
    sha256: str
    byte_count: int
    tables: dict[str, dict[str, Any]]
    profile: dict[str, Any]

    def content(self) -> dict[str, str]:
        """The content hash of each mart: equal for equal pins and code."""
        return {
            name: facts["content_hash"]
            for name, facts in self.tables.items()
            if name.startswith("marts.")
        }


def folder(home: Path) -> Path:
    """Where releases are."""
    return home / "releases"


def path(home: Path, run: str) -> Path:
    """The database of a release."""
    return folder(home) / f"{run}.duckdb"


def current(home: Path) -> str | None:
    """The run whose release readers see, or None before the first."""
    link = home / LINK
    return link.readlink().stem if link.is_symlink() else None


def dangling(home: Path) -> str:
    """Why the link leads readers nowhere; '' if it does not, or before the first release."""
    link = home / LINK
    if not link.is_symlink():
        gone = "it is not there, though there are releases" if releases(home) else ""
        return "it is a file, not a link" if link.exists() else gone
    if link.exists() and link.resolve().parent == folder(home).resolve():
        return ""
    return f"it leads to {link.readlink()}, which is no release"


def manifest(home: Path, run: str) -> Manifest:
    """The manifest of a release.

    Raises:
        RotError: it is gone, or not what was written.
    """
    file = folder(home) / f"{run}.json"
    try:
        return Manifest(**document.read(file))
    except FileNotFoundError as error:
        raise document.rotten(file, "it is gone") from error
    except TypeError as error:
        raise document.rotten(file, "it is no manifest any more") from error


def known(home: Path, run: str) -> Manifest | None:
    """The manifest of a release; None, and a line in the log, where it is damaged."""
    try:
        return manifest(home, run)
    except RotError as error:
        _log.error("%s", error)  # the error says it all, and is no defect of ours
        return None


def require_sound(home: Path, run: str) -> Manifest:
    """Read a release to its end, and compare it with its manifest.

    Raises:
        RotError: the file is gone, or not the one that was published.
    """
    facts, file = manifest(home, run), path(home, run)
    if not file.exists():
        raise document.rotten(file, "it is gone")
    if file.stat().st_size != facts.byte_count:
        reason = f"it has {file.stat().st_size:,} bytes, not {facts.byte_count:,}"
        raise document.rotten(file, reason)
    if lake.sha256(file) != facts.sha256:
        raise document.rotten(file, "its bytes are not those that its manifest was made of")
    return facts


def releases(home: Path) -> list[str]:
    """Runs with a complete release, oldest first."""
    complete = (file.stem for file in folder(home).glob("[0-9]*.json"))
    return sorted(run for run in complete if path(home, run).exists())


def add(home: Path, candidate: Path, facts: Manifest) -> Path:
    """Move a sealed candidate among the releases; nobody sees it yet."""
    folder(home).mkdir(parents=True, exist_ok=True)
    target = path(home, facts.run)
    candidate.chmod(0o444)
    lake.sync(candidate)
    # The manifest first: a step that was killed between the two finds its candidate, and goes on.
    document.write(folder(home) / f"{facts.run}.json", asdict(facts))
    candidate.rename(target)
    lake.sync(folder(home))
    return target


def require_parent(home: Path, run: str, parent: str | None) -> None:
    """Check that the release a run was built against is still the one readers see.

    Raises:
        ReleaseConflictError: another run, or a person, moved the link meanwhile.
    """
    found = current(home)
    if found != parent:
        raise ReleaseConflictError(
            f"{run} was built against {parent}, but readers see {found} now: it was not published. "
            "Run again"
        )


def publish(home: Path, run: str, parent: str | None) -> None:
    """Point the link at a release, if `require_parent` holds.

    Raises:
        ReleaseHeldError: a person rolled back meanwhile.
        ReleaseConflictError: as `require_parent` says.
    """
    with lock.link(home):
        if is_held(home):
            raise ReleaseHeldError(HOLD_REASON)
        require_parent(home, run, parent)
        _point(home, run)


def rollback(home: Path, run: str | None = None) -> str:
    """Point the link back and hold publication; the run that readers see now.

    Without `run`, to what readers saw before the current release.

    Raises:
        ReleaseConflictError: there is no such release, or none before the current one.
        RotError: that release is damaged: `run` names another one.
    """
    with lock.link(home):
        seen, kept = current(home), releases(home)
        target = run or (manifest(home, seen).parent if seen and seen in kept else None)
        if target is None or target not in kept or target == seen:
            names = ", ".join(kept) or "none"
            raise ReleaseConflictError(f"no release {run or f'before {seen}'}; kept: {names}")
        require_sound(home, target)
        # Held first: a nightly build between the two steps would undo what the person wants.
        document.write(folder(home) / f"{_HOLD}.json", {"since": target, "instead_of": seen})
        _point(home, target)
    return target


def lineage(home: Path, run: str | None) -> list[str]:
    """A release and those that readers saw before it, newest first, as far as they are kept."""
    kept = releases(home)
    found: list[str] = []
    while run is not None and run in kept and run not in found:
        found.append(run)
        facts = known(home, run)
        run = facts.parent if facts else None
    return found


def held(home: Path) -> list[str]:
    """The releases that the hold names: what readers see, and what they saw before it."""
    if not is_held(home):
        return []
    named = document.read(folder(home) / f"{_HOLD}.json")
    return [run for run in named.values() if run]


def is_held(home: Path) -> bool:
    """Whether a person keeps publication on hold."""
    return (folder(home) / f"{_HOLD}.json").exists()


def resume(home: Path) -> bool:
    """End the hold; whether there was one."""
    was_held = is_held(home)
    (folder(home) / f"{_HOLD}.json").unlink(missing_ok=True)
    return was_held


def prune(home: Path, keep: int, needed: Collection[str] = ()) -> list[str]:
    """Delete all but the newest releases, the current one and those needed; the runs deleted."""
    with lock.link(home):
        complete = releases(home)
        kept = {*complete[-keep:], *needed, *held(home), current(home)}
        doomed = [run for run in complete if run not in kept]
        for run in doomed:
            (folder(home) / f"{run}.json").unlink()
            path(home, run).unlink()
        expected = {_HOLD, *releases(home), *kept}
        for stray in folder(home).glob("*"):
            # A run was killed while it added or deleted its release.
            if stray.stem not in expected:
                stray.unlink()
    return doomed


def withdraw(home: Path, run: str) -> None:
    """Delete the release of a run that was killed before it moved the link: nobody saw it."""
    with lock.link(home):
        if run in releases(home) and run not in {*held(home), current(home)}:
            (folder(home) / f"{run}.json").unlink()
            path(home, run).unlink()


def _point(home: Path, run: str) -> None:
    target = path(home, run)
    draft = home / f".{LINK}"
    draft.unlink(missing_ok=True)
    draft.symlink_to(target.relative_to(home))
    draft.replace(home / LINK)
    lake.sync(home)
