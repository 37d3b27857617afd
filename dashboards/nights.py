"""The newest runs as the ledger has them: those that published nothing are there, too."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import streamlit

from dashboards.reader import Row
from warehouse import ledger
from warehouse.ledger import Receipt

# What a person looks back on: a month of nights started by hand, five of a scheduler's, which
# opens a run for each feed.
RECENT = 30
NOT_ENDED = "not ended"
_STOPS = frozenset({"refused", "unreadable", "broken", "killed", "held"})
_GOOD = frozenset({"done", "unchanged"})
_KEPT_RUNS = 500


@dataclass(frozen=True, slots=True)
class Night:
    """One run. Without receipts, it was killed before it wrote its first."""

    run: str
    receipts: tuple[Receipt, ...]

    @property
    def number(self) -> int:
        """Its place in the order of runs."""
        return number(self.run)

    @property
    def started_at(self) -> str | None:
        """When it began."""
        return self.receipts[0].started_at if self.receipts else None

    @property
    def is_ended(self) -> bool:
        """Whether it has its last receipt."""
        return bool(self.receipts) and self.receipts[-1].task == "end"

    @property
    def outcome(self) -> str:
        """How it ended, in the ledger's words."""
        return self.receipts[-1].outcome if self.is_ended else NOT_ENDED

    @property
    def is_stopped(self) -> bool:
        """Whether it ended before its work was done."""
        return self.outcome in _STOPS

    @property
    def reason(self) -> str:
        """Why it ended, in the ledger's words; what was heard last of one that has not."""
        if self.is_ended:
            return self.receipts[-1].reason
        return f"its last word was the end of {self.receipts[-1].task}" if self.receipts else ""

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return self.receipts[-1].seconds if self.is_ended else None

    @property
    def steps(self) -> tuple[Receipt, ...]:
        """What it did between its beginning and its end."""
        return tuple(one for one in self.receipts if one.task not in ("begin", "end"))

    @property
    def purpose(self) -> str:
        """What it was started for."""
        facts = self.receipts[0].facts if self.receipts else {}
        if dag := facts.get("dag"):
            return str(dag).replace("_", " ").capitalize()
        if feeds := facts.get("feeds"):
            return f"Ingest {', '.join(feeds)}; build"
        if as_of := facts.get("as_of"):
            return f"Build as of {as_of}"
        return "Build"

    def verdicts(self) -> list[Row]:
        """What its gates said, in the order they were asked."""
        return [row for one in self.receipts for row in one.facts.get("verdicts", [])]

    def step(self, task: str) -> Receipt | None:
        """The newest receipt of a task that was done."""
        done = (one for one in reversed(self.receipts) if one.task == task)
        return next((one for one in done if one.outcome == "done"), None)


def number(run: str) -> int:
    """The place of a run in the order of runs, as its name has it."""
    return int(run.partition("-")[0])


def recent(home: Path, count: int = RECENT) -> list[Night]:
    """The newest runs, newest first."""
    return [night(home, run) for run in reversed(ledger.runs(home)[-count:])]


def night(home: Path, run: str) -> Night:
    """One run; what has ended is read once."""
    read = _ended if ledger.is_ended(home, run) else _read
    return read(home, run)


def failures(nights: list[Night]) -> Iterator[Night]:
    """Of runs, newest first, those stopped by what no newer run did better or tried again.

    What was killed has no step to blame: any run that ends well makes up for it.
    """
    made_up = set[str]()
    for one in nights:
        if one.is_stopped and _blamed(one) - made_up:
            yield one
        made_up |= _blamed(one) | {step.task for step in one.receipts if step.outcome in _GOOD}


def _blamed(night: Night) -> set[str]:
    steps = {step.task for step in night.steps if step.outcome not in _GOOD}
    return steps or ({"end"} if night.is_stopped else set())


def starts(receipts: tuple[Receipt, ...]) -> list[float]:
    """Seconds from the first receipt's start to each one's."""
    moments = [datetime.fromisoformat(one.started_at).astimezone(UTC) for one in receipts]
    return [(moment - moments[0]).total_seconds() for moment in moments]


def _read(home: Path, run: str) -> Night:
    return Night(run, tuple(ledger.read(home, run)))


@streamlit.cache_resource(max_entries=_KEPT_RUNS, show_spinner=False)
def _ended(home: Path, run: str) -> Night:
    return _read(home, run)
