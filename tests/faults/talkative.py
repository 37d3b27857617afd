"""`arthouse` with Airflow as talkative as it can be, and a run that a person starts wrongly.

python -m tests.faults.talkative LOCATION whole|ingest run …

Before the build, a run of a DAG is asked for with a location that Airflow must not take.
"""

import sys

from cli import airflow_process, main

_quiet, _run = airflow_process.environment, airflow_process.run


def main_() -> None:
    """Run the command in this process."""
    location, extent = sys.argv.pop(1), sys.argv.pop(1)
    level = {"AIRFLOW__LOGGING__LOGGING_LEVEL": "DEBUG"}

    def run(dag_id: str, parameters: dict[str, object]) -> airflow_process.DagResult:
        if dag_id == "build_warehouse":
            _refused(location)
            if extent == "ingest":
                return airflow_process.DagResult(dag_id, succeeded=True, failed_tasks=())
        return _run(dag_id, parameters)

    airflow_process.environment = lambda home: _quiet(home) | level
    airflow_process.run = run
    main.main()


def _refused(location: str) -> None:
    from airflow.sdk.exceptions import ParamValidationError

    try:
        _run("ingest_pages", {"location": location})
    except ParamValidationError:
        return
    raise AssertionError("Airflow took the location")


if __name__ == "__main__":
    main_()
