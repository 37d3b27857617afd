"""Runs beside one another, stopped, missed, and under a clock that jumps."""

import os
import random
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext, suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Self

import psutil
import pytest

from cli import airflow_process, nightly
from dags import child, step
from ingest import lake
from ingest.settings import Settings
from tests.faults import small_run
from tests.faults.trials import Trials
from warehouse import build, ledger, lock, release


def scheduled(home: Path, seed: int, *, after_plan: float = 0.0) -> str:
    """A DAG run of a scheduler's, by the clock or of a backfill: between tasks others have turns.

    `after_plan`: seconds in which every other run makes its plan, too.
    """
    draw = random.Random(seed)

    def pause(task: str) -> None:
        time.sleep(draw.uniform(0, 0.03) + (after_plan if task == "transform" else 0))

    with small_run.at_work(home):
        pause("begin")
        return small_run.do(small_run.begin(), between=pause)


def manual(home: Path, seed: int) -> str:
    """`arthouse build --publish`, but for Airflow."""
    time.sleep(random.Random(seed).uniform(0, 0.3))
    with small_run.at_work(home), pytest.MonkeyPatch.context() as patch:
        patch.setattr(airflow_process, "prepare", lambda _: None)
        patch.setattr(airflow_process, "run", lambda *_: small_run.do(os.environ[step.RUN]))
        try:
            ended = nightly.build(Settings(home=home), None, publish=True)
        except lock.LockedError as busy:
            return str(busy)
        return ended.reason or ended.outcome


def cleared(home: Path, seed: int) -> str:
    """A failed run of yesterday: a person clears its last tasks, reads why not, and clears all."""
    with small_run.at_work(home):
        failed = next(run for run in ledger.runs(home) if _outcome(home, run) == "broken")
        words = small_run.do(failed, ("gate", "seal", "publish"))
        if "clear this DAG run from its first task on" not in words:
            return f"a task of {failed}, which is over, was done: {words}"
    return scheduled(home, seed)


def ingested(home: Path, seed: int) -> str:
    """A night of a feed, which somebody may have started twice."""
    draw = random.Random(seed)
    with small_run.at_work(home):
        run = step.begin({"dag": f"ingest_{small_run.FEED}"})
        steps: tuple[tuple[str, str, tuple[str, ...]], ...] = (
            ("load_imdb", f"{small_run.HERE}:load", ()),
            ("commit_imdb", "ingest.incoming:commit", (small_run.FEED, run)),
        )
        try:
            for name, function, _ in steps:
                time.sleep(draw.uniform(0, 0.05))
                step.take(run, name, function)
            step.end(run)
        except Exception as error:  # noqa: BLE001 # a task's failure is its words
            return str(error)
    return "done"


def unchecked(home: Path, seed: int) -> str:
    """A run that asks neither whether its parent is still current, nor whether it is over."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release, "require_parent", lambda *_: None)
        patch.setattr(build, "is_made_of", lambda *_: False)
        return scheduled(home, seed, after_plan=0.4)


def _outcome(home: Path, run: str) -> str:
    return ledger.read(home, run)[-1].outcome


@pytest.fixture(scope="module")
def workers() -> Iterator[ProcessPoolExecutor]:
    """Four processes, one for each of the runs at once."""
    with ProcessPoolExecutor(4, mp_context=small_run.processes()) as pool:
        yield pool


def before(home: Path) -> None:
    """A release of yesterday, a run that failed, and a snapshot that nobody built from yet."""
    with small_run.at_work(home):
        small_run.land(home)
        assert small_run.do(small_run.begin()) == "done"
        small_run.land(home)
        step.end(small_run.begin(), "broken", "no space left")


def at_once(pool: ProcessPoolExecutor, home: Path, runs: Sequence[Any], seed: int) -> list[str]:
    """Start these at one moment; what each says in the end."""
    started = [pool.submit(run, home, seed + place) for place, run in enumerate(runs)]
    return [one.result(60) for one in started]


def leftovers(home: Path) -> list[str]:
    """What the next run would not clean up, or do again without need."""
    with small_run.at_work(home):
        run = small_run.begin()
        kept = [path for path in (home / "builds").iterdir() if path.name != run]
        said = small_run.do(run)
    found = [f"left behind: {path}" for path in (*kept, *lake.all_incoming(home))]
    if "from the same snapshots by the same code" not in said:
        found.append(f"the next run was not unchanged: {said}")
    return found


@pytest.mark.fault(
    "F27",
    "two or four runs at once: by the clock, by hand, cleared, of a backfill",
    quick=20,
    full=100,
)
def test_runs_at_once(trials: Trials, workers: ProcessPoolExecutor, tmp_path: Path) -> None:
    everyone = (scheduled, manual, cleared, scheduled)
    casts: tuple[tuple[Any, ...], ...] = (
        everyone,
        (scheduled, scheduled),
        (ingested, ingested, scheduled, manual),
    )
    for number in trials:
        home = tmp_path / str(number)
        before(home)
        runs = casts[number % len(casts)]
        if number % 4 == 1:
            runs = tuple(partial(scheduled, after_plan=0.2) for _ in runs)
        words = at_once(workers, home, runs, seed=100 * number)
        wrong = small_run.complaints(home)
        wrong += [f"a run says nothing: {words}"] * (not all(words))
        if ingested not in runs and words.count("done") != 1:
            wrong.append(f"not one published: {words}")
        snapshots = lake.snapshots(home, small_run.FEED)
        if len({one.receipt()["previous"] for one in snapshots}) != len(snapshots):
            wrong.append("two snapshots follow the same one")
        for one in wrong + (leftovers(home) if ingested not in runs else []):
            trials.lose(f"try {number}, {[getattr(r, '__name__', r) for r in runs]}: {one}")
    home = tmp_path / "control"
    before(home)
    at_once(workers, home, (unchecked, unchecked), seed=1)
    trials.control(
        "two runs that publish without comparing", caught=bool(small_run.complaints(home))
    )


def stopped(home: Path, run: str, task: str, where: str) -> None:
    """A task that is stopped once, and goes on when somebody lets it; its last word is in `old`.

    `where`: before it asks for the lock, between its two steps, holding the lock, or with no lock
    at all, after it compared and before it sets.
    """
    place = 2 if where == "between" else 1
    with small_run.at_work(home), pytest.MonkeyPatch.context() as patch:
        if where == "killed":
            patch.setattr(child, "call", small_run.CHILD_CALL)
            patch.setitem(small_run.TASKS, task, ((task, f"{small_run.HERE}:stop", ()),))
        elif where == "unlocked":
            for name in ("run", "link", "worker"):
                patch.setattr(lock, name, lambda *_: nullcontext())
            patch.setattr(release, "_point", stopping(release._point, place))
        elif where == "holding" and task == "publish":
            patch.setattr(release, "_point", stopping(release._point, place))
        elif where == "holding":
            patch.setattr(child, "call", stopping(child.call, place))
        else:
            patch.setattr(lock, "run", stopping(lock.run, place))
        words = small_run.do(run, (task,))
    (home / "old").write_text(words, "utf-8")


def stopping(function: Any, place: int) -> Any:
    """The function, before whose so many-th call its process stops."""
    calls = count(1)

    def stopped_first(*arguments: Any) -> Any:
        if next(calls) == place:
            os.kill(os.getpid(), signal.SIGSTOP)
        return function(*arguments)

    return stopped_first


def tried_again(home: Path, run: str, task: str) -> str:
    """The retry of a task, and the tasks after it."""
    tasks = list(small_run.TASKS)
    with small_run.at_work(home):
        return small_run.do(run, tasks[tasks.index(task) :])


class Stopped:
    """A process with a task that has stopped itself."""

    def __init__(self, home: Path, run: str, task: str, where: str) -> None:
        context = small_run.processes()
        self.process = context.Process(target=stopped, args=(home, run, task, where))
        self.process.start()
        self.home = home
        noted = home / "child"
        if where != "killed":
            _wait(lambda: _is_stopped(self.process.pid))
            return
        _wait(lambda: noted.exists() and _is_stopped(int(noted.read_text("utf-8") or 0)))
        self.process.kill()
        self.process.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.join()

    def go_on(self) -> str:
        """What it says in the end."""
        os.kill(self.process.pid or 0, signal.SIGCONT)
        self.process.join(30)
        return (self.home / "old").read_text("utf-8")


def _is_stopped(process: int | None) -> bool:
    return bool(process) and psutil.Process(process).status() == psutil.STATUS_STOPPED


def _wait(condition: Any) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


STOPS = (
    ("publish", "before"),
    ("transform", "holding"),
    ("transform", "killed"),
    ("seal", "between"),
    ("publish", "holding"),
    ("transform", "before"),
    ("plan", "before"),
    ("gate", "before"),
    ("publish", "killed"),
    ("publish", "between"),
)


@pytest.mark.fault(
    "F28", "a stopped task goes on, after or while its retry does its work", quick=10, full=50
)
def test_a_stopped_task_loses_to_its_retry(
    trials: Trials, workers: ProcessPoolExecutor, tmp_path: Path
) -> None:
    for number in trials:
        home = tmp_path / str(number)
        task, where = STOPS[number % len(STOPS)]
        for one in _stop(workers, home, task, where, with_newer=number % 2 == 0):
            trials.lose(f"try {number}: {task}, stopped {where}: {one}")
    home = tmp_path / "control"
    run = begun(home, "publish")
    with Stopped(home, run, "publish", "unlocked") as old:
        assert workers.submit(another, home).result(60) == "done"
        old.go_on()
    was_seen = bool(small_run.complaints(home))
    trials.control("a task that goes on without locks", caught=was_seen)


def _stop(
    workers: ProcessPoolExecutor, home: Path, task: str, where: str, *, with_newer: bool
) -> list[str]:
    """Stop a task, let its retry do its work, let it go on; what went wrong."""
    run = begun(home, task)
    with Stopped(home, run, task, where) as old:
        started = time.perf_counter()
        retry = workers.submit(tried_again, home, run, task)
        if where == "holding":
            time.sleep(0.1)  # it waits for the lock
            said, words = old.go_on(), retry.result(60)
            wrong = []
        else:
            words = retry.result(60)
            wrong = ["the retry waited"] * (time.perf_counter() - started > 20)
            if with_newer and (newer := workers.submit(another, home).result(60)) != "done":
                wrong.append(f"a newer run said {newer}")
            receipts = ledger.read(home, run)
            said = "nothing: it was killed" if where == "killed" else old.go_on()
            if ledger.read(home, run) != receipts:
                wrong.append("the old one wrote into the run that was over")
    if words != "done" or not said:
        wrong.append(f"the retry said {words}, the old one {said}")
    return [*wrong, *small_run.complaints(home), *leftovers(home)]


def begun(home: Path, task: str) -> str:
    """A scheduled run that is ready for this task."""
    tasks = list(small_run.TASKS)
    with small_run.at_work(home):
        small_run.land(home)
        assert small_run.do(small_run.begin()) == "done"
        small_run.land(home)
        run = small_run.begin()
        small_run.do(run, tasks[: tasks.index(task)] or ["plan"])
    return run


def another(home: Path) -> str:
    """A later run, of a newer snapshot."""
    with small_run.at_work(home):
        small_run.land(home)
        return small_run.do(small_run.begin())
