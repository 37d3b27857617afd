"""`arthouse verify` and `backup`: what became of the files at rest, in words, and of their copy."""

import shutil
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from cli import report
from dags import child
from ingest import lake
from ingest.catalog import FEEDS
from ingest.settings import Settings
from ingest.verification import Findings
from warehouse import backup, build, lock, release, runbooks, verification
from warehouse.release import Manifest, ReleaseConflictError

DAMAGED = 4
_SCRATCH = "verify"


def verify(settings: Settings, out: Console, *, is_quick: bool) -> int:
    """Look at everything at rest, and name what is damaged; the exit code."""
    with out.status("Reading landing, lake, releases and ledger"):
        findings = verification.verify(settings, is_quick=is_quick)
    return _tell(findings, settings.home, out)


def back_up(settings: Settings, target: Path, out: Console) -> int:
    """Copy the home, and name what is damaged in the copy; the exit code."""
    with out.status(f"Copying {settings.home}, and reading the copy"):
        findings = backup.write(settings, target)
    code = _tell(findings, target.with_name(f".{target.name}.partial").absolute(), out)
    out.print(
        f"{target} is a home of its own. How to restore: {runbooks.RESTORE}",
        soft_wrap=True,
        highlight=False,
    )
    return code


def _tell(findings: Findings, home: Path, out: Console) -> int:
    for damage in findings.damages:
        out.print(f"[bold]{escape(_shown(damage.file, home))}[/bold]", soft_wrap=True)
        for label, words in (
            ("what", damage.reason),
            ("affects", damage.affects),
            ("to do", damage.advice),
        ):
            out.print(f"  {label}: {escape(words)}", soft_wrap=True, highlight=False)
    out.print(_summary(findings), soft_wrap=True, highlight=False)
    if findings.damages:
        report.print_runbook(runbooks.ROT, out)
    return DAMAGED if findings.damages else 0


def _shown(file: Path, home: Path) -> str:
    return str(file.relative_to(home)) if file.is_relative_to(home) else str(file)


def _summary(findings: Findings) -> str:
    how = "Compared sizes and receipts of" if findings.is_quick else "Hashed and compared"
    counted = f"{how} {findings.file_count:,} files, {findings.byte_count:,} bytes"
    unproven = len(findings.unproven)
    old = f"; {unproven:,} of before hashes were recorded cannot be proven" if unproven else ""
    return f"{counted}{old}: {len(findings.damages):,} damaged"


def rebuild(settings: Settings, out: Console) -> int:
    """Build the current release again from the lake, publish nothing, and compare each mart.

    Raises:
        ReleaseConflictError: there is no release, or other code made it.
        LockedError: a run is at work: it would prune what is read here.
    """
    home = settings.home
    with lock.run(home):
        facts = _comparable(home)
        folder = build.folder(home, _SCRATCH)
        try:
            found = _content(home, facts)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    expected = facts.content()
    names = sorted({*found, *expected})
    differing = [name for name in names if found.get(name) != expected.get(name)]
    rows = [(name, "differs" if name in differing else "same") for name in names]
    out.print(report.table(f"{facts.run}, built again", ("mart", "content"), rows))
    if differing:
        out.print(
            f"{len(differing)} of {len(names)} marts differ: the release, or the lake, is not what "
            "it was",
            soft_wrap=True,
        )
        report.print_runbook(runbooks.ROT, out)
    return DAMAGED if differing else 0


def _comparable(home: Path) -> Manifest:
    seen = release.current(home)
    if seen is None:
        raise ReleaseConflictError("nothing is published yet: there is nothing to build again")
    facts = release.manifest(home, seen)
    if facts.code != build.fingerprint(build.CODE):
        raise ReleaseConflictError(
            f"{seen} was built by other code, whose marts may rightly differ: `arthouse build` "
            "publishes what this code makes, which can be built again then"
        )
    for feed, pin in facts.pins.items():
        if not any(one.name == pin and one.is_whole() for one in lake.snapshots(home, feed)):
            raise ReleaseConflictError(f"{feed}'s snapshot {pin}, which {seen} is of, is gone")
    return facts


def _content(home: Path, facts: Manifest) -> dict[str, str]:
    """The content of each mart of a build that nobody sees."""
    made = build.Plan(
        run=_SCRATCH,
        feeds=list(FEEDS),
        pins=facts.pins,
        code=facts.code,
        models=facts.models,
        parent=facts.parent,
        as_of=facts.as_of,
        publish=False,
        models_changed=False,
    )
    build.start(home, made)
    child.call("warehouse.build:transform", _SCRATCH)
    file = build.candidate(home, _SCRATCH)
    tables = child.call("warehouse.seal:scan", file, file.parent / ".spill")
    return {name: one["content_hash"] for name, one in tables.items() if name.startswith("marts.")}
