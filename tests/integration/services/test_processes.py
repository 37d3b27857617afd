"""The compose file's processes on a real PostgreSQL: a night from a click to a release.

The tests share one deployment and run in this order; the last one stops it.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import httpx
import pytest

from ingest.catalog import FEEDS
from sample import imdb
from tests.integration.services import compose, postgresql, processes
from tests.integration.services.airflow_api import AirflowApi, log_in, published
from tests.integration.services.deployment import LASTING, Deployment
from tests.integration.services.test_compose_file import SECRETS
from warehouse import ledger

pytestmark = pytest.mark.slow

# As `cli.credentials` makes them: Fernet's must be 32 bytes.
VARIABLES = SECRETS | {"AIRFLOW_FERNET_KEY": "aW52ZW50ZWQtMzItYnl0ZXMtZm9yLWEtdGVzdC1vbmw="}


def ports() -> tuple[int, int, int]:
    """Free ones for PostgreSQL, Airflow and the dashboards."""
    return processes.free_port(), processes.free_port(), processes.free_port()


@pytest.fixture(scope="module")
def deployment() -> Iterator[Deployment]:
    programs = postgresql.binaries()
    # Not pytest's folder: PostgreSQL runs as a user who may not enter it.
    root = Path(tempfile.mkdtemp(prefix="arthouse-services-"))
    root.chmod(0o755)
    machine = compose.Machine(root, *ports(), programs)
    running = Deployment(machine, compose.load(VARIABLES))
    try:
        running.start()
        yield running
    finally:
        running.kill()
        shutil.rmtree(root)


@pytest.fixture(scope="module")
def api(deployment: Deployment) -> AirflowApi:
    return log_in(deployment.url, "admin", VARIABLES["AIRFLOW_ADMIN_PASSWORD"])


def test_every_health_check_passes_and_can_fail(deployment: Deployment) -> None:
    assert all(deployment.is_healthy(service) for service in ("postgres", *LASTING))
    deaf = compose.Machine(deployment.machine.root, *ports(), deployment.machine.binaries)
    nobody = Deployment(deaf, deployment.compose)
    assert not any(nobody.is_healthy(service) for service in ("postgres", *LASTING))


def test_nobody_enters_without_the_password(deployment: Deployment) -> None:
    assert deployment.answer("api/v2/dags").status_code == 401
    assert 'type="password"' in deployment.answer("auth/login/").text
    with pytest.raises(httpx.HTTPStatusError, match="401"):
        log_in(deployment.url, "admin", "admin")


def test_everything_listens_on_loopback_only(deployment: Deployment) -> None:
    heard = processes.listening(deployment.processes())
    machine = deployment.machine
    used = {machine.api_port, machine.postgres_port, machine.web_port}
    assert heard == {("127.0.0.1", port) for port in used}


def test_the_dags_wait_for_their_night(api: AirflowApi) -> None:
    expected = {"build_warehouse", *(f"ingest_{feed}" for feed in FEEDS)}
    processes.wait_for("all DAGs are known", 60, lambda: len(api.dags()) == len(expected))
    assert api.dags() == dict.fromkeys(expected, False)
    assert api.task_states() == {}


def test_an_ingest_starts_the_build_that_publishes(
    deployment: Deployment, api: AirflowApi, tmp_path: Path
) -> None:
    imdb.generate(tmp_path, scale=0.0005, bad_lines=3)
    api.trigger("ingest_imdb", {"location": str(tmp_path)})
    processes.wait_for("a release is published", 240, lambda: published(api))
    assert api.run_types("build_warehouse") == ["asset_triggered"]
    home = deployment.machine.root / "data"
    with duckdb.connect(str((home / "warehouse.duckdb").resolve()), read_only=True) as release:
        [(titles,)] = release.execute("select count(*) from marts.dim_titles").fetchall()
        [(rejected,)] = release.execute(
            "select sum(rejected_count) from ops.table_counts"
        ).fetchall()
    assert titles > 6000
    assert rejected == 3
    assert [ledger.read(home, run)[-1].outcome for run in ledger.runs(home)] == ["done", "done"]


def test_the_task_log_is_readable_in_the_user_interface(api: AirflowApi) -> None:
    [run] = api.call("GET", "dags/ingest_imdb/dagRuns")["dag_runs"]
    path = f"dags/ingest_imdb/dagRuns/{run['dag_run_id']}/taskInstances/load/logs/1"
    assert "Filling up the DagBag" in str(api.call("GET", path)["content"])


def test_sigterm_ends_every_process(deployment: Deployment) -> None:
    killed = deployment.stop(seconds=120)
    # Airflow 3.3.2 waits without end for a worker of its LocalExecutor that does not notice
    # (apache/airflow#67870; seen once in some twenty runs): the container kills what is left.
    assert killed <= {"scheduler"}, {name: deployment.log(name) for name in killed}
    assert deployment.processes() == []
    ended = {name: one.returncode for name, one in deployment.sessions.items()}
    assert set(ended) == {"postgres", *LASTING}
    assert {code for name, code in ended.items() if name not in killed} <= {0, -15}
