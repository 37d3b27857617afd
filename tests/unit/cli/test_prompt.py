"""The prompt on a terminal of its own, as a person uses it."""

import os
import pty
import re
import select
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import psutil
import pytest

from cli import prompt
from tests import small_release

PROJECT = Path(__file__).resolve().parents[3]
SECONDS = 40


@dataclass(slots=True)
class Terminal:
    """A terminal with the command in it."""

    pid: int
    screen: int
    text: str = field(default="")

    def type(self, keys: str) -> None:
        self.text = ""
        os.write(self.screen, keys.encode())

    def wait_for(self, words: str) -> str:
        """Read until the words appear; all that appeared since the last keys."""
        end = monotonic() + SECONDS
        while words not in self.plain():
            assert monotonic() < end, f"{words!r} did not appear in {self.plain()!r}"
            if select.select([self.screen], [], [], 0.1)[0]:
                try:
                    self.text += os.read(self.screen, 65536).decode(errors="replace")
                except OSError:  # what Linux says of a terminal whose program is gone
                    break
        assert words in self.plain()
        return self.plain()

    def leave(self) -> int:
        """Press Ctrl-D until it is heard: between two prompts nobody listens. Its exit code."""
        end = monotonic() + SECONDS
        while monotonic() < end:
            with suppress(OSError):
                os.write(self.screen, b"\x04")
                # Who does not read holds up who writes.
                while select.select([self.screen], [], [], 0.5)[0] and os.read(self.screen, 65536):
                    continue
            pid, code = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(code)
        raise AssertionError("it goes on")

    def plain(self) -> str:
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.text)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.pid).children(recursive=True)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    small_release.publish(tmp_path / "home")
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ
    }
    variables = kept | {
        "ARTHOUSE_HOME": str(tmp_path / "home"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "PYTHONPATH": str(PROJECT),
        "PROMPT_TOOLKIT_NO_CPR": "1",
        "TERM": "xterm",
        "PAGER": "cat",
        "COLUMNS": "100",
        "LINES": "30",
    }
    pid, screen = pty.fork()
    if pid == 0:
        # What runs in the background of a shell ignores it, and so do its children.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        command = [sys.executable, "-m", "cli.main", "sql"]
        os.execve(sys.executable, command, variables)  # noqa: S606 # our own command
    started = Terminal(pid, screen)
    started.wait_for("arthouse>")
    yield started
    if psutil.pid_exists(pid):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    os.close(screen)


def test_a_person_asks_completes_errs_stops_and_leaves(terminal: Terminal, tmp_path: Path) -> None:
    terminal.type("select prim")
    terminal.wait_for("primary_title")
    terminal.type("\t from dim_titles\r")
    terminal.wait_for("...>")
    terminal.type("where title_id = 1;\r")
    terminal.wait_for("Tide of Glass")

    terminal.type("select nosuch from dim_titles;\r")
    assert "^^^^^^" in terminal.wait_for("there is no column nosuch")

    terminal.type("select count(*) from range(100000000000) where range % 3 = 1;\r")
    terminal.wait_for("Ctrl-C stops it")
    terminal.type("\x03")
    terminal.wait_for("Stopped.")
    assert terminal.children() == []

    terminal.type("select * from range(250);\r")
    terminal.wait_for("200 of 250 rows")

    terminal.type(f".save {tmp_path}/all.csv\r")
    terminal.wait_for("is written")
    assert len((tmp_path / "all.csv").read_text("utf-8").splitlines()) == 251

    terminal.type(".describe dim_titles\r")
    terminal.wait_for("Year of the first showing.")
    terminal.type(".tables genres\r")
    terminal.wait_for("bridge_titles_genres")
    terminal.type(".tabels\r")
    terminal.wait_for("did you mean .tables?")
    terminal.type(".seconds 30\r")
    terminal.wait_for("stopped after 30 seconds")
    terminal.wait_for("arthouse>\r")
    terminal.type("select 'half")
    terminal.wait_for("half")
    terminal.type("\x03")
    terminal.wait_for("arthouse>")
    terminal.type("select 1;\r")
    terminal.wait_for("1 row")
    assert terminal.leave() == 0

    file = tmp_path / "state/arthouse/sql_history"
    assert "+select * from range(250);" in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert not [path for path in (tmp_path / "home").rglob("*") if "history" in path.name]


def test_stored_text_commands_no_terminal(terminal: Terminal) -> None:
    terminal.type("select primary_title from dim_titles order by title_id;\r")
    terminal.wait_for("4 rows")
    assert "\x1b]0;" not in terminal.text
    assert "␛]0;owned␇␛[31mRed" in terminal.text
    assert "[bold]Not bold[/bold]" in terminal.text


@pytest.mark.parametrize(
    ("text", "whole"),
    [("select 1;", True), ("select 1; \n", True), (".help", True), ("", True), ("select 1", False)],
)
def test_enter_ends_what_is_whole(text: str, whole: bool) -> None:
    assert prompt.is_whole(text) is whole


def test_without_a_folder_of_ones_own_history_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert list(prompt.history().load_history_strings()) == []


def test_an_older_history_that_others_could_read_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "arthouse").mkdir()
    file = tmp_path / "arthouse/sql_history"
    file.touch(0o644)
    prompt.history()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
