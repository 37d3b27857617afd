"""Airflow's scheduler before and after an outage, with our DAGs as they are and no task at work.

python -m tests.faults.outage DAYS    prints what was missed, and what was scheduled then
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cli import airflow_process

# What starts first again; the scheduler died in the middle of a night; DAGs that would catch up.
STORIES = ("processor", "scheduler", "killed", "catchup")
_ROUNDS = 6  # of the scheduler's loop: more than nights


def tell(story: str, days: int) -> dict[str, dict[str, list[str]]]:
    """By DAG: the logical dates `missed` in the outage, and those `made` after it."""
    from airflow._shared.timezones import timezone
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.dag import DagModel

    bag = DagBag(airflow_process.DAGS, bundle_path=airflow_process.DAGS, bundle_name=_BUNDLE)
    now = timezone.utcnow()
    last_seen = now - timedelta(days=days)
    for dag in bag.dags.values() if story == "catchup" else ():
        dag.start_date = last_seen - timedelta(days=8)
        dag.catchup = True
    _forget()
    with _clock(last_seen - timedelta(days=8)):
        _parse(bag)
    with _clock(last_seen):
        for _ in range(2 + 8 * (story == "catchup")):
            _finish()
            _schedule(only_due=last_seen)
        if story != "killed":
            _finish()
    if story == "processor":
        _parse(bag)
    _schedule()
    _parse(bag)
    for _ in range(_ROUNDS):
        _finish()
        _schedule()
    with _session() as session:
        names = [model.dag_id for model in session.query(DagModel)]
    return {name: _compare(bag, name, last_seen, now) for name in sorted(names)}


def _compare(bag: Any, name: str, since: datetime, now: datetime) -> dict[str, list[str]]:
    from airflow.models.dagrun import DagRun
    from airflow.serialization.serialized_objects import DagSerialization

    dag = DagSerialization.deserialize_dag(DagSerialization.serialize_dag(bag.dags[name]))
    infos = dag.iter_dagrun_infos_between(since, now)
    with _session() as session:
        runs = session.query(DagRun).filter(DagRun.dag_id == name, DagRun.logical_date > since)
        made = [str(run.logical_date) for run in runs.order_by(DagRun.id)]
    return {"missed": [str(info.logical_date) for info in infos], "made": made}


_BUNDLE = "dags-folder"


def _forget() -> None:
    import sqlalchemy
    from airflow.models.dagrun import DagRun

    with _session() as session:
        session.execute(sqlalchemy.delete(DagRun))


def _parse(bag: Any) -> None:
    """What Airflow's DAG processor does when it has read the files."""
    from airflow.dag_processing.dagbag import sync_bag_to_db

    sync_bag_to_db(bag, _BUNDLE, None)


def _schedule(only_due: datetime | None = None) -> None:
    """One turn of Airflow's scheduler, as far as it makes runs."""
    from airflow.jobs.job import Job
    from airflow.jobs.scheduler_job_runner import SchedulerJobRunner
    from airflow.models.dag import DagModel
    from airflow.utils.sqlalchemy import prohibit_commit

    runner = SchedulerJobRunner(Job())  # type: ignore[no-untyped-call] # Airflow's
    with _session() as session:
        if only_due:  # the database's clock is the machine's
            models = session.query(DagModel).filter(DagModel.next_dagrun_create_after <= only_due)
            runner._create_dag_runs(models.all(), session)
            return
        with prohibit_commit(session) as guard:  # type: ignore[no-untyped-call] # Airflow's
            runner._create_dagruns_for_dags(guard, session)


def _finish() -> None:
    """What tasks would come to: every run ends well."""
    import sqlalchemy
    from airflow.models.dag import DagModel
    from airflow.models.dagrun import DagRun

    with _session() as session:
        session.execute(sqlalchemy.update(DagRun).values(state="success"))
        # The scheduler counts again whenever a run ends.
        session.execute(sqlalchemy.update(DagModel).values(exceeds_max_non_backfill=False))


def _session() -> Any:
    from airflow.utils.session import create_session

    return create_session()


@contextmanager
def _clock(instant: datetime) -> Iterator[None]:
    """Let Airflow take this for now, wherever it asks; what is imported meanwhile, too."""
    from airflow._shared.timezones import timezone

    asked = timezone.utcnow
    told = [instant]

    def utcnow() -> datetime:
        return timezone.coerce_datetime(told[0]) if told else asked()

    for module in list(sys.modules.values()):
        if getattr(module, "utcnow", None) is asked:
            module.utcnow = utcnow  # type: ignore[attr-defined] # it has one
    yield
    told.clear()


def main() -> None:
    """Tell every story on a metadata database of its own."""
    days = int(sys.argv[1])
    with TemporaryDirectory() as home:
        airflow_process.prepare(Path(home))
        from airflow.dag_processing.bundles.manager import DagBundlesManager

        DagBundlesManager().sync_bundles_to_db()  # type: ignore[no-untyped-call] # Airflow's
        told = {story: tell(story, days) for story in STORIES}
    sys.stdout.write(f"{json.dumps(told)}\n")


if __name__ == "__main__":
    main()
