"""What a process gives up before it runs a person's SQL; none of it can be taken back."""

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38


def confine(parent: int, memory_bytes: int, cpu_seconds: int) -> None:
    """Die with the parent, take no more than this, and write to no file."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        # It may have died before we asked to die with it.
        if os.getppid() != parent:
            os._exit(1)
        # macOS knows this limit and does not let it be set.
        _limit(resource.RLIMIT_AS, memory_bytes)
    # Told first (SIGXCPU), killed a second later.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)
    _limit(resource.RLIMIT_CORE, 0)


def start_nothing_more() -> None:
    """No further thread or process; root is not held by it."""
    _limit(resource.RLIMIT_NPROC, 0)


def _limit(which: int, amount: int) -> None:
    resource.setrlimit(which, (amount, amount))
