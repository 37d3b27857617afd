"""Bring IMDb's seven dumps into the lake: fetch, load, judge, commit.

Nothing is committed unless all seven passed. After a failure, read the task's message and the
reject ledger (`arthouse rejects`), then clear the failed run or wait for the next night: every
step may run again.
"""

import os
from datetime import timedelta
from typing import Any

from airflow.sdk import dag, get_current_context, task

from dags import cadence, location, notification, step
from dags.assets import LAKE
from ingest.catalog import IMDB


@dag(
    schedule=cadence.at(IMDB.cron),
    catchup=False,  # IMDb keeps no older dumps: a missed night cannot be fetched later
    max_active_runs=1,
    default_args={
        "retries": 0 if step.RUN in os.environ else 2,
        "retry_delay": timedelta(minutes=20),
        "execution_timeout": timedelta(hours=3),
        "on_failure_callback": notification.failed,
    },
    params={"location": location.PARAM},
    doc_md=__doc__,
    tags=["ingest", "imdb"],
)
def ingest_imdb() -> None:
    @task
    def begin() -> str:
        return step.begin({"dag": "ingest_imdb"})

    @task.short_circuit
    def fetch(run: str) -> bool:
        place = get_current_context()["params"]["location"]
        return step.take(run, "fetch_imdb", "ingest.feeds.imdb:fetch", place)

    @task
    def load(run: str) -> None:
        step.take(run, "load_imdb", "ingest.feeds.imdb:load")

    @task
    def gate(run: str) -> None:
        step.take(run, "gate_imdb", "warehouse.gate:judge_incoming", IMDB.name)

    @task(outlets=[LAKE[IMDB.name]])
    def commit(run: str) -> None:
        step.take(run, "commit_imdb", "ingest.feeds.imdb:commit")
        step.end(run)

    run: Any = begin()  # Airflow's promise of the name, which each task receives as text
    fetch(run) >> load(run) >> gate(run) >> commit(run)


ingest_imdb()
