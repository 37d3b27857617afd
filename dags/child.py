"""A function in a process of its own, that never outlives the task that called it.

A crash, a memory limit or a lock of DuckDB, dbt or Great Expectations stays in the child. The
parent keeps the child's standard input open and never writes to it again: when the parent dies,
however it dies, the child reads the end of file and kills itself, so that no orphan goes on
writing beside the next run.
"""

import ctypes
import os
import pickle
import pkgutil
import signal
import subprocess
import sys
import threading
import traceback
from typing import Any

from dags import outcome
from ingest import settings
from warehouse import lock

_PR_SET_PDEATHSIG = 1


class ChildError(Exception):
    """The child ended without an answer, or with an error that could not be sent."""


def call(function: str, *arguments: Any) -> Any:  # noqa: ANN401
    """The answer of `module:function(settings, *arguments)`; its exception is raised here.

    Raises:
        ChildError: the child was killed, by the system's memory limit for example.
    """
    answers, answer = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "dags.child", function, str(answer)],
        stdin=subprocess.PIPE,
        pass_fds=(answer,),
    )
    os.close(answer)
    try:
        if process.stdin is None:
            raise ChildError(f"{function}: no pipe to its process")
        pickle.dump((settings.current(), arguments), process.stdin)
        process.stdin.flush()
        with os.fdopen(answers, "rb") as handle:
            payload = handle.read()
        code = process.wait()
    finally:
        process.kill()
        process.wait()
    if not payload:
        cause = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with code {code}"
        raise ChildError(f"{function} ended {cause}, without an answer")
    is_error, value = pickle.loads(payload)  # noqa: S301 # written by our own child
    if is_error:
        raise value
    return value


def _die_with_parent() -> None:
    if sys.platform == "linux":
        # The kernel kills a stopped process, too, which would hold its lock and read nothing.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    threading.Thread(target=_read_until_killed, daemon=True).start()


def _read_until_killed() -> None:
    # Not the buffered reader: its lock, held here for ever, breaks the interpreter's own ending.
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGKILL)


def _answer(function: str, arguments: tuple[Any, ...]) -> bytes:
    try:
        return pickle.dumps((False, pkgutil.resolve_name(function)(*arguments)))
    except Exception as error:  # noqa: BLE001 # raised again in the parent, whatever it is
        return _pickled(function, error)


def _pickled(function: str, error: Exception) -> bytes:
    told = "".join(traceback.format_exception(error))
    try:
        payload = pickle.dumps((True, error))
        pickle.loads(payload)  # noqa: S301 # some exceptions are written but cannot be read back
    except (pickle.PickleError, TypeError, AttributeError):
        return pickle.dumps((True, ChildError(f"{function}: {told}")))
    if outcome.of(error) == "broken":
        print(told, file=sys.stderr)  # noqa: T201 # the task's log: the parent has no traceback
    return payload


def main() -> None:
    """Run `module:function`, its arguments on standard input, its answer to a descriptor."""
    function, descriptor = sys.argv[1], int(sys.argv[2])
    settings_here, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 # from our own parent
    _die_with_parent()
    with lock.worker(settings_here.home):
        payload = _answer(function, (settings_here, *arguments))
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(payload)


if __name__ == "__main__":
    main()
