"""A command is measured with all its processes: time, memory and disk."""

import os
import sys
from pathlib import Path

import pytest

from benchmarks import measure

MIB = 1 << 20
# Each child holds its memory while it burns processor time, long enough for many samples.
HOLD = """
import os, time
def hold(mib, seconds):
    memory = bytearray(os.urandom(1 << 20)) * mib
    while time.process_time() < seconds:
        sum(range(1000))
    return memory
"""


def run(code: str, folder: Path) -> measure.Usage:
    return measure.run(
        [sys.executable, "-c", HOLD + code],
        folder=folder,
        environment=os.environ,
        log=folder / "child.log",
    )


def test_a_child_that_holds_200_mib_and_burns_a_second_is_measured_so(tmp_path: Path) -> None:
    usage = run("hold(200, 1.0)", tmp_path)
    assert usage.cpu_seconds >= 1.0
    # The kernel counts processor time in ticks, which may end a tick after the wall's clock.
    assert usage.wall_seconds >= 0.95
    assert 200 * MIB <= usage.peak_bytes < 300 * MIB


def test_processor_time_and_memory_of_grandchildren_count(tmp_path: Path) -> None:
    code = "if os.fork() == 0: hold(100, 1.0); os._exit(0)\nhold(100, 1.0); os.wait()"
    usage = run(code, tmp_path)
    assert usage.cpu_seconds >= 1.9
    assert usage.peak_bytes >= 200 * MIB


def test_a_grandchild_whose_parent_ended_still_counts(tmp_path: Path) -> None:
    code = """
still_open, kept_open = os.pipe()
if os.fork() == 0:
    if os.fork() == 0:
        parent = os.getppid()
        while os.getppid() == parent:
            time.sleep(0.05)
        hold(200, 1.0)
        os._exit(0)
    time.sleep(1.0)
    os._exit(0)
os.close(kept_open)
os.read(still_open, 1)
"""
    assert run(code, tmp_path).peak_bytes >= 200 * MIB


def test_pages_that_processes_share_count_once(tmp_path: Path) -> None:
    code = "memory = hold(200, 0)\nif os.fork() == 0: hold(0, 1.0); os._exit(0)\nos.wait()"
    assert 200 * MIB <= run(code, tmp_path).peak_bytes < 300 * MIB


def test_a_command_runs_in_its_folder_with_its_environment_alone(tmp_path: Path) -> None:
    measure.run(
        [sys.executable, "-c", "import os; print(os.getcwd(), os.environ.get('GREETING'))"],
        folder=tmp_path,
        environment={"GREETING": "hello"},
        log=tmp_path / "logs" / "child.log",
    )
    said = (tmp_path / "logs" / "child.log").read_text("utf-8")
    assert said == f"{tmp_path} hello\n"


def test_a_command_that_fails_says_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(measure.CommandFailedError, match=r"ended with 3 [^\n]*\n.*the last words"):
        run("print('the last words'); raise SystemExit(3)", tmp_path)


def test_a_file_of_two_names_takes_its_disk_once(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "file"
    file.parent.mkdir()
    file.write_bytes(os.urandom(MIB))
    alone = measure.disk_bytes(tmp_path)
    (tmp_path / "second name").hardlink_to(file)
    assert alone >= MIB
    assert measure.disk_bytes(tmp_path) == alone
    (tmp_path / "copy").write_bytes(os.urandom(MIB))
    assert measure.disk_bytes(tmp_path) >= alone + MIB
