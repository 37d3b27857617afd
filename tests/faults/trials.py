"""Trials of one fault: how often it was tried, what was lost, and the control that must be caught.

A fault is a row of the table in `docs/reliability.md`. Its test tries it many times, and once
plants a defect that the same check must catch: a check that catches nothing proves nothing.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

PROJECT = Path(__file__).resolve().parents[2]
IS_FULL = os.environ.get("FULL", "") not in ("", "0")

Item = TypeVar("Item")


@dataclass(slots=True)
class Trials:
    """One row of the table. `planned`: tries of this run; `slowest`: seconds of one try."""

    fault: str
    what: str
    planned: int
    tries: int = 0
    survived: int = 0
    slowest: float = 0.0
    losses: list[str] = field(default_factory=list)
    controls: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[int]:
        """The numbers of the tries, 0 first: seed what is random with them."""
        yield from self.of(range(self.planned))

    def of(self, cases: Iterable[Item]) -> Iterator[Item]:
        """Each case is one try, timed; it is survived if its body ends without a loss."""
        for case in cases:
            self.tries += 1
            known, started = len(self.losses), time.perf_counter()
            yield case
            self.slowest = max(self.slowest, time.perf_counter() - started)
            self.survived += len(self.losses) == known

    def lose(self, how: str) -> None:
        """Something was lost, or a lie was told: name the try, so that it can be tried again."""
        self.losses.append(how)

    def control(self, planted: str, *, caught: bool) -> None:
        """A defect planted in the subject or the data; the check of the tries must catch it."""
        assert caught, f"{self.fault}: the harness does not see {planted}"
        self.controls.append(planted)

    def end(self) -> None:
        """Settle; where an exception ended a try and nothing was lost before, it says more."""
        if self.losses or self.survived == self.tries:
            self.settle()

    def settle(self) -> None:
        """Fail unless there were tries, none was lost, and a control was caught."""
        shown = "\n".join(self.losses[:20])
        assert not self.losses, f"{self.fault}: {len(self.losses)} of {self.tries} lost:\n{shown}"
        assert self.tries, f"{self.fault} was never tried"
        assert self.controls, f"{self.fault} has no control"

    def save(self) -> None:
        """Keep the row for the table, where `table.rows` finds it."""
        target = folder(is_full=IS_FULL) / f"{self.fault}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(asdict(self)), "utf-8")
        draft.replace(target)


def folder(*, is_full: bool) -> Path:
    """Where rows of the quick or the full run are kept."""
    return PROJECT / "data" / "faults" / ("full" if is_full else "quick")


def rows(*, is_full: bool, since: float = 0.0) -> dict[str, Trials]:
    """The rows kept of the quick or the full run, by fault; none older than `since`."""
    kept = sorted(folder(is_full=is_full).glob("F*.json"))
    known = [path for path in kept if path.stat().st_mtime >= since]
    return {path.stem: Trials(**json.loads(path.read_text("utf-8"))) for path in known}
