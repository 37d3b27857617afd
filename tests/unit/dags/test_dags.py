"""Rules every DAG keeps."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag

from ingest.catalog import FEEDS

DAGS = Path(__file__).parents[3] / "dags"


@pytest.fixture(scope="module")
def dagbag() -> DagBag:
    return DagBag(DAGS)


def test_every_dag_loads(dagbag: DagBag) -> None:
    assert dagbag.import_errors == {}


def test_every_feed_has_its_dag_and_nothing_else_does(dagbag: DagBag) -> None:
    assert set(dagbag.dags) == {f"ingest_{feed}" for feed in FEEDS} | {"build_warehouse"}


def test_every_dag_explains_itself_and_runs_alone(dagbag: DagBag) -> None:
    for dag_id, dag in dagbag.dags.items():
        assert dag.doc_md, dag_id
        assert dag.tags, dag_id
        assert dag.max_active_runs == 1, dag_id
        assert dag.catchup is False, dag_id


def test_a_new_dag_waits_for_its_next_time(dagbag: DagBag) -> None:
    """By default Airflow starts the last missed run for a tenth of the time between two."""
    for dag_id, dag in dagbag.dags.items():
        clock: Any = getattr(dag.timetable, "timetable", dag.timetable)
        assert clock.run_immediately == timedelta(0), dag_id


def test_a_dag_file_is_named_like_its_dag_and_is_thin(dagbag: DagBag) -> None:
    for dag_id, dag in dagbag.dags.items():
        assert Path(dag.fileloc).stem == dag_id
        assert len(Path(dag.fileloc).read_text("utf-8").splitlines()) <= 80, dag_id


def test_every_task_may_take_only_so_long(dagbag: DagBag) -> None:
    unbounded = [
        f"{dag_id}.{task.task_id}"
        for dag_id, dag in dagbag.dags.items()
        for task in dag.tasks
        if task.execution_timeout is None
    ]
    assert unbounded == []
