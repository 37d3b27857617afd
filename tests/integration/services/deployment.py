"""The compose file's services, started in its order as processes of this machine."""

import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import psutil

from tests.integration.services import postgresql, processes
from tests.integration.services.compose import PROJECT, Machine

LASTING = ("api-server", "scheduler", "dag-processor", "triggerer", "dashboards")


@dataclass(slots=True)
class Deployment:
    """Running services; `sessions` has the process that leads each."""

    machine: Machine
    compose: Mapping[str, Any]
    sessions: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.machine.api_port}"

    def start(self) -> None:
        machine = self.machine
        for name in ("data", "logs", "postgres"):
            (machine.root / name).mkdir()
        self._start_postgres()
        init = self._launch("init")
        assert init.wait(timeout=120) == 0, self.log("init")
        for service in LASTING:
            self.sessions[service] = self._launch(service)
        for service in ("postgres", *LASTING):
            self._wait_until_healthy(service)

    def _start_postgres(self) -> None:
        machine, folder = self.machine, self.machine.root / "postgres"
        variables = self.compose["services"]["postgres"]["environment"]
        postgresql.initialise(folder, machine.binaries, variables)
        self.sessions["postgres"] = postgresql.serve(
            folder, machine.binaries, machine.postgres_port
        )
        postgresql.create_database(folder, machine.binaries, machine.postgres_port, variables)

    def _wait_until_healthy(self, service: str) -> None:
        try:
            processes.wait_for(f"{service} healthy", 90, lambda: self.is_healthy(service))
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.log(service)}") from error

    def _launch(self, service: str) -> subprocess.Popen[bytes]:
        with (self.machine.root / f"{service}.log").open("wb") as log:
            return subprocess.Popen(
                self.machine.command(service, self.compose),
                env=self.machine.environment(service, self.compose),
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def is_healthy(self, service: str) -> bool:
        """Run the service's own health check."""
        owner = service if service in LASTING else "api-server"
        checked = subprocess.run(
            self.machine.health_check(service, self.compose),
            env=self.machine.environment(owner, self.compose),
            cwd=PROJECT,
            capture_output=True,
            check=False,
        )
        return checked.returncode == 0

    def answer(self, path: str) -> httpx.Response:
        """What somebody gets who is not logged in."""
        return httpx.get(f"{self.url}/{path}", timeout=30)

    def processes(self) -> list[psutil.Process]:
        """All processes of all services."""
        return processes.of_sessions(one.pid for one in self.sessions.values())

    def stop(self, seconds: float) -> set[str]:
        """End every service as `docker stop` does, the database last; those that had to be killed.

        `seconds`: the grace between SIGTERM and SIGKILL.
        """
        for service in LASTING:
            self.sessions[service].send_signal(signal.SIGTERM)
        deadline = time.monotonic() + seconds
        for service in LASTING:
            _wait(self.sessions[service], deadline - time.monotonic())
        self.sessions["postgres"].send_signal(signal.SIGINT)
        _wait(self.sessions["postgres"], 10)
        return {name for name, one in self.sessions.items() if self._kill_rest(one)}

    def _kill_rest(self, session: subprocess.Popen[bytes]) -> bool:
        """Kill what is left of a service; whether anything was."""
        left = processes.of_sessions([session.pid])
        processes.kill(left)
        _wait(session, 10)
        return bool(left)

    def kill(self) -> None:
        processes.kill(self.processes())
        for one in self.sessions.values():
            _wait(one, 10)

    def log(self, service: str) -> str:
        """The end of what a service wrote."""
        path = self.machine.root / f"{service}.log"
        return path.read_text("utf-8", errors="replace")[-4000:] if path.exists() else ""


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(timeout=max(seconds, 0))
    except subprocess.TimeoutExpired:
        return
