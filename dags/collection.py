"""The night of a feed that lands as a collection of files: its steps and their order."""

import os
from datetime import timedelta
from typing import Any

from airflow.sdk import get_current_context, task

from dags import location, notification, step
from dags.assets import LAKE
from ingest.catalog import Feed

# What every such DAG has in common.
SETTINGS: dict[str, Any] = {
    "catchup": False,  # a location holds what it holds now: a missed night is lost or still there
    "max_active_runs": 1,
    "default_args": {
        "retries": 0 if step.RUN in os.environ else 2,
        "retry_delay": timedelta(minutes=20),
        "execution_timeout": timedelta(hours=3),
        "on_failure_callback": notification.failed,
    },
    "params": {"location": location.PARAM},
}


def night(feed: Feed) -> None:
    """Fetch, load, judge, commit: call it in the function that a DAG is made of."""

    @task
    def begin() -> str:
        return step.begin({"dag": f"ingest_{feed.name}"})

    @task.short_circuit
    def fetch(run: str) -> bool:
        return _take(run, "fetch", feed, get_current_context()["params"]["location"])

    @task
    def load(run: str) -> None:
        _take(run, "load", feed)

    @task
    def gate(run: str) -> None:
        step.take(run, f"gate_{feed.name}", "warehouse.gate:judge_incoming", feed.name)

    @task(outlets=[LAKE[feed.name]])
    def commit(run: str) -> None:
        _take(run, "commit", feed)
        step.end(run)

    run: Any = begin()  # Airflow's promise of the name, which each task receives as text
    fetch(run) >> load(run) >> gate(run) >> commit(run)


def _take(run: str, verb: str, feed: Feed, *arguments: Any) -> bool:  # noqa: ANN401
    function = f"ingest.collection:{verb}"
    return step.take(run, f"{verb}_{feed.name}", function, feed.name, *arguments)
