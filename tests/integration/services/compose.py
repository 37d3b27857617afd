"""docker-compose.yml as Compose reads it, and its services as processes of this machine."""

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[3]
FILE = PROJECT / "docker-compose.yml"
_VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\})")


class UnsetVariableError(Exception):
    """A variable that the file insists on."""


def load(variables: Mapping[str, str]) -> dict[str, Any]:
    """The file with its anchors merged and its variables replaced."""
    content = yaml.safe_load(FILE.read_text("utf-8"))
    replaced: dict[str, Any] = _replaced(content, variables)
    return replaced


def _replaced(value: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(one, variables) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, variables) for one in value]
    if isinstance(value, str):
        return _VARIABLE.sub(lambda match: _value(match, variables), value)
    return value


def _value(match: re.Match[str], variables: Mapping[str, str]) -> str:
    name = match["name"]
    if name is None:
        return "$"
    if variables.get(name):
        return variables[name]
    if match["kind"] == "-":
        return str(match["rest"])
    raise UnsetVariableError(f"{name}: {match['rest'] or 'has neither a value nor a message'}")


@dataclass(frozen=True, slots=True)
class Machine:
    """What replaces a container's paths, names and ports when its process runs here."""

    root: Path
    postgres_port: int
    api_port: int
    web_port: int
    binaries: Path  # PostgreSQL's

    def here(self, service: str, text: str) -> str:
        """A string of a service's command or environment, as it must read on this machine."""
        for inside, outside in (
            ("@postgres:5432", f"@127.0.0.1:{self.postgres_port}"),
            ("//api-server:8080", f"//127.0.0.1:{self.api_port}"),
            ("--server.address=0.0.0.0", "--server.address=127.0.0.1"),
            ("--server.port=8501", f"--server.port={self.web_port}"),
            ("//127.0.0.1:8501", f"//127.0.0.1:{self.web_port}"),
            ("/opt/arthouse", str(PROJECT)),
            # Not shared, as a container's tmpfs is not.
            ("/var/lib/airflow", str(self.root / "airflow" / service)),
        ):
            text = text.replace(inside, outside)
        return {"/data": str(self.root / "data"), "/logs": str(self.root / "logs")}.get(text, text)

    def environment(self, service: str, compose: Mapping[str, Any]) -> dict[str, str]:
        """All that the process gets: the file's variables, and the image's own."""
        given = compose["services"][service]["environment"]
        image = {
            "PATH": f"{Path(sys.executable).parent}:{self.binaries}:{os.defpath}",
            "PYTHONPATH": str(PROJECT),
            "HOME": str(self.root),
            "PGPORT": str(self.postgres_port),
        }
        ports = {"AIRFLOW__API__HOST": "127.0.0.1", "AIRFLOW__API__PORT": str(self.api_port)}
        replaced = {name: value for name, value in ports.items() if name in given}
        set_here = {name: str(value) for name, value in given.items() if value is not None}
        values = {name: self.here(service, value) for name, value in set_here.items()}
        return image | values | replaced

    def command(self, service: str, compose: Mapping[str, Any]) -> list[str]:
        """The service's own command."""
        return [self.here(service, word) for word in compose["services"][service]["command"]]

    def health_check(self, service: str, compose: Mapping[str, Any]) -> list[str]:
        """The command of its health check."""
        kind, *words = compose["services"][service]["healthcheck"]["test"]
        assert kind == "CMD"
        return [self.here(service, word) for word in words]
