"""`arthouse status`: how the warehouse is, for a person, and in one number for a monitor.

0 well, or nothing has run yet · 1, 3, 4 as the last run ended · 4 readers are led nowhere · 6 the
release is older than allowed. A run at work is no failure.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from cli import nightly, report
from ingest.errors import RotError
from warehouse import ledger, release, runbooks
from warehouse.ledger import Receipt

STALE = 6
_BROKEN = 4
_CODES = {str(outcome): code for outcome, code in nightly.EXIT_CODES.items()}
# Far enough back for the last run of each DAG of a scheduler.
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `state`: its outcome, or `running`; `dag`: None of a command."""

    run: str
    dag: str | None
    state: str
    started_at: str | None
    seconds: float | None
    reason: str
    runbook: str | None


@dataclass(frozen=True, slots=True)
class Release:
    """What readers see."""

    run: str
    created_at: str
    age_hours: float
    byte_count: int
    pins: dict[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why all is not well: an exit code, words, and the page that says what to do."""

    exit_code: int
    words: str
    runbook: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """All that is told."""

    exit_code: int
    problems: list[Problem]
    release: Release | None
    is_held: bool
    runs: list[Run]


def look(home: Path, run_count: int, max_age_hours: float | None = None) -> Status:
    """The status of a home, its newest runs last."""
    runs = [_run(home, name) for name in ledger.runs(home)[-max(run_count, _LOOKED_AT) :]]
    seen, problems = _release(home)
    problems += [
        Problem(_CODES[one.state], _told(one), one.runbook)
        for one in _latest(runs)
        if _CODES[one.state]
    ]
    if max_age_hours is not None and (seen is None or seen.age_hours > max_age_hours):
        age = f"is {seen.age_hours:,.1f} hours old" if seen else "was never made"
        words = f"the release {age}; allowed are {max_age_hours:g} hours"
        problems.append(Problem(STALE, words, runbooks.STALE))
    code = problems[0].exit_code if problems else 0
    return Status(code, problems, seen, release.is_held(home), runs[-run_count:])


def _run(home: Path, name: str) -> Run:
    receipts = ledger.read(home, name)
    killed = runbooks.of_outcome("killed")
    if not receipts:
        return Run(name, None, "killed", None, None, "it wrote no receipt", killed)
    first, last = receipts[0], receipts[-1]
    dag = first.facts.get("dag")
    if last.task == "end":
        page = runbooks.of_run(receipts)
        return Run(name, dag, last.outcome, first.started_at, last.seconds, last.reason, page)
    if _is_at_work(home, name, first):
        return Run(name, dag, "running", first.started_at, None, f"after {last.task}", None)
    return Run(name, dag, "killed", first.started_at, None, f"no word after {last.task}", killed)


def _is_at_work(home: Path, name: str, begin: Receipt) -> bool:
    """Whether a run that has not ended will: a scheduler's speaks up, a command's process lives."""
    if begin.facts["scheduled"]:
        return not ledger.is_dead(home, name)
    try:
        os.kill(int(begin.facts["process"]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _latest(runs: Sequence[Run]) -> Iterator[Run]:
    """The last run that is over; of a scheduler's, the last of each DAG since the last command."""
    seen: set[str | None] = set()
    for run in reversed([one for one in runs if one.state != "running"]):
        if run.dag is None and seen:
            return
        if run.dag not in seen:
            yield run
        seen.add(run.dag)
        if run.dag is None:
            return


def _release(home: Path) -> tuple[Release | None, list[Problem]]:
    """What readers see, and what keeps them from it, as far as a moment's look tells."""
    name, rot = release.current(home), runbooks.ROT
    if words := release.dangling(home):
        return None, [Problem(_BROKEN, f"{home / release.LINK}: {words}", rot)]
    if name is None:
        return None, []
    try:
        facts = release.manifest(home, name)
    except RotError as error:
        return None, [Problem(_BROKEN, str(error), rot)]
    age = datetime.now(UTC) - datetime.fromisoformat(facts.created_at)
    hours = age.total_seconds() / 3600
    found = Release(name, facts.created_at, hours, facts.byte_count, facts.pins)
    file = release.path(home, name)
    size = file.stat().st_size
    if size == facts.byte_count:
        return found, []
    words = f"{file} has {size:,} bytes, not {facts.byte_count:,}: `arthouse verify`"
    return found, [Problem(_BROKEN, words, rot)]


def _told(run: Run) -> str:
    named = f"{run.dag}, run {run.run}" if run.dag else f"run {run.run}"
    return f"{named}, was {run.state}: {run.reason}"


def show(status: Status, out: Console) -> None:
    """The status in words; what is not well comes last."""
    rows = [
        (one.run, one.dag or "command", one.state, one.seconds, one.reason) for one in status.runs
    ]
    out.print(report.table("Runs", ("run", "of", "outcome", "seconds", "reason"), rows))
    if status.release:
        seen = status.release
        out.print(
            f"Readers see {seen.run}, {seen.byte_count:,} bytes, created {seen.created_at}, "
            f"{seen.age_hours:,.1f} hours ago"
        )
    elif not status.problems:
        out.print("Nothing is published yet: `arthouse run` makes a first release.")
    if status.is_held:
        out.print("Publication is on hold since a rollback; `arthouse resume` ends it.")
    if status.release:
        pins = sorted(status.release.pins.items())
        out.print(report.table("Feeds in the release", ("feed", "snapshot"), pins))
    for problem in status.problems:
        out.print(f"Not well: {problem.words}", markup=False, highlight=False, soft_wrap=True)
        report.print_runbook(problem.runbook, out)
