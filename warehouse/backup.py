"""Backup: a copy of all that counts of a home, at one moment, which is a home itself."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from ingest.settings import Settings
from ingest.verification import Findings
from warehouse import lock, release, verification

_PARTS = ("landing", "lake", "ledger")


class BackupError(Exception):
    """There is no place for a backup where one was asked for."""


def write(settings: Settings, target: Path) -> Findings:
    """Copy landing, lake, ledger and the current release; what a verification of the copy found.

    Raises:
        BackupError: the target holds something, is inside the home, or has too little room.
        LockedError: a run is at work: what it writes is no state to keep.
    """
    home, target = settings.home, target.absolute()
    if target.is_relative_to(home):
        raise BackupError(
            f"{target} is inside {home}: name a folder elsewhere, best on another disk"
        )
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupError(f"{target} holds something already: name a new folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.partial")
    with lock.run(home):
        files = list(_files(home))
        _require_room(files, target.parent)
        shutil.rmtree(draft, ignore_errors=True)
        _copy(home, files, draft)
    findings = verification.verify(settings.model_copy(update={"home": draft}))
    os.sync()
    draft.rename(target)
    return findings


def _files(home: Path) -> Iterator[Path]:
    """What is copied: hidden names are of work under way, or out of use."""
    for part in _PARTS:
        for folder, folders, names in os.walk(home / part):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (Path(folder, name) for name in names if not name.startswith("."))
    seen = release.current(home)
    if seen:
        yield from (release.path(home, seen), release.path(home, seen).with_suffix(".json"))
    yield from (release.folder(home) / "hold.json" for _ in range(release.is_held(home)))


def _require_room(files: list[Path], folder: Path) -> None:
    sizes = {(facts.st_dev, facts.st_ino): facts.st_size for facts in map(Path.stat, files)}
    needed, free = sum(sizes.values()), shutil.disk_usage(folder).free
    if needed > free:
        raise BackupError(f"the backup takes {needed:,} bytes, and {folder} has {free:,} free")


def _copy(home: Path, files: list[Path], draft: Path) -> None:
    """Copy the files; one that has two names is copied once, and has two names again."""
    copies: dict[tuple[int, int], Path] = {}
    draft.mkdir()
    for file in files:
        copy, facts = draft / file.relative_to(home), file.stat()
        copy.parent.mkdir(parents=True, exist_ok=True)
        key = (facts.st_dev, facts.st_ino)
        if key in copies:
            copy.hardlink_to(copies[key])
        else:
            copies[key] = Path(shutil.copy2(file, copy))
    link = home / release.LINK
    if link.is_symlink():
        (draft / release.LINK).symlink_to(link.readlink())
