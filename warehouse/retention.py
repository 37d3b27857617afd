"""Retention: what is deleted, and when nothing can need it any more.

A reader that has a release open keeps it, deleted or not. One that knows its path and opens it a
moment later does not, nor the process that it starts for a person's SQL: so a release stays for
some hours after another took its place. Snapshots stay for the releases made of them, and for the
builds of runs that are not over.
"""

import shutil
from datetime import UTC, datetime, timedelta

from ingest import lake
from ingest.settings import Settings
from warehouse import build, ledger, release


def sweep(settings: Settings) -> list[str]:
    """Delete what dead runs left half done; call it holding the run lock. The folders deleted.

    What a gate refused is kept for a look until a later run publishes. Call it before the next run
    begins, and it deletes before it writes: what was left may fill the disk to its last byte.
    """
    home = settings.home
    for killed in ledger.killed(home):
        # What `arthouse build` makes is for no reader, and stays.
        if build.is_begun(home, killed) and build.read_plan(home, killed).publish:
            release.withdraw(home, killed)
    deleted = _delete(settings, "", keep_refused=True)
    ledger.close_dead(home)
    return deleted


def prune(settings: Settings, run: str) -> dict[str, list[str]]:
    """After a publication: delete finished builds, old releases, and old snapshots' tables."""
    home = settings.home
    folders = _delete(settings, run, keep_refused=False)
    shutil.rmtree(build.folder(home, run), ignore_errors=True)
    alive = build.alive(home, run)
    needed = _readable(settings) | {one.parent for one in alive if one.parent}
    releases = release.prune(home, settings.keep_releases, needed)
    kept = (release.known(home, one) for one in release.releases(home))
    pinned = [facts.pins for facts in kept if facts]
    pinned += [one.pins for one in alive]
    for feed in sorted({feed for pins in pinned for feed in pins}):
        wanted = [pins[feed] for pins in pinned if feed in pins]
        lake.prune(home, feed, settings.keep_snapshots, wanted)
    return {"folders": folders, "releases": releases}


def _readable(settings: Settings) -> set[str]:
    """Releases that a person may go back to, or whose path a reader may still hold."""
    home, now = settings.home, datetime.now(UTC)
    readable = set(release.lineage(home, release.current(home))[: settings.keep_releases])
    for run in release.releases(home):
        facts = release.known(home, run)
        if facts is None:
            continue  # nobody can go back to it: its own log line says why
        age = now - datetime.fromisoformat(facts.created_at)
        # A release from the future was made before a clock was set right: its age is not known.
        if timedelta() <= age < timedelta(hours=settings.keep_hours):
            readable |= {run, facts.parent or run}
    return readable


def _delete(settings: Settings, run: str, *, keep_refused: bool) -> list[str]:
    home = settings.home
    folders = {path: path.name for path in (home / "builds").glob("*")}
    folders |= {path: lake.incoming_run(path) for path in lake.all_incoming(home)}
    others = {path: owner for path, owner in folders.items() if owner != run}
    dead = {path: owner for path, owner in others.items() if ledger.is_dead(home, owner)}
    doomed = [
        path for path, owner in dead.items() if not (keep_refused and _refused(settings, owner))
    ]
    for path in doomed:
        shutil.rmtree(path)
    return [str(path.relative_to(home)) for path in doomed]


def _refused(settings: Settings, run: str) -> bool:
    receipts = ledger.read(settings.home, run)
    return bool(receipts) and receipts[-1].outcome == "refused"
