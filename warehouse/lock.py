"""Who may write: one run at a time, and no worker of a dead run beside it.

`run.lock` is held for the whole of `arthouse run` (and for each task under a scheduler, where
`release.publish` compares and sets besides). `workers.lock` is shared by every child process that
writes: after a `kill -9` of the run its children notice within moments, and the next run waits
for the last of them. `link.lock` is held for the moments in which the link that readers follow is
compared and moved, or old releases are deleted: a person's rollback need not wait for a night.
The kernel drops every lock with its holder, so none can be left behind.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WORKERS_SECONDS = 30.0
_LINK_SECONDS = 10.0
_POLL_SECONDS = 0.05


class LockedError(Exception):
    """Another process holds the lock."""


@contextmanager
def run(home: Path, wait_seconds: float = 0.0) -> Iterator[None]:
    """Be the only run on this home.

    Raises:
        LockedError: another run, or a worker of one, does not end within `wait_seconds`.
    """
    home.mkdir(parents=True, exist_ok=True)
    with _locked(home / "run.lock", fcntl.LOCK_EX, wait_seconds) as handle:
        _sign(handle)
        with _locked(home / "workers.lock", fcntl.LOCK_EX, max(wait_seconds, _WORKERS_SECONDS)):
            pass
        yield


@contextmanager
def worker(home: Path) -> Iterator[None]:
    """Be one of the processes that write for the current run."""
    home.mkdir(parents=True, exist_ok=True)
    with _locked(home / "workers.lock", fcntl.LOCK_SH, _WORKERS_SECONDS):
        yield


@contextmanager
def link(home: Path) -> Iterator[None]:
    """Be the only one who moves the link, or deletes what it may point to.

    Raises:
        LockedError: another process has been at it for longer than any of this takes.
    """
    with _locked(home / "link.lock", fcntl.LOCK_EX, _LINK_SECONDS) as handle:
        _sign(handle)
        yield


@contextmanager
def _locked(path: Path, kind: int, wait_seconds: float) -> Iterator[int]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(handle, kind | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise LockedError(_holder(path)) from error
                time.sleep(_POLL_SECONDS)
        yield handle
    finally:
        os.close(handle)


def _sign(handle: int) -> None:
    os.ftruncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())


def _holder(path: Path) -> str:
    holder = path.read_text("utf-8").strip()
    named = f"process {holder}" if holder else "another process"
    return f"{path} is held by {named}: wait for that run, or stop it"
