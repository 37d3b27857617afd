"""Runs that are killed, what readers see then, and what the next run makes of it.

Called on the ground (`killing`), where nothing has a database open.
"""

import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from dags import step
from ingest import document
from tests.faults import killing, story, tiny_night
from tests.faults.story import copy, night
from warehouse import ledger, release, retention


def _point_naively(home: Path, run: str) -> None:
    (home / release.LINK).unlink(missing_ok=True)
    (home / release.LINK).symlink_to(release.path(home, run).relative_to(home))


def _add_naively(home: Path, candidate: Path, facts: release.Manifest) -> None:
    candidate.rename(release.path(home, facts.run))
    document.write(release.folder(home) / f"{facts.run}.json", asdict(facts))


DEFECTS: dict[str, tuple[Any, str, Any]] = {
    "a sweep that sweeps nothing": (retention, "_delete", lambda *_, **__: []),
    "a link that is removed before it is made anew": (release, "_point", _point_naively),
    "a release that has its manifest after it has its place": (release, "add", _add_naively),
}


def with_defect(name: str, function: str, *arguments: Any) -> list[str]:
    """What a function of this module says of a product with a defect planted in it."""
    return story.with_defect(DEFECTS[name], globals()[function], *arguments)


def killed_night(seed: int, streak: int) -> list[str]:
    """What is wrong with a night that is killed at a random moment; the last of a streak is helped
    by nobody, and must end well."""
    draw, home = Random(seed), story.here().home
    if seed % streak == 0:
        copy(story.here().after(0), home)
    while not killing.kill_after(
        partial(night, home, story.here().places[1], is_forking=seed % 2 == 0),
        draw.uniform(0, story.here().seconds),
    ):
        copy(story.here().after(0), home)  # it was over before it was killed
    wrong = story.here().aftermath(home)
    return wrong + (story.here().next_night(home) if seed % streak == streak - 1 else [])


@dataclass(frozen=True, slots=True)
class Scene:
    """A run that has come to a task. `scheduled`: its scheduler tries a killed task again."""

    task: str
    scheduled: bool

    @property
    def home(self) -> Path:
        return story.here().root / f"{self.task}-{self.scheduled}"

    def set(self) -> tuple[int, float]:
        """Come to the task; how many changes it makes on the disk, and its seconds."""
        copy(story.here().after(0), self.home)
        killing.finish(partial(self._until, self.home))
        work = partial(self.work, story.here().home)
        copy(self.home, story.here().home)
        count = killing.changes(work, story.here().home)
        copy(self.home, story.here().home)
        started = time.perf_counter()
        killing.finish(work)
        return count, time.perf_counter() - started

    def _until(self, home: Path) -> None:
        tiny_night.settle(home)
        run = tiny_night.begin(story.here().places[1], scheduled=self.scheduled)
        self._own(run)
        names = list(tiny_night.TASKS)
        tiny_night.do(run, names[: names.index(self.task)])

    def _own(self, run: str) -> None:
        if not self.scheduled:
            os.environ[step.RUN] = run

    def work(self, home: Path) -> None:
        """The task in one process, as a task that is killed need not be."""
        tiny_night.settle(home)
        tiny_night.point(story.here().places[1])
        run = ledger.runs(home)[-1]
        self._own(run)
        tiny_night.do(run, [self.task])

    def _again(self, home: Path) -> None:
        """What a scheduler does after a task was killed: the task again, and the rest."""
        tiny_night.settle(home)
        names = list(tiny_night.TASKS)
        tiny_night.do(ledger.runs(home)[-1], names[names.index(self.task) :])

    def killed(self, kill: Callable[[Callable[[], object], Path], bool]) -> list[str]:
        """What is wrong when the task is killed so, and the scheduler or the next night goes on."""
        home = story.here().home
        copy(self.home, home)
        kill(partial(self.work, home), home)
        wrong = story.here().aftermath(home)
        if wrong or not self.scheduled:
            return wrong or story.here().next_night(home)
        try:
            killing.finish(partial(self._again, home))
        except Exception as error:  # noqa: BLE001 # whatever the second try fails with is said
            return [f"the task's second try failed: {error!r}"]
        return story.here().recovered(home)


def set_scene(task: str, scheduled: bool) -> tuple[int, float]:
    """Come to a task; its changes on the disk, and its seconds."""
    return Scene(task, scheduled).set()


def killed_at(task: str, scheduled: bool, number: int) -> list[str]:
    """What is wrong with a task killed at its nth change on the disk."""

    return Scene(task, scheduled).killed(lambda work, home: killing.kill_at(work, home, number))


def killed_after(task: str, scheduled: bool, seconds: float) -> list[str]:
    """What is wrong with a task killed so late."""

    return Scene(task, scheduled).killed(lambda work, _: killing.kill_after(work, seconds))
