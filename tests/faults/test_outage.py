"""The scheduler is down for nights: what is made up for, and what is not."""

import json
import os
import subprocess
import sys

import pytest

from tests.faults import outage
from tests.faults.trials import PROJECT, Trials

NIGHTS = 3


def complaints(told: dict[str, dict[str, list[str]]]) -> list[str]:
    """Runs that do not follow the policy: the latest missed night, and no night twice.

    When Airflow's scheduler is up before its parser, it starts the night that it had in mind before
    the outage, too, which is the first missed one: it brings what the latest brings.
    """
    wrong = []
    for dag, dates in told.items():
        missed, made = dates["missed"], dates["made"]
        if made not in ([missed[-1:], [missed[0], missed[-1]]] if missed else [[]]):
            wrong.append(f"{dag}: of {missed}, it ran {made}")
    return wrong


@pytest.mark.fault(
    "F29", "the scheduler is down for three nights, or killed in one", quick=3, full=3
)
def test_a_scheduler_that_was_down(trials: Trials) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.outage", str(NIGHTS)],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert len(told["scheduler"]["ingest_imdb"]["missed"]) == NIGHTS
    for story in trials.of(outage.STORIES[:3]):
        for wrong in complaints(told[story]):
            trials.lose(f"{story}: {wrong}")
    trials.control("DAGs that catch up", caught=bool(complaints(told["catchup"])))
