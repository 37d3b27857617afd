"""A watch over the file that a process writes: nobody opens it there a second time.

DuckDB's lock is the process', and the kernel drops it when any handle of the file is closed.
Called on the ground (`killing`), where nothing has a database open.
"""

import fcntl
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Self

import duckdb

from dags import step
from ingest import lake
from ingest.catalog import FEEDS
from ingest.settings import Settings
from tests.faults import killing, kills, story, tiny_night
from warehouse import build, gate, ledger, seal, sources
from warehouse.release import current, manifest

_SCENE = kills.Scene("transform", scheduled=False)


class Watch:
    """`looks`: how often the file was written when somebody looked. `wrong`: what was seen."""

    def __init__(self, file: Path) -> None:
        self._file, self.looks = file, 0
        self.wrong: list[str] = []

    def opened(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Python is about to open something."""
        if event == "open" and str(arguments[0]) == str(self._file) and self._is_written():
            self.wrong.append("it was opened in the process that writes it")

    def anything_opened(self, event: str, _: object) -> None:
        """Note that the file is written while Python opens files."""
        self.looks += event == "open" and self._is_written()

    def look(self) -> None:
        """Try its lock from another process, if it is written now."""
        if self._is_written():
            self.looks += 1
            if not killing.finish(partial(_is_locked, self._file)):
                self.wrong.append("its lock was gone while it was written")

    def _is_written(self) -> bool:
        for handle in Path("/proc/self/fd").iterdir():
            with suppress(FileNotFoundError):  # the handle that lists the handles
                if handle.readlink() == self._file and _may_write(handle.name):
                    return True
        return False


def _may_write(handle: str) -> bool:
    return bool(fcntl.fcntl(int(handle), fcntl.F_GETFL) & (os.O_RDWR | os.O_WRONLY))


def _is_locked(file: Path) -> bool:
    with file.open("r+b") as handle:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


class _Connection:
    """DuckDB's, with a look after each statement."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, watch: Watch) -> None:
        self._connection, self._watch = connection, watch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, *arguments: Any) -> Any:
        answer = self._connection.execute(*arguments)
        self._watch.look()
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def begin(root: Path) -> None:
    """Begin a story, and come to the step that makes a candidate."""
    story.begin(root)
    _SCENE.set()


def looks_and_lies(is_hashed_early: bool) -> tuple[int, list[str]]:
    """How often a written candidate was looked at, and what was wrong.

    `is_hashed_early`: a defect is planted, a hash of the candidate before it is closed.
    """
    home = story.here().home
    story.copy(_SCENE.home, home)
    answer: tuple[int, list[str]] = killing.finish(partial(_watched, home, is_hashed_early))
    return answer


def dbt(home: Path) -> tuple[int, list[str]]:
    """As `looks_and_lies`, of a build by dbt itself from the pins that readers see."""
    run, seen = ledger.begin(home, scheduled=False), current(home)
    pins = manifest(home, seen).pins if seen else {}
    build.start(home, build.Plan(run, list(FEEDS), pins, "code", "models", seen, None, True, False))
    looks = 0
    wrong: list[str] = []
    for work in (build.transform, gate.judge_candidate, seal.close):
        answer: tuple[int, list[str]] = killing.finish(partial(_watched_step, home, run, work))
        looks, wrong = looks + answer[0], wrong + answer[1]
    return looks, wrong


def _watched_step(
    home: Path, run: str, work: Callable[[Settings, str], object]
) -> tuple[int, list[str]]:
    watch = Watch(build.candidate(home, run))
    sys.addaudithook(watch.opened)
    sys.addaudithook(watch.anything_opened)
    work(Settings(home=home), run)
    return watch.looks, watch.wrong


def _watched(home: Path, is_hashed_early: bool) -> tuple[int, list[str]]:
    tiny_night.settle(home)
    run = ledger.runs(home)[-1]
    os.environ[step.RUN] = run
    watch, connect = Watch(build.candidate(home, run)), duckdb.connect
    insert = sources.insert

    def hashed(connection: Any, name: str, *rest: Any) -> None:
        insert(connection, name, *rest)
        lake.sha256(build.candidate(home, run))

    setattr(duckdb, "connect", lambda *a, **named: _Connection(connect(*a, **named), watch))  # noqa: B010
    if is_hashed_early:
        setattr(sources, "insert", hashed)  # noqa: B010
    sys.addaudithook(watch.opened)
    tiny_night.do(run, ("transform", "gate", "seal", "publish"))
    return watch.looks, watch.wrong
