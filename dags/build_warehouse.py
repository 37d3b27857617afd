"""Build the warehouse from the lake, judge it, and publish it if it passed.

Starts when a feed committed a snapshot, or at 06:00 UTC, and reads the newest snapshot of every
feed. A run that fails publishes nothing: readers keep the release they have. After a refusal,
read the task's message; the candidate is kept in `builds/<run>/` until a later run publishes.
"""

import os
from datetime import timedelta
from typing import Any

from airflow.sdk import AssetAny, AssetOrTimeSchedule, Param, dag, task
from airflow.sdk import get_current_context as context

from dags import cadence, notification, step
from dags.assets import LAKE, WAREHOUSE
from ingest.catalog import FEEDS


@dag(
    schedule=AssetOrTimeSchedule(
        timetable=cadence.at("0 6 * * *"),
        assets=AssetAny(*LAKE.values()),
    ),
    catchup=False,  # a build reads the newest snapshots: one of a missed night would be the same
    max_active_runs=1,
    default_args={
        "retries": 0 if step.RUN in os.environ else 1,
        "retry_delay": timedelta(minutes=10),
        "execution_timeout": timedelta(hours=3),
        "on_failure_callback": notification.failed,
    },
    params={
        "as_of": Param(None, type=["null", "string"], description="Read no snapshot after this"),
        "publish": Param(True, type="boolean", description="Let readers see the result"),
    },
    doc_md=__doc__,
    tags=["build", "publish"],
)
def build_warehouse() -> None:
    @task
    def begin() -> str:
        return step.begin({"dag": "build_warehouse"})

    @task.short_circuit
    def plan(run: str) -> bool:
        chosen = context()["params"]
        return step.take(
            run, "plan", "warehouse.build:plan", tuple(FEEDS), chosen["as_of"], chosen["publish"]
        )

    @task
    def transform(run: str) -> None:
        step.take(run, "transform", "warehouse.build:transform")

    @task
    def gate(run: str) -> None:
        step.take(run, "gate_candidate", "warehouse.gate:judge_candidate")

    @task
    def seal(run: str) -> None:
        step.take(run, "close", "warehouse.seal:close")
        step.take(run, "inspect", "warehouse.seal:inspect")

    @task(outlets=[WAREHOUSE])
    def publish(run: str) -> None:
        if step.take(run, "publish", "warehouse.seal:publish"):
            step.take(run, "prune", "warehouse.retention:prune")
            step.end(run)

    run: Any = begin()  # Airflow's promise of the name, which each task receives as text
    plan(run) >> transform(run) >> gate(run) >> seal(run) >> publish(run)


build_warehouse()
