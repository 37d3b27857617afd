"""`make up`: Airflow on loopback, and nothing left of it after a signal."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from cli import services
from sample import imdb
from tests.integration.services import processes
from tests.integration.services.airflow_api import log_in

pytestmark = pytest.mark.slow

COMMAND = (
    "import sys; from pathlib import Path; from cli import services; "
    "sys.exit(services.up(Path(sys.argv[1]), int(sys.argv[2])))"
)


@pytest.fixture
def port() -> int:
    return processes.free_port()


@pytest.fixture
def up(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    with (tmp_path / "up.log").open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(tmp_path / "home"), str(port)],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    everything: list[psutil.Process] = []
    try:
        processes.wait_for(
            "Airflow is ready", 120, lambda: "is ready" in (tmp_path / "up.log").read_text()
        )
        everything = _family(running)
        yield running
    finally:
        processes.kill(one for one in {*everything, *_family(running)} if one.is_running())
        running.wait(timeout=10)


def test_it_serves_on_loopback_and_stops_in_the_middle_of_a_task(
    up: subprocess.Popen[bytes], tmp_path: Path, port: int
) -> None:
    assert processes.listening(_family(up)) == {("127.0.0.1", port)}
    assert httpx.get(f"http://127.0.0.1:{port}/api/v2/dags", timeout=30).status_code == 401
    folder = tmp_path / "home" / "airflow-standalone"
    assert (folder / "passwords.json").stat().st_mode & 0o777 == 0o600
    assert services.password(folder) in (tmp_path / "up.log").read_text()

    imdb.generate(tmp_path / "dumps", scale=0.005)
    api = log_in(f"http://127.0.0.1:{port}", services.USER, services.password(folder))
    processes.wait_for("the DAG is known", 60, lambda: "ingest_imdb" in api.dags())
    api.trigger("ingest_imdb", {"location": str(tmp_path / "dumps")})
    processes.wait_for("a step works in its process", 60, lambda: bool(_steps(up)))

    family = _family(up)
    up.send_signal(signal.SIGTERM)
    assert up.wait(timeout=60) == 0
    # A step notices by itself that its task is gone.
    _, alive = psutil.wait_procs(family, timeout=5)
    assert [one.cmdline() for one in alive if processes.lives(one)] == []


def test_it_stops_and_says_so_when_a_component_dies(
    up: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    family = _family(up)
    [triggerer, *_] = [one for one in family if "triggerer" in _command(one)]
    triggerer.kill()
    assert up.wait(timeout=60) == 4
    assert "The triggerer ended by itself" in (tmp_path / "up.log").read_text()
    _, alive = psutil.wait_procs(family, timeout=5)
    assert [one.cmdline() for one in alive if processes.lives(one)] == []


def test_a_taken_port_is_told_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(services.PortTakenError, match="--port"):
            services.up(tmp_path, other.getsockname()[1])
    assert list(tmp_path.iterdir()) == []


def _family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    if not psutil.pid_exists(process.pid):
        return []
    parent = psutil.Process(process.pid)
    return [parent, *parent.children(recursive=True)]


def _steps(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return [one for one in _family(process) if "dags.child" in _command(one)]


def _command(process: psutil.Process) -> list[str]:
    """Its words; none of one that has ended meanwhile."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []
