"""The ledger: what every run did, as small immutable JSON files that outlive any release.

    ledger/<run>/<number>-<task>.json    one receipt a task, in the order they were written

A run is named `<sequence>-<UTC instant>`. Its first receipt is `begin`, its last `end`; a run
without `end` is alive, or was killed and is closed by the next one.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from ingest import document, lake

Outcome = Literal["done", "unchanged", "refused", "unreadable", "broken", "killed", "held"]
# A scheduler's tasks are processes of their own; between two of them nobody holds a lock.
_SCHEDULED_SILENCE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one task did. Instants are ISO 8601 in UTC; `facts` are JSON values."""

    run: str
    task: str
    outcome: Outcome
    started_at: str
    finished_at: str
    seconds: float
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def begin(home: Path, *, scheduled: bool, facts: dict[str, Any] | None = None) -> str:
    """Open a run; its name."""
    root = home / "ledger"
    root.mkdir(parents=True, exist_ok=True)
    while True:
        run = lake.next_name(runs(home), datetime.now(UTC))
        try:
            (root / run).mkdir()
            break
        except FileExistsError:
            continue  # another run took the number between the look and the mkdir
    entry = {"scheduled": scheduled, "process": os.getpid(), **(facts or {})}
    now = stamp()
    write(home, Receipt(run, "begin", "done", now, now, 0.0, facts=entry))
    return run


def end(home: Path, run: str, outcome: Outcome, reason: str = "") -> None:
    """Close a run; a run that is closed stays as it is."""
    if is_ended(home, run):
        return
    receipts = read(home, run)
    started = receipts[0].started_at if receipts else stamp()
    seconds = (datetime.now(UTC) - datetime.fromisoformat(started)).total_seconds()
    lasted = round(max(0.0, seconds), 3)  # a clock may have been set back meanwhile
    write(home, Receipt(run, "end", outcome, started, stamp(), lasted, reason))


def killed(home: Path) -> list[str]:
    """Runs that nobody works for any more, and nobody closed; call it holding the run lock."""
    return [run for run in runs(home) if is_dead(home, run) and not is_ended(home, run)]


def close_dead(home: Path) -> list[str]:
    """Close runs that were killed; call it holding the run lock. The runs closed.

    Receipts that nobody finished are deleted, of runs that ended without them, too.
    """
    for draft in (home / "ledger").glob("*/.*"):
        if is_dead(home, draft.parent.name):
            draft.unlink()
    closed = killed(home)
    for run in closed:
        end(home, run, "killed", "ended without a word: killed, or the machine stopped")
    return closed


def is_dead(home: Path, run: str) -> bool:
    """Whether nobody works for a run any more, seen by whoever holds the run lock."""
    receipts = read(home, run)
    if not receipts or is_ended(home, run) or not receipts[0].facts["scheduled"]:
        return True
    silence = datetime.now(UTC) - datetime.fromisoformat(receipts[-1].finished_at)
    return silence > _SCHEDULED_SILENCE


def is_ended(home: Path, run: str) -> bool:
    """Whether the run has its last receipt."""
    return any((home / "ledger" / run).glob("*-end.json"))


def runs(home: Path) -> list[str]:
    """The names of all runs, oldest first."""
    root = home / "ledger"
    return sorted(path.name for path in root.iterdir()) if root.exists() else []


def read(home: Path, run: str) -> list[Receipt]:
    """A run's receipts, in order.

    Raises:
        RotError: one of them is not what was written.
    """
    return [parse(file) for file in files(home, run)]


def files(home: Path, run: str) -> list[Path]:
    """The files of a run's receipts, in order."""
    return sorted((home / "ledger" / run).glob("[0-9]*.json"))


def parse(file: Path) -> Receipt:
    """A receipt as it was written.

    Raises:
        RotError: it is not.
    """
    fields = document.read(file)
    try:
        return Receipt(**fields)
    except TypeError as error:
        raise document.rotten(file, "it is no receipt any more") from error


def write(home: Path, receipt: Receipt) -> None:
    """Add a receipt; what is written is never written again."""
    folder = home / "ledger" / receipt.run
    draft = folder / f".{receipt.task}.{os.getpid()}"
    document.put(draft, document.sealed(asdict(receipt)))
    lake.sync(draft)
    draft.chmod(0o444)
    while True:
        taken = (int(path.name.partition("-")[0]) for path in folder.glob("[0-9]*.json"))
        target = folder / f"{max(taken, default=-1) + 1:02d}-{receipt.task}.json"
        try:
            target.hardlink_to(draft)
            break
        except FileExistsError:
            continue  # another process of this run took the number: a task and its own retry
    draft.unlink()
    lake.sync(folder)


@dataclass(slots=True)
class Note:
    """What a task says about itself while it runs."""

    outcome: Outcome = "done"
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@contextmanager
def recording(home: Path, run: str, task: str) -> Iterator[Note]:
    """Write the task's receipt when the block ends, however it ends."""
    note, started, clock = Note(), stamp(), time.perf_counter()
    finished = False
    try:
        yield note
        finished = True
    finally:
        if not finished and note.outcome == "done":
            note.outcome = "broken"
        seconds = round(time.perf_counter() - clock, 3)
        write(
            home,
            Receipt(run, task, note.outcome, started, stamp(), seconds, note.reason, note.facts),
        )


def stamp() -> str:
    """Now, ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
