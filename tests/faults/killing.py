"""Processes that are killed: forked from one that has everything imported and no database open.

pytest's own process has threads of DuckDB's, with which a fork may hang: so the trials are made
from a process of their own, the ground.
"""

import ctypes
import multiprocessing
import os
import pickle
import pkgutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_PR_SET_PDEATHSIG = 1
# What changes a disk, as Python announces it before it does it.
_CHANGES = frozenset(
    f"os.{name}" for name in ("chmod", "link", "mkdir", "remove", "rename", "rmdir", "symlink")
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Ground:
    """A process that does what it is asked for, one thing after the other."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,))
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._line.close()
        self._process.join()

    def ask(self, function: str, *arguments: Any) -> Any:
        """The answer of `module:function(*arguments)`, called on the ground."""
        self._line.send((function, arguments))
        return _unpacked(self._line.recv_bytes())


def _serve(line: Connection) -> None:
    while True:
        try:
            function, arguments = line.recv()
        except EOFError:
            return
        line.send_bytes(_packed(partial(pkgutil.resolve_name(function), *arguments)))


def fork(work: Callable[[], object]) -> int:
    """A process that does the work, and dies with this one; its number."""
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() == parent:
            work()
    except BaseException:  # noqa: BLE001 # it must not go on as a second ground
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(0)


def finish(work: Callable[[], Any]) -> Any:
    """The answer of work done in a process of its own.

    Raises:
        EOFError: the process was killed.
    """
    answers, answer = os.pipe()

    def tell() -> None:
        with os.fdopen(answer, "wb") as handle:
            handle.write(_packed(work))

    child = fork(tell)
    os.close(answer)
    with os.fdopen(answers, "rb") as handle:
        payload = handle.read()
    os.waitpid(child, 0)
    return _unpacked(payload)


def kill_after(work: Callable[[], object], seconds: float) -> bool:
    """Kill the process that does the work so late; whether it was still at it."""
    child = fork(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def kill_at(work: Callable[[], object], home: Path, number: int) -> bool:
    """Kill the process that does the work at its nth change below a folder, from 0.

    Whether it got that far. A file that is opened to be written counts twice: the process is
    killed before, and with nothing written yet.
    """
    counted = _Counted(home, number)

    def watched() -> None:
        sys.addaudithook(counted)
        work()

    child = fork(watched)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def changes(work: Callable[[], object], home: Path) -> int:
    """How many changes the work makes below a folder, as `kill_at` counts them."""

    def watched() -> int:
        counted = _Counted(home, sys.maxsize)
        sys.addaudithook(counted)
        work()
        return sys.maxsize - counted.left

    return int(finish(watched))


class _Counted:
    """A hook that counts changes down, and kills its process at the last."""

    def __init__(self, home: Path, number: int) -> None:
        self._home, self.left = f"{home}/", number

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        is_opened = event == "open" and bool((arguments[2] or 0) & _WRITING)
        if not (is_opened or event in _CHANGES) or not _path(event, arguments).startswith(
            self._home
        ):
            return
        if self.left == 1 and is_opened:
            path, _, flags = arguments
            os.close(os.open(path, flags & ~os.O_EXCL, 0o644))
        if self.left <= is_opened:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1 + is_opened


def _path(event: str, arguments: tuple[Any, ...]) -> str:
    """What is changed; `shutil.rmtree` names it below a folder that it has open."""
    name = arguments[event in ("os.link", "os.symlink")]
    path = os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else ""
    is_relative = event in ("os.remove", "os.rmdir") and arguments[1] >= 0
    return f"{Path(f'/proc/self/fd/{arguments[1]}').readlink()}/{path}" if is_relative else path


def _packed(work: Callable[[], Any]) -> bytes:
    try:
        return pickle.dumps((False, work()))
    except Exception as error:  # noqa: BLE001 # raised again where it was asked for
        error.add_note(traceback.format_exc())
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 # our own
        except (pickle.PickleError, TypeError, AttributeError):
            error = RuntimeError("".join(traceback.format_exception(error)))
        return pickle.dumps((True, error))


def _unpacked(payload: bytes) -> Any:
    if not payload:
        raise EOFError("a process was killed before it answered")
    is_error, value = pickle.loads(payload)  # noqa: S301 # from our own process
    if is_error:
        raise value
    return value
