"""When a DAG runs by the clock."""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable


def at(cron: str) -> CronTriggerTimetable:
    """Every time that a cron expression names in UTC, from the next one after installation on.

    Said in so many words, since Airflow 3.3 starts the last missed run of a new DAG when less than
    a tenth of the time between two runs is over, whatever its default of False promises: 17 hours
    of a weekly feed.
    """
    return CronTriggerTimetable(cron, timezone="UTC", run_immediately=timedelta(0))
