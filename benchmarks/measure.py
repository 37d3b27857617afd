"""Measure: one command from start to end, with every process it starts.

Linux only: proportional memory comes from `/proc`.
"""

import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

INTERVAL_SECONDS = 0.1
# Reading the memory of 3 GiB takes the kernel 30 ms: then wait longer, and stay under 5 % of a core
_PAUSE_PER_LOOK = 20
_SHOWN_LINES = 15


class CommandFailedError(Exception):
    """The command did not end with code 0; the message has the end of its log."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took.

    `wall_seconds` and `cpu_seconds` (user and system) are the kernel's; a process that its parent
    never waited for is not in them. `peak_bytes` is the highest sum of proportional set sizes over
    all its processes, of samples 0.1 s apart or more: shared pages count once.
    """

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int


def run(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: Path
) -> Usage:
    """Run a command in `folder` and measure it; everything it says goes to `log`.

    Measure one command at a time: the processor time of all children of this process counts.

    Raises:
        CommandFailedError: it ended with another code than 0.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        before, started = _children_seconds(), time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        sampler = _Sampler(process.pid)
        sampler.start()
        try:
            code = process.wait()
            ended = time.perf_counter()
        finally:
            process.kill()
            process.wait()
            sampler.stop()
    if code:
        said = log.read_text("utf-8", "replace").splitlines()[-_SHOWN_LINES:]
        raise CommandFailedError("\n".join([f"{command[0]} ended with {code} ({log}):", *said]))
    return Usage(ended - started, _children_seconds() - before, sampler.peak_bytes)


def _children_seconds() -> float:
    """Processor time of every process this one has waited for, and of those they waited for."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


class _Sampler(threading.Thread):
    """Looks at the memory of a process and its descendants until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self._root = psutil.Process(pid)
        self._known = {self._root}
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()
        self.join()

    def run(self) -> None:
        pause = 0.0
        while not self._stopped.wait(pause):
            started = time.perf_counter()
            self._look()
            pause = max(INTERVAL_SECONDS, _PAUSE_PER_LOOK * (time.perf_counter() - started))

    def _look(self) -> None:
        # A descendant whose parent ended belongs to init now, and still to the command.
        for one in list(self._known):
            if one.is_running():
                self._known.update(_descendants(one))
            else:
                self._known.discard(one)
        # Proportional size never exceeds resident size, which costs next to nothing to read.
        if sum(_resident_bytes(one) for one in self._known) > self.peak_bytes:
            total = sum(_proportional_bytes(one) for one in self._known)
            self.peak_bytes = max(self.peak_bytes, total)


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _resident_bytes(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def _proportional_bytes(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0


def disk_bytes(folder: Path) -> int:
    """Blocks that a folder's files occupy, in bytes; a file of two names counts once."""
    files = (path.lstat() for path in folder.rglob("*"))
    return sum({one.st_ino: one.st_blocks * 512 for one in files}.values())
