"""A home with a release and the run that comes after it, whose dbt and gates can be disturbed.

Every step runs as its task runs it: in a child process, with its receipt in the ledger.
"""

import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

import psutil
import pytest

from cli.nightly import EXIT_CODES
from dags import step
from ingest import lake, settings
from ingest.catalog import FEEDS
from ingest.settings import Settings
from tests.faults.trials import PROJECT
from warehouse import build, ledger, release, runbooks
from warehouse.ledger import Receipt

TRANSFORM = "warehouse.build:transform"
GATE = "warehouse.gate:judge_candidate"
Blow = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Gated:
    """The home, the release its readers have, and the plan of the run that dbt has built."""

    home: Path
    released: str
    plan: build.Plan

    @property
    def build(self) -> Path:
        return build.folder(self.home, self.plan.run)

    def manifest(self) -> dict[str, Any]:
        """What dbt knows of the project."""
        return dict(json.loads((self.build / "target" / "manifest.json").read_text("utf-8")))

    def results(self) -> list[dict[str, Any]]:
        """What dbt said of each node."""
        text = (self.build / "target" / "run_results.json").read_text("utf-8")
        return list(json.loads(text)["results"])

    def another(self, *, models_changed: bool = False) -> str:
        """A run of the same plan, at whose beginning nothing is built."""
        run = ledger.begin(self.home, scheduled=False)
        build.start(self.home, replace(self.plan, run=run, models_changed=models_changed))
        return run

    def rebuilt(self) -> str:
        """A run whose dbt has done its work."""
        run = self.another()
        shutil.copy(build.candidate(self.home, self.plan.run), build.candidate(self.home, run))
        return run

    def landed(self, feed: str) -> tuple[str, Path]:
        """A run that has loaded a feed once more, and the draft its raw gate judges."""
        newest = lake.newest(self.home, feed)
        assert newest is not None
        run = ledger.begin(self.home, scheduled=False)
        draft = lake.incoming(self.home, feed, run)
        shutil.copytree(newest.path, draft)
        return run, draft


def published(night: Path, home: Path) -> Gated:
    """A copy of the night's home, and one more run of it that dbt has built."""
    for part in ("lake", "ledger"):
        shutil.copytree(night / part, home / part)
    released = release.current(night)
    assert released is not None
    (home / "releases").mkdir()
    for kind in (".duckdb", ".json"):
        shutil.copy(night / "releases" / f"{released}{kind}", home / "releases")
    shutil.copy(night / release.LINK, home, follow_symlinks=False)
    run = ledger.begin(home, scheduled=False)
    pins = release.manifest(home, released).pins
    made = build.Plan(run, list(FEEDS), pins, "code", "models", released, None, True, False)
    build.start(home, made)
    with pytest.MonkeyPatch.context() as patched:
        at_home(patched, home)
        assert step.take(run, "transform", TRANSFORM)
    return Gated(home, released, made)


def at_home(patched: pytest.MonkeyPatch, home: Path) -> None:
    """Let the steps of this process be those of a command on the home."""
    here = Settings(home=home, threads=2)
    patched.setattr(settings, "current", lambda: here)
    patched.setenv(step.RUN, "of this process")


def stopped(gated: Gated, run: str, task: str, function: str, *arguments: str) -> Receipt | None:
    """The receipt of a step that must not succeed; None if it let the run go on."""
    try:
        goes_on = step.take(run, task, function, *arguments)
    except Exception:  # noqa: BLE001 # Airflow catches whatever a task raises: people read receipts
        goes_on = False
    return None if goes_on else ledger.read(gated.home, run)[-1]


def complaints(gated: Gated, receipt: Receipt | None, outcome: str, *words: str) -> list[str]:
    """What is wrong with how a step was stopped: readers, exit code, words, and what to do."""
    if receipt is None:
        return ["the run went on"]
    codes = {"broken": 4, "refused": 1}
    page = runbooks.of_receipt(receipt)
    found = {
        f"it was {receipt.outcome}": receipt.outcome != outcome,
        f"exit code {EXIT_CODES[receipt.outcome]}": EXIT_CODES[receipt.outcome] != codes[outcome],
        "nothing was said": not (receipt.reason or receipt.facts.get("error")),
        "nobody says what to do": page is None or not (PROJECT / page).is_file(),
        "another release": release.current(gated.home) != gated.released,
        "a release of its own": len(list((gated.home / "releases").glob("*.duckdb"))) != 1,
        **{f"not a word of {word}": word not in receipt.reason for word in words},
    }
    return [f"{text}: {receipt.reason[:200]}" for text, is_so in found.items() if is_so]


@contextmanager
def struck(function: str, blow: Blow, after: float) -> Iterator[None]:
    """Strike the child process of a step, some seconds after it started."""
    over = threading.Event()

    def strike() -> None:
        while not over.is_set():
            for process in _children(function):
                if not over.wait(after):
                    blow(process)
                return
            time.sleep(0.005)

    watcher = threading.Thread(target=strike, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _children(function: str) -> list[int]:
    found = []
    for process in psutil.Process().children():
        try:
            if function in process.cmdline():
                found.append(process.pid)
        except psutil.Error:  # it is over
            continue
    return found


def kill(process: int) -> None:
    """As the system does when memory runs out, while the process is still there."""
    if Path(f"/proc/{process}").exists():
        os.kill(process, signal.SIGKILL)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Airflow's `execution_timeout`, in miniature: an exception in the task."""

    def end(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"the task took longer than {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
