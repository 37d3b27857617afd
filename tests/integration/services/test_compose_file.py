"""What docker-compose.yml promises, read without a Docker engine."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cli import credentials
from tests.integration.services import compose

EXAMPLE = (compose.PROJECT / ".env.example").read_text()
SECRETS = {
    name: f"value-of-{name.lower()}" for name in re.findall(r"^(\w+)=$", EXAMPLE, re.MULTILINE)
}
ONE_SHOT = {"init"}


@pytest.fixture(scope="module")
def file() -> dict[str, Any]:
    return compose.load(SECRETS)


@pytest.fixture(scope="module")
def services(file: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = file["services"]
    return found


def test_the_file_follows_the_compose_specification() -> None:
    checked = _validated(compose.FILE)
    assert checked.returncode == 0, checked.stdout


def test_the_specification_is_really_asked(tmp_path: Path) -> None:
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text(compose.FILE.read_text().replace("healthcheck:", "health_check:"))
    assert _validated(wrong).returncode == 1


def _validated(path: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).with_name("check-jsonschema")
    command = [str(tool), "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_services_are_airflows_and_its_database(services: dict[str, Any]) -> None:
    airflow = {"init", "api-server", "scheduler", "dag-processor", "triggerer"}
    assert set(services) == airflow | {"dashboards", "postgres"}
    assert {services[name]["image"] for name in airflow | {"dashboards"}} == {"arthouse"}
    executors = {services[name]["environment"]["AIRFLOW__CORE__EXECUTOR"] for name in airflow}
    assert executors == {"LocalExecutor"}


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_secret_has_no_default(name: str) -> None:
    others = {key: value for key, value in SECRETS.items() if key != name}
    with pytest.raises(compose.UnsetVariableError, match=name):
        compose.load(others)
    with pytest.raises(compose.UnsetVariableError, match=name):
        compose.load(others | {name: ""})


def test_no_secret_is_written_in_the_file(services: dict[str, Any]) -> None:
    telling = re.compile(r"PASSWORD|SECRET|FERNET_KEY|SQL_ALCHEMY_CONN")
    values = [
        value
        for service in services.values()
        for key, value in service["environment"].items()
        if telling.search(key)
    ]
    assert len(values) >= len(SECRETS)
    assert all(any(secret in value for secret in SECRETS.values()) for value in values)


def test_airflow_notes_no_location_that_a_person_typed(services: dict[str, Any]) -> None:
    api_server = services["api-server"]["environment"]
    assert api_server["AIRFLOW__CORE__SENSITIVE_VAR_CONN_NAMES"] == "location"


def test_every_lasting_service_is_watched_and_comes_back(services: dict[str, Any]) -> None:
    for name, service in services.items():
        if name in ONE_SHOT:
            assert service["healthcheck"] == {"disable": True}
        else:
            assert service["healthcheck"]["test"][0] == "CMD", name
            assert service["restart"] == "unless-stopped", name


def test_no_service_has_privileges_or_a_writable_root(services: dict[str, Any]) -> None:
    for name, service in services.items():
        user = int(service["user"].split(":")[0])
        assert user > 0, name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service, name


def test_only_user_interfaces_are_published_and_on_loopback(services: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert ports == {
        "api-server": ["127.0.0.1:8080:8080"],
        "dashboards": ["127.0.0.1:8501:8501"],
    }


def test_the_dashboards_cannot_change_the_warehouse(services: dict[str, Any]) -> None:
    assert services["dashboards"]["volumes"] == ["data:/data:ro"]


def test_only_who_must_can_reach_the_world(file: dict[str, Any]) -> None:
    assert file["networks"]["inside"] == {"internal": True}
    outside = {name for name, one in file["services"].items() if "outside" in one["networks"]}
    assert outside == {"api-server", "dashboards", "scheduler"}


def test_what_lasts_is_in_named_volumes(file: dict[str, Any]) -> None:
    mounts = [mount for one in file["services"].values() for mount in one["volumes"]]
    assert {mount.split(":")[0] for mount in mounts} == set(file["volumes"])


def test_services_start_in_order(services: dict[str, Any]) -> None:
    assert services["init"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in ("api-server", "dag-processor", "triggerer"):
        waits = services[name]["depends_on"]
        assert waits == {"init": {"condition": "service_completed_successfully"}}, name
    assert services["scheduler"]["depends_on"] == {"api-server": {"condition": "service_healthy"}}


def test_the_image_has_our_packages_and_nothing_private() -> None:
    lines = (compose.PROJECT / ".dockerignore").read_text().splitlines()
    assert "*" in lines
    allowed = {line[1:] for line in lines if line.startswith("!")}
    project = tomllib.loads((compose.PROJECT / "pyproject.toml").read_text())
    packages = set(project["tool"]["uv"]["build-backend"]["module-name"])
    locked = {"dbt_project", "pyproject.toml", "uv.lock", "uv.txt"}
    assert packages | locked <= allowed
    assert allowed <= packages | locked | {"README.md", "LICENSE"}


def test_the_image_runs_as_the_file_says(services: dict[str, Any]) -> None:
    last_stage = (compose.PROJECT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert f"\nUSER {services['scheduler']['user']}\n" in last_stage
    assert "/data /logs" in last_stage


def test_credentials_are_random_private_and_never_replaced(tmp_path: Path) -> None:
    (tmp_path / ".env.example").write_text(EXAMPLE)
    target = credentials.write(tmp_path)
    assert target.stat().st_mode & 0o777 == 0o600
    values = dict(re.findall(r"^(\w+)=(.+)$", target.read_text(), re.MULTILINE))
    assert set(values) == set(SECRETS)
    assert len(set(values.values())) == len(values)
    assert all(re.fullmatch(r"[\w-]{43,}=?", value) for value in values.values())
    assert values["AIRFLOW_FERNET_KEY"] not in credentials.fill(EXAMPLE)
    with pytest.raises(FileExistsError):
        credentials.write(tmp_path)
