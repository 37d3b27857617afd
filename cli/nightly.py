"""The nightly run, now: every feed's DAG, then the build's, under one lock and one run name."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from cli import airflow_process
from dags import notification, step
from ingest import settings
from ingest.catalog import FEEDS
from ingest.settings import Settings
from warehouse import ledger, lock, retention
from warehouse.ledger import Outcome

EXIT_CODES: dict[Outcome, int] = {
    "done": 0,
    "unchanged": 0,
    "held": 0,
    "refused": 1,
    "unreadable": 3,
    "broken": 4,
    "killed": 4,
}
LOCKED = 5


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    run: str
    outcome: Outcome
    reason: str

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.outcome]


def run(here: Settings, locations: Mapping[str, str], only: Sequence[str]) -> Ended:
    """Ingest feeds and build; a feed that fails does not stop the others.

    `locations`: URL or folder by feed, instead of the settings' or the catalogue's. `only`: the
    feeds to ingest, all when empty; the others stay as the lake has them.

    Raises:
        LockedError: another run is at work.
    """
    feeds = [feed for feed in FEEDS if not only or feed in only]
    with _opened(here, {"feeds": feeds}) as name:
        _point(locations)
        for feed in feeds:
            airflow_process.run(f"ingest_{feed}", {})
        airflow_process.run("build_warehouse", {})
        return _ended(here.home, name)


def build(here: Settings, as_of: str | None, *, publish: bool) -> Ended:
    """Rebuild from the lake alone.

    Raises:
        LockedError: another run is at work.
    """
    with _opened(here, {"as_of": as_of, "publish": publish}) as name:
        airflow_process.run("build_warehouse", {"as_of": as_of, "publish": publish})
        return _ended(here.home, name)


@contextmanager
def _opened(here: Settings, facts: dict[str, object]) -> Iterator[str]:
    """A run with its lock and its name, closed in the ledger however the block ends."""
    with lock.run(here.home):
        retention.sweep(here)
        name = ledger.begin(here.home, scheduled=False, facts=facts)
        os.environ[step.RUN] = name
        try:
            airflow_process.prepare(here.home)
            yield name
        finally:
            ended = _ended(here.home, name)
            ledger.end(here.home, name, ended.outcome, ended.reason)
            del os.environ[step.RUN]
            for problem in notification.after(name):
                typer.echo(problem, err=True)


def _ended(home: Path, name: str) -> Ended:
    """The gravest outcome of the run's steps; unchanged when no step had anything to do."""
    receipts = [one for one in ledger.read(home, name) if one.task not in ("begin", "end")]
    for grave in ("broken", "refused", "unreadable", "held"):
        for receipt in receipts:
            if receipt.outcome == grave:
                return Ended(name, receipt.outcome, f"{receipt.task}: {receipt.reason}")
    if any(one.task == "publish" and one.outcome == "done" for one in receipts):
        return Ended(name, "done", "")
    last = receipts[-1] if receipts else None
    if last and last.outcome == "unchanged":
        return Ended(name, "unchanged", last.reason)
    return Ended(name, "broken", "no step of the run was reached: see the messages above")


def _point(locations: Mapping[str, str]) -> None:
    """Let the steps of this process read feeds from other locations.

    Through the environment, not the DAG run's conf: a URL may hold a password, and Airflow keeps
    conf in its metadata.
    """
    feeds = {**settings.current().feeds, **{f: _absolute(at) for f, at in locations.items()}}
    os.environ["ARTHOUSE_FEEDS"] = json.dumps(feeds)
    settings.current.cache_clear()


def _absolute(location: str) -> str:
    """A local folder as tasks see it, whose working directory is another."""
    return location if "://" in location else str(Path(location).expanduser().absolute())
