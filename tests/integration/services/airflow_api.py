"""Airflow's REST API as a person's script uses it."""

from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True, slots=True)
class AirflowApi:
    """A session that is logged in."""

    url: str
    token: str

    def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = httpx.request(
            method,
            f"{self.url}/api/v2/{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json()

    def trigger(self, dag_id: str, conf: dict[str, str]) -> None:
        self.call("POST", f"dags/{dag_id}/dagRuns", {"logical_date": None, "conf": conf})

    def dags(self) -> dict[str, bool]:
        """Whether each DAG is paused, by its id."""
        return {one["dag_id"]: one["is_paused"] for one in self.call("GET", "dags")["dags"]}

    def task_states(self) -> dict[str, str | None]:
        """The state of every task instance, by `dag.task`; one run of each DAG is assumed."""
        found = self.call("GET", "dags/~/dagRuns/~/taskInstances")["task_instances"]
        return {f"{one['dag_id']}.{one['task_id']}": one["state"] for one in found}

    def run_types(self, dag_id: str) -> list[str]:
        return [one["run_type"] for one in self.call("GET", f"dags/{dag_id}/dagRuns")["dag_runs"]]


def log_in(url: str, user: str, password: str) -> AirflowApi:
    answer = httpx.post(
        f"{url}/auth/token", json={"username": user, "password": password}, timeout=30
    )
    answer.raise_for_status()
    return AirflowApi(url, answer.json()["access_token"])


def published(api: AirflowApi) -> bool:
    """Whether the build that the ingest started is through; a failed task fails the test."""
    states = api.task_states()
    failed = [name for name, state in states.items() if state in ("failed", "up_for_retry")]
    assert not failed, f"failed: {failed}; all: {states}"
    return states.get("build_warehouse.publish") == "success"
