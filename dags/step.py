"""One step of a run: a function in a child process, and its receipt in the ledger.

Under `arthouse run` the command holds the run lock and names the run. Under a scheduler each
task takes the lock for itself, and the first task of a DAG run opens a run of its own.
"""

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from dags import child, notification, outcome
from ingest import settings
from warehouse import ledger, lock, runbooks

RUN = "ARTHOUSE_RUN"
_log = logging.getLogger(__name__)
# A scheduler's tasks wait for one another: the longest step at IMDb's full size is minutes.
_WAIT_SECONDS = 3600.0


def begin(facts: dict[str, Any]) -> str:
    """The run this DAG run belongs to; leftovers of dead runs are gone when it returns."""
    if RUN in os.environ:
        return os.environ[RUN]
    home = settings.current().home
    with lock.run(home, _WAIT_SECONDS):
        child.call("warehouse.retention:sweep")
        return ledger.begin(home, scheduled=True, facts=facts)


def end(run: str, how: ledger.Outcome = "done", reason: str = "") -> None:
    """Close a scheduled run; the run of a command is closed by the command."""
    if RUN not in os.environ:
        home = settings.current().home
        # With the lock, so that no retry of this task is in the middle of a step.
        with lock.run(home, _WAIT_SECONDS):
            ledger.end(home, run, how, reason)
        if how not in outcome.FAILURES:  # else the task fails, and Airflow calls back
            notification.tell(run)


def take(run: str, task: str, function: str, *arguments: Any) -> bool:  # noqa: ANN401
    """Do one step and write its receipt; whether the steps after it have anything to do.

    The function answers a dict of JSON values; its `outcome` and `reason` become the receipt's.
    """
    _honour_stop_signals()
    home = settings.current().home
    with _locked(run, task):
        if RUN not in os.environ and ledger.is_ended(home, run):
            return _as_it_ended(home, run, task)
        with ledger.recording(home, run, task) as note:
            failure = _do(note, run, function, arguments)
    if failure:
        _give_up(run, failure)
        raise failure
    if note.outcome != "done":
        end(run, note.outcome, note.reason)
    return note.outcome == "done"


def _do(note: ledger.Note, run: str, function: str, arguments: tuple[Any, ...]) -> Exception | None:
    """Call the function, and note what it says; the exception is raised when that is written."""
    try:
        note.facts = child.call(function, run, *arguments)
    except Exception as error:  # noqa: BLE001 # whatever it is, it is the step's end
        note.outcome, note.reason = outcome.of(error), str(error)
        verdicts = getattr(error, "verdicts", [])
        note.facts = {"error": type(error).__name__, "verdicts": verdicts}
        error.add_note(f"What to do: {runbooks.of_error(error)}")
        return error
    note.outcome = note.facts.pop("outcome", "done")
    note.reason = note.facts.pop("reason", "")
    return None


def _as_it_ended(home: Path, run: str, task: str) -> bool:
    """What this step came to in a run that is over: another try of it went on without this one."""
    *receipts, last = ledger.read(home, run)
    words = f"run {run} ended at {last.finished_at} ({last.outcome}): nothing was done now"
    found = next((one for one in reversed(receipts) if one.task == task), None)
    if last.outcome in ("done", "unchanged") and found:
        _log.warning("%s; %s was %s", words, task, found.outcome)
        return found.outcome == "done"
    from airflow.sdk.exceptions import AirflowFailException

    raise AirflowFailException(
        f"{words}. To run again, clear this DAG run from its first task on: it opens a new run"
    )


def _give_up(run: str, error: Exception) -> None:
    """Close a scheduled run that no retry will save: the same data is refused again."""
    if RUN in os.environ:
        return
    from airflow.sdk import get_current_context
    from airflow.sdk.exceptions import AirflowFailException

    kind = outcome.of(error)
    instance = get_current_context()["ti"]
    if kind == "refused" or instance.try_number > instance.max_tries:
        end(run, kind, str(error))
    if kind == "refused":
        raise AirflowFailException("\n".join((str(error), *error.__notes__))) from error


def _honour_stop_signals() -> None:
    # Airflow's task runner sets its own handlers at the start of each task, and in process they
    # swallow SIGTERM. Under a scheduler they are right: its supervisor does the killing.
    if RUN in os.environ:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


@contextmanager
def _locked(run: str, task: str) -> Iterator[None]:
    """Hold the run lock of a scheduler's task; under `arthouse run` the command holds it."""
    if RUN in os.environ:
        yield
        return
    home = settings.current().home
    with ExitStack() as held:
        try:
            held.enter_context(lock.run(home, _WAIT_SECONDS))
        except lock.LockedError as error:
            if ledger.is_ended(home, run):
                raise
            with ledger.recording(home, run, task) as note:
                note.outcome, note.reason = "broken", str(error)
                note.facts = {"error": type(error).__name__}
            _give_up(run, error)
            raise
        yield
