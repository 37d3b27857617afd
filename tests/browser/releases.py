"""Copies of a published home, and further releases in them: a night takes a minute, this none."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from warehouse import connect, release


def copied(home: Path, target: Path) -> Path:
    """A home with the current release and the ledger of another."""
    run = connect.published(home).stem
    (target / "releases").mkdir(parents=True)
    shutil.copytree(home / "ledger", target / "ledger")
    for ending in ("duckdb", "json"):
        shutil.copyfile(
            home / "releases" / f"{run}.{ending}", target / "releases" / f"{run}.{ending}"
        )
    release.publish(target, run, None)
    return target


def publish(home: Path, changes: Sequence[str] = ()) -> str:
    """Publish the current release again under the next number, after these statements; its run."""
    parent = connect.published(home).stem
    run = f"{int(parent.partition('-')[0]) + 1:06d}-20261125T120000Z"
    candidate = home / "builds" / run / "candidate.duckdb"
    candidate.parent.mkdir(parents=True)
    shutil.copyfile(connect.published(home), candidate)
    candidate.chmod(0o600)
    with duckdb.connect(candidate) as writer:
        for change in changes:
            writer.execute(change)
    facts = release.manifest(home, parent)
    release.add(home, candidate, replace(facts, run=run, parent=parent))
    release.publish(home, run, parent)
    return run
