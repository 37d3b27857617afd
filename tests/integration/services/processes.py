"""Processes of a test: what belongs to them, where they listen, and their end."""

import os
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

import psutil


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def of_sessions(sessions: Iterable[int]) -> list[psutil.Process]:
    """Every living process of some sessions, orphans too."""
    wanted = set(sessions)
    return [one for one in psutil.process_iter() if _session(one) in wanted and lives(one)]


def _session(process: psutil.Process) -> int | None:
    try:
        return os.getsid(process.pid)
    except ProcessLookupError:
        return None


def lives(process: psutil.Process) -> bool:
    """Whether it runs; a zombie only waits for its parent to look."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def listening(processes: Iterable[psutil.Process]) -> set[tuple[str, int]]:
    """The addresses and ports on which they listen; one that has ended meanwhile does not."""
    found = set()
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            found |= {
                (one.laddr.ip, one.laddr.port)
                for one in process.net_connections("inet")
                if one.status == psutil.CONN_LISTEN
            }
    return found


def kill(processes: Iterable[psutil.Process]) -> None:
    """End them at once."""
    doomed = list(processes)
    for one in doomed:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(doomed, timeout=10)


def wait_for(what: str, seconds: float, met: Callable[[], bool]) -> None:
    """Wait until a condition holds; a failure names it."""
    deadline = time.monotonic() + seconds
    while not met():
        if time.monotonic() > deadline:
            raise AssertionError(f"after {seconds:.0f} s still not: {what}")
        time.sleep(0.5)
