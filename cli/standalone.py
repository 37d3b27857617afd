"""`airflow standalone` that listens on loopback only and leaves no process behind.

Airflow's own command starts log servers on all interfaces, goes on when a component dies, and on
SIGTERM ends without its components. Import it only with Airflow's environment set.
"""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import psutil
from airflow.cli.commands import standalone_command

from cli import healthy

_STOP_SECONDS = 20.0  # an idle scheduler takes 13; a busy one waits for its tasks
_TAIL_LINES = 15
# The API server reads the log files itself: all components are on one machine.
_WITH_LOG_SERVER = ("scheduler", "triggerer")


class _Component(standalone_command.SubCommand):
    """One of the four processes, in a session of its own, its output in a file."""

    parent: "_Standalone"
    process: subprocess.Popen[bytes] | None

    def start(self) -> None:
        options = ["--skip-serve-logs"] if self.name in _WITH_LOG_SERVER else []
        with self.parent.log_path(self.name).open("wb") as log:
            self.process = subprocess.Popen(
                ["airflow", *self.command, *options],  # noqa: S607 # our own PATH comes first
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=self.env,
                start_new_session=True,  # a terminal's Ctrl-C is ours to pass on
            )
        super().start()

    def run(self) -> None:
        if self.process and self.process.wait() is not None and not self.parent.stopping.is_set():
            self.parent.lose(self.name)

    def stop(self) -> None:
        self.parent.stopping.set()
        super().stop()  # type: ignore[no-untyped-call] # Airflow's

    def join(self, timeout: float | None = None) -> None:
        super().join(_STOP_SECONDS if timeout is None else timeout)


class _Standalone(standalone_command.StandaloneCommand):
    subcommands: dict[str, _Component]

    def __init__(self, folder: Path, url: str, greeting: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # Airflow's
        self.folder = folder
        self.url = url
        self.greeting = greeting
        self.stopping = threading.Event()
        self.lost: str | None = None

    def calculate_env(self) -> dict[str, str]:
        # Ours stays quiet; theirs is what a person reads in a task's log.
        inherited = super().calculate_env()  # type: ignore[no-untyped-call] # Airflow's
        return {**inherited, "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO"}

    def log_path(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def is_ready(self) -> bool:
        states = healthy.states(self.url)
        return bool(states) and set(states.values()) == {"healthy"}

    def print_ready(self) -> None:
        self.print_output("standalone", self.greeting)

    def lose(self, name: str) -> None:
        self.lost = self.lost or name
        os.kill(os.getpid(), signal.SIGTERM)

    def kill_all(self) -> None:
        """End whatever is left of the components' sessions, and wait until it is gone."""
        sessions = {one.process.pid for one in self.subcommands.values() if one.process}
        left = [one for one in psutil.process_iter() if _session(one) in sessions]
        for one in left:
            one.kill()
        psutil.wait_procs(left, timeout=_STOP_SECONDS)


def serve(folder: Path, url: str, user: str, password: str) -> int:
    """Run the components until a signal; 0 when a person ended it, 4 when one was lost."""
    greeting = (
        f"Airflow is ready: {url}\nUser {user}, password {password}\n"
        f"Logs: {folder}/*.log. Ctrl-C stops everything."
    )
    # Airflow's command makes its components from this name.
    standalone_command.SubCommand = _Component  # type: ignore[misc]
    command = _Standalone(folder, url, greeting)
    with _interrupted_by(signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        try:
            command.run()
        except KeyboardInterrupt:
            command.print_output("standalone", "Interrupted: killing what still runs")
        finally:
            command.stopping.set()
            command.kill_all()
    if command.lost is None:
        return 0
    log = command.log_path(command.lost)
    tail = log.read_text("utf-8", errors="replace").splitlines()[-_TAIL_LINES:]
    command.print_output("standalone", f"The {command.lost} ended by itself; see {log}:")
    command.print_output(command.lost, "\n".join(tail))
    return 4


def _session(process: psutil.Process) -> int | None:
    try:
        return os.getsid(process.pid)
    except ProcessLookupError:
        return None


@contextmanager
def _interrupted_by(*numbers: signal.Signals) -> Iterator[None]:
    """Turn signals into what Airflow's command obeys, Ctrl-C too: a shell may have it ignored."""
    before = {number: signal.signal(number, _interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
