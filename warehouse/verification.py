"""Verification of what was published, and of what is told of it: releases, the link, the ledger."""

from collections import defaultdict
from functools import partial
from pathlib import Path

import duckdb

from ingest.settings import Settings
from ingest.verification import Damage, Findings, check_lake, check_landing
from warehouse import ledger, release, seal

_OF_LEDGER = (
    "Put it back from a backup, or move it out of the ledger: what it told of that run is lost"
)


def verify(settings: Settings, *, is_quick: bool = False) -> Findings:
    """Compare everything at rest with what was written; `is_quick`: sizes and receipts alone."""
    findings, home = Findings(is_quick), settings.home
    check_landing(home, findings)
    check_lake(home, findings, _made_of(home))
    for run in _all_releases(home):
        check_release(settings, run, findings)
    _check_link(home, findings)
    _check_ledger(home, findings)
    return findings


def _all_releases(home: Path) -> list[str]:
    """Every release of which a file is left; one that a run is making now is none yet."""
    found = {file.stem for file in release.folder(home).glob("[0-9]*.*")}
    complete = set(release.releases(home))
    return sorted(run for run in found if run in complete or ledger.is_ended(home, run))


def _made_of(home: Path) -> dict[tuple[str, str], list[str]]:
    """The kept releases that each snapshot went into."""
    made = defaultdict(list)
    for run in release.releases(home):
        facts = release.known(home, run)
        for pin in facts.pins.items() if facts else ():
            made[pin].append(run)
    return made


def check_release(settings: Settings, run: str, findings: Findings) -> None:
    """Compare a release with its manifest; every value of it is read."""
    home = settings.home
    file = release.path(home, run)
    affects, advice = _consequences(home, run)
    manifest = file.with_suffix(".json")
    if not findings.document(manifest, partial(release.manifest, home, run), affects, advice):
        return
    facts = release.manifest(home, run)
    expected = {"sha256": facts.sha256, "byte_count": facts.byte_count}
    if not findings.compare(file, expected, affects, advice) or findings.is_quick:
        return
    try:
        found = seal.scan(settings, file, home / "builds" / ".verify")
    except (duckdb.Error, seal.SealError) as error:
        findings.damages.append(Damage(file, f"it does not open: {error}", affects, advice))
        return
    differing = sorted(
        name
        for name in {*found, *facts.tables}
        if name.startswith("marts.") and found.get(name) != facts.tables.get(name)
    )
    if differing:
        reason = f"{', '.join(differing)} differ from the manifest"
        findings.damages.append(Damage(file, reason, affects, advice))


def _consequences(home: Path, run: str) -> tuple[str, str]:
    """What a damaged release affects, and what to do."""
    files = f"{run}.duckdb and {run}.json of releases/"
    if run != release.current(home):
        affects = f"a rollback to {run}, which is refused; nobody reads it"
        return affects, f"Delete {files}: its snapshots can be built again"
    others = [one for one in release.releases(home) if one != run]
    back = f"`arthouse rollback {max(others)}`, `arthouse resume`, " if others else ""
    anew = f"{back or f'delete {release.LINK} and {files}, '}`arthouse build`"
    return f"everyone who reads {release.LINK}", f"In this order: {anew}"


def _check_link(home: Path, findings: Findings) -> None:
    link = home / release.LINK
    problem = release.dangling(home)
    if problem:
        affects = f"everyone who reads {release.LINK}"
        advice = "`arthouse rollback RUN` sets it, to a run of `arthouse releases`"
        findings.damages.append(Damage(link, problem, affects, advice))


def _check_ledger(home: Path, findings: Findings) -> None:
    for run in ledger.runs(home):
        affects = f"what is told of run {run}, and builds, which read the ledger"
        for file in ledger.files(home, run):
            findings.document(file, partial(ledger.parse, file), affects, _OF_LEDGER)
