"""Airflow inside the command: the same DAGs, in order, on SQLite metadata, without a scheduler.

The metadata lives in `$ARTHOUSE_HOME/airflow` and may be deleted: the ledger is what counts.
"""

import os
import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
DAGS = PROJECT / "dags"


@dataclass(frozen=True, slots=True)
class DagResult:
    """How a DAG run ended: its state, and the tasks that failed."""

    dag_id: str
    succeeded: bool
    failed_tasks: tuple[str, ...]


def environment(home: Path) -> dict[str, str]:
    """What Airflow, dbt and Great Expectations need to run quietly on this home."""
    return {
        "AIRFLOW_HOME": str(home / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        # Airflow notes every request, a refused one too, with what a person typed.
        "AIRFLOW__CORE__SENSITIVE_VAR_CONN_NAMES": "location",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow/airflow.db",
        # A failed step's reason is in the ledger and told at the end; what broke in a child is on
        # its standard error. Airflow would say each three times, with its own frames around.
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "airflow" / "logs"),
        "ARTHOUSE_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH")))),
        "GX_ANALYTICS_ENABLED": "false",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }


def prepare(home: Path) -> None:
    """Make the metadata database, and close what a killed run left open in it.

    Call it holding the run lock: two first runs at once break Airflow's migration.
    """
    (home / "airflow").mkdir(parents=True, exist_ok=True)
    os.environ.update(environment(home))
    sys.path[:0] = [str(PROJECT)]
    # Before Airflow is imported: its own imports warn about one another.
    warnings.simplefilter("ignore")
    from airflow.utils.db import initdb
    from airflow.utils.session import create_session

    if not (home / "airflow" / "airflow.db").exists():
        initdb()
    with create_session() as session:
        _close_leftovers(session)


def _close_leftovers(session: Any) -> None:  # noqa: ANN401 # SQLAlchemy's, untyped in Airflow
    import sqlalchemy
    from airflow.models.dagrun import DagRun
    from airflow.models.taskinstance import TaskInstance

    ended = ("success", "failed", "skipped", "upstream_failed")
    unended = TaskInstance.state.is_(None) | TaskInstance.state.not_in(ended)
    dead = session.scalars(
        sqlalchemy.select(DagRun).where(DagRun.state.in_(["running", "queued"]))
    ).all()
    for run in dead:
        tasks = (TaskInstance.run_id == run.run_id) & (TaskInstance.dag_id == run.dag_id)
        session.execute(
            sqlalchemy.update(TaskInstance).where(tasks & unended).values(state="failed")
        )
        run.state = "failed"


def run(dag_id: str, parameters: dict[str, object]) -> DagResult:
    """Run one DAG to its end; `parameters` are its params."""
    import importlib

    from airflow.utils.session import create_session

    dag = getattr(importlib.import_module(f"dags.{dag_id}"), dag_id)()
    dag_run = dag.test(run_conf=parameters)
    with create_session() as session:
        instances = dag_run.get_task_instances(session=session)
        failed = tuple(sorted(_failed(instances)))
    return DagResult(dag_id, str(dag_run.state) == "success" and not failed, failed)


def _failed(instances: Iterable[Any]) -> Iterable[str]:
    return (one.task_id for one in instances if one.state not in ("success", "skipped"))
