"""A run that is told to end, ends; tests/faults has those that are killed."""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.arthouse import Arthouse

pytestmark = pytest.mark.slow

Nights = Callable[[int], Path]


def wait_for(house: Arthouse, task: str, process: subprocess.Popen[str]) -> None:
    """Until the newest run has that receipt."""
    newest = max((house.home / "ledger").iterdir())
    deadline = time.monotonic() + 200
    while not any(newest.glob(f"*-{task}.json")) or len(list(newest.parent.iterdir())) < 2:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
        newest = max((house.home / "ledger").iterdir())


def test_sigterm_ends_a_run_at_once_and_leaves_no_process(
    first_night: Arthouse, nights: Nights, tmp_path: Path
) -> None:
    shutil.copytree(first_night.home, tmp_path / "data", symlinks=True)
    house = Arthouse(tmp_path / "data")
    process = house.start("run", "--only", "imdb", "--feed", f"imdb={nights(1)}")
    wait_for(house, "plan", process)
    time.sleep(0.5)
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=15)
    assert process.returncode not in (0, None)
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []
