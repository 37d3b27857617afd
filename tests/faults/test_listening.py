"""What listens, and who gets in: everything is started as a person starts it."""

import signal
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from cli import services
from sample import imdb
from tests import small_release
from tests.browser.conftest import serving
from tests.faults.trials import Trials
from tests.integration.services import compose, processes, standing
from tests.integration.services.airflow_api import AirflowApi, log_in
from tests.integration.services.standing import Up
from tests.integration.services.test_compose_file import SECRETS

# What Airflow, its images and its tutorials have been known to let in.
DEFAULTS = (
    ("admin", "admin"), ("airflow", "airflow"), ("admin", ""), ("admin", "password"),
    ("", ""), ("admin", "airflow"), ("airflow", "admin"), ("root", "root"),
)  # fmt: skip
CLOSED = ("api/v2/dags", "api/v2/variables", "api/v2/connections", "api/v2/config")


def beyond_loopback(listening: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Where a neighbour on the network could knock."""
    return sorted(one for one in listening if one[0] not in ("127.0.0.1", "::1"))


def published_beyond(file: dict[str, Any]) -> list[str]:
    """Ports of the compose file that are not on the host's loopback alone."""
    ports = [port for one in file["services"].values() for port in one.get("ports", [])]
    assert ports
    return [str(port) for port in ports if not str(port).startswith("127.0.0.1:")]


def let_in(up: Up) -> list[str]:
    """How somebody gets in who was given no password."""
    found = [path for path in CLOSED if httpx.get(f"{up.url}/{path}").status_code != 401]
    for user, password in DEFAULTS:
        given = {"username": user, "password": password}
        answer = httpx.post(f"{up.url}/auth/token", json=given, timeout=30)
        if answer.status_code < 400:
            found.append(f"{user}:{password}")
    return found


def served_beyond(folder: Path) -> list[str]:
    """What of the dashboards a neighbour, or a page of another site, gets."""
    small_release.publish(folder / "data")
    with serving(folder / "data", folder / "log") as address:
        port = int(address.rpartition(":")[2])
        [server] = [
            one for one in psutil.Process().children() if "streamlit" in standing.words(one)
        ]
        heard = processes.listening([server, *server.children(recursive=True)])
        assert ("127.0.0.1", port) in heard
        found = [f"{host}:{port}" for host, port in beyond_loopback(heard)]
        assert shaken(port, "localhost") == 101
        # Another site whose name leads here, and a page of another site.
        strangers = {
            "another name": shaken(port, "files.example"),
            "another page": shaken(port, "localhost", origin="http://files.example"),
        }
        return found + [who for who, status in strangers.items() if status == 101]


def shaken(port: int, host: str, origin: str | None = None) -> int:
    """The status that a browser gets which opens the socket over which a page is sent."""
    lines = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}:{port}",
        f"Origin: {origin or f'http://{host}:{port}'}",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall("\r\n".join(lines).encode())
        return int(line.recv(4096).split()[1])


def heard_beyond(up: Up) -> list[str]:
    """Where Airflow listens but for its one port."""
    heard = processes.listening(up.family())
    assert ("127.0.0.1", up.port) in heard
    return [f"{host}:{port}" for host, port in heard - {("127.0.0.1", up.port)}]


def kept_open(up: Up) -> list[str]:
    """What of Airflow's another user of the machine may read."""
    private = {up.folder: 0o700, up.folder / "passwords.json": 0o600}
    return [str(path) for path, mode in private.items() if path.stat().st_mode & 0o777 != mode]


def keeps_a_password(up: Up, api: AirflowApi) -> list[str]:
    """Where a location is that no run may be told: Airflow would keep it in clear."""
    with pytest.raises(httpx.HTTPStatusError, match="400"):
        api.trigger("ingest_imdb", {"location": "http://reader:sesam@127.0.0.1:9/"})
    kept = [path for path in up.root.rglob("*") if path.is_file() and b"sesam" in path.read_bytes()]
    return [str(path) for path in kept]


@pytest.mark.slow
@pytest.mark.fault("F42", "a neighbour who knocks, and default passwords", quick=6, full=6)
def test_nobody_knocks_and_nobody_gets_in(trials: Trials, tmp_path: Path) -> None:
    compose_file = compose.load(SECRETS)
    for what in trials.of(("the compose file", "arthouse dashboards")):
        is_file = what == "the compose file"
        if found := published_beyond(compose_file) if is_file else served_beyond(tmp_path):
            trials.lose(f"{what}: {found}")
    with standing.up(tmp_path) as up:
        for look_at in trials.of((heard_beyond, let_in, kept_open)):
            if found := look_at(up):
                trials.lose(f"arthouse up, {look_at.__name__}: {found}")
        password = services.password(up.folder)
        assert password in up.log()
        api = log_in(up.url, services.USER, password)
        processes.wait_for("the DAG is known", 60, lambda: "ingest_imdb" in api.dags())
        trials.control("the right password gets in", caught=True)
        for name in trials.of(("location",)):
            if found := keeps_a_password(up, api):
                trials.lose(f"arthouse up, a run's {name}: {found}")
        _stop_in_the_middle(up, api)
    _open(trials, compose_file)


def _stop_in_the_middle(up: Up, api: AirflowApi) -> None:
    """Nothing goes on listening, or working, when a person has enough."""
    imdb.generate(up.root / "dumps", scale=0.005)
    api.trigger("ingest_imdb", {"location": str(up.root / "dumps")})
    processes.wait_for("a step works in its process", 60, lambda: bool(up.steps()))
    family = up.family()
    up.process.send_signal(signal.SIGTERM)
    assert up.process.wait(timeout=60) == 0
    assert standing.left_of(family) == []


def _open(trials: Trials, compose_file: dict[str, Any]) -> None:
    """The same looks at what is open."""
    with socket.create_server(("0.0.0.0", 0)):  # noqa: S104 # what must be seen
        heard = processes.listening([psutil.Process()])
    trials.control("a listener on every interface", caught=bool(beyond_loopback(heard)))
    compose_file["services"]["dashboards"]["ports"] = ["8501:8501"]
    trials.control("a port published everywhere", caught=bool(published_beyond(compose_file)))
