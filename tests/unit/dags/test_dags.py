"""Rules every DAG keeps."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.exceptions import ParamValidationError

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


@pytest.mark.parametrize(
    "place",
    [None, "/srv/dumps", "dumps@home/a?b", "https://files.example", "https://[::1]:8/a/b.zip"],
)
def test_a_run_may_be_told_where_to_read(dagbag: DagBag, place: str | None) -> None:
    for feed in FEEDS:
        param = dagbag.dags[f"ingest_{feed}"].params.get_param("location")
        assert param.resolve(place) == place


@pytest.mark.parametrize(
    "place",
    [
        "https://reader:sesam@files.example/a",
        "https://sesam@files.example/a",
        "https://reader:se/sam@files.example/a",
        "https://reader:12/sesam@files.example/a",
        "ftp://reader:sesam@files.example/a",
        "https:/reader:sesam@files.example/a",
        "https://files.example/a?token=sesam",
        "https://files.example/a#sesam",
    ],
)
def test_what_airflow_would_keep_in_clear_is_not_taken(dagbag: DagBag, place: str) -> None:
    for feed in FEEDS:
        param = dagbag.dags[f"ingest_{feed}"].params.get_param("location")
        with pytest.raises(ParamValidationError):
            param.resolve(place)
