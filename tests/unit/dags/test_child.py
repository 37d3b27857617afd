"""A function in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dags import child
from ingest import settings
from ingest.errors import SourceDamagedError
from ingest.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "current", lambda: Settings(home=tmp_path))
    return tmp_path


def answer(here: Settings, text: str) -> dict[str, str]:
    return {"home": str(here.home), "text": text, "process": str(os.getpid())}


def refuse(_: Settings) -> None:
    raise SourceDamagedError("here", "cut short", "fetch again")


def crash(_: Settings) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep(here: Settings) -> None:
    (here.home / "child").write_text(str(os.getpid()), "utf-8")
    time.sleep(60)


def noted(file: Path) -> int:
    """The process that the child wrote down."""
    deadline = time.monotonic() + 30
    while not (file.exists() and file.read_text("utf-8")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return int(file.read_text("utf-8"))


def gone(process: int) -> None:
    """Wait until there is no such process."""
    deadline = time.monotonic() + 10
    while Path(f"/proc/{process}").exists():
        assert time.monotonic() < deadline, "the child outlived its parent"
        time.sleep(0.02)


def test_the_answer_comes_from_another_process(home: Path) -> None:
    found = child.call(f"{__name__}:answer", "hello")
    assert found["text"] == "hello"
    assert found["home"] == str(home)
    assert found["process"] != str(os.getpid())


def test_an_error_keeps_its_kind_and_its_facts() -> None:
    with pytest.raises(SourceDamagedError) as caught:
        child.call(f"{__name__}:refuse")
    assert caught.value.advice == "fetch again"


def test_a_killed_child_is_a_broken_step_not_an_answer() -> None:
    with pytest.raises(child.ChildError, match="SIGKILL"):
        child.call(f"{__name__}:crash")


def test_a_child_dies_with_its_parent(home: Path) -> None:
    script = f"from dags import child; child.call('{__name__}:sleep')"
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "ARTHOUSE_HOME": str(home), "PYTHONPATH": str(Path.cwd())},
    )
    process = noted(home / "child")
    parent.kill()
    parent.wait()
    gone(process)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux kills a stopped child")
def test_a_stopped_child_dies_with_its_parent(home: Path) -> None:
    script = f"from dags import child; child.call('{__name__}:sleep')"
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "ARTHOUSE_HOME": str(home), "PYTHONPATH": str(Path.cwd())},
    )
    process = noted(home / "child")
    os.kill(process, signal.SIGSTOP)
    parent.kill()
    parent.wait()
    gone(process)
