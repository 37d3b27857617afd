"""`arthouse up` on a home and a port of its own, until the test is over."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.integration.services import processes

COMMAND = (
    "import sys; from pathlib import Path; from cli import services; "
    "sys.exit(services.up(Path(sys.argv[1]), int(sys.argv[2])))"
)


@dataclass(frozen=True, slots=True)
class Up:
    """Airflow as the command started it."""

    process: subprocess.Popen[bytes]
    root: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def folder(self) -> Path:
        return self.root / "home" / "airflow-standalone"

    def log(self) -> str:
        return (self.root / "up.log").read_text("utf-8")

    def family(self) -> list[psutil.Process]:
        """The command and all that it started."""
        if not psutil.pid_exists(self.process.pid):
            return []
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def steps(self) -> list[psutil.Process]:
        """The processes in which a step works."""
        return [one for one in self.family() if "dags.child" in words(one)]


@contextmanager
def up(root: Path) -> Iterator[Up]:
    """Start it, and wait until it is ready; nothing is left of it afterwards."""
    port = processes.free_port()
    with (root / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(root / "home"), str(port)],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    started = Up(process, root, port)
    everything: list[psutil.Process] = []
    try:
        processes.wait_for("Airflow is ready", 120, lambda: "is ready" in started.log())
        everything = started.family()
        yield started
    finally:
        known = {*everything, *started.family()}
        processes.kill(one for one in known if one.is_running())
        process.wait(timeout=10)


def words(process: psutil.Process) -> list[str]:
    """Those of its command; none of one that has ended meanwhile."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def left_of(family: Sequence[psutil.Process]) -> list[list[str]]:
    """What of it has not ended a little later: a step notices by itself that its task is gone."""
    _, alive = psutil.wait_procs(family, timeout=5)
    return [words(one) for one in alive if processes.lives(one)]
