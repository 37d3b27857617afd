"""One run at a time, and no worker of a dead run beside it."""

import subprocess
import sys
from pathlib import Path

import pytest

from warehouse import lock

HOLDER = """
import sys, time
from pathlib import Path
from warehouse import lock
with getattr(lock, sys.argv[1])(Path(sys.argv[2])):
    print("held", flush=True)
    time.sleep(60)
"""


def hold(kind: str, home: Path) -> subprocess.Popen[str]:
    """Another process that holds a lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, kind, str(home)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_is_refused_and_told_who_holds_the_lock(tmp_path: Path) -> None:
    holder = hold("run", tmp_path)
    try:
        with pytest.raises(lock.LockedError, match=str(holder.pid)), lock.run(tmp_path):
            pass
    finally:
        holder.kill()
        holder.communicate()


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    holder = hold("run", tmp_path)
    holder.kill()
    holder.communicate()
    with lock.run(tmp_path):
        pass


def test_a_run_waits_for_the_last_worker_of_a_dead_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_WORKERS_SECONDS", 0.2)
    worker = hold("worker", tmp_path)
    with pytest.raises(lock.LockedError, match="workers"), lock.run(tmp_path):
        pass
    worker.kill()
    worker.communicate()
    with lock.run(tmp_path):
        pass


def test_workers_share(tmp_path: Path) -> None:
    with lock.run(tmp_path), lock.worker(tmp_path), lock.worker(tmp_path):
        pass
