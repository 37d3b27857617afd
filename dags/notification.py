"""Notification: a person is told when a run failed, and once when it is well again.

By any service that Apprise knows. Its addresses hold passwords: no message, log or receipt repeats
one. A notification that is not delivered fails nothing, but is said.
"""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dags.outcome import FAILURES
from ingest import settings
from ingest.errors import RotError
from ingest.settings import Settings
from warehouse import ledger, release, runbooks
from warehouse.ledger import Receipt

# Chat services take a few thousand characters; a reason may hold many expectations.
_REASON_LENGTH = 1000
_SECONDS = 20.0
_log = logging.getLogger(__name__)


def after(run: str) -> list[str]:
    """Tell how a run that is over ended, if that is news; what was not delivered, in words."""
    here = settings.current()
    try:
        return _after(here, run) if here.notify else []
    except RotError as error:
        return [f"Nobody was told of run {run}: {error}"]


def tell(run: str) -> None:
    """As `after`, where there is nobody but a log to hear what was not delivered."""
    for problem in after(run):
        _log.error(problem)


def _after(here: Settings, run: str) -> list[str]:
    receipts = ledger.read(here.home, run)
    last = receipts[-1]
    if last.outcome in FAILURES:
        return _send(here, f"arthouse: run {run} {last.outcome}", _failure(here.home, receipts))
    before = _before(here.home, run, receipts[0])
    if last.outcome == "held" or before is None or before.outcome not in FAILURES:
        return []
    words = f"Run {before.run} was {before.outcome}; run {run} is {last.outcome}."
    return _send(here, "arthouse: well again", f"{words}\n{_seen(here.home)}", "success")


def failed(context: Mapping[str, Any]) -> None:
    """Airflow's callback for a task that failed for good; a command tells of its run itself."""
    here = settings.current()
    if not here.notify or "ARTHOUSE_RUN" in os.environ:
        return
    dag, task = str(context["ti"].dag_id), str(context["ti"].task_id)
    receipts = _of_dag(here.home, dag)
    reason = str(context.get("exception") or "its process died, or took too long")
    body = _failure(here.home, receipts) or f"{task}: {reason[:_REASON_LENGTH]}"
    for problem in _send(here, f"arthouse: {dag} failed in {task}", body):
        _log.error(problem)


def _failure(home: Path, receipts: Sequence[Receipt]) -> str:
    """Each step that failed, why, where to read on, and what readers see; '' if none did."""
    steps = [one for one in receipts if one.task != "end" and one.outcome in FAILURES]
    ends = [one for one in receipts if one.outcome in FAILURES][-1:]
    told = [
        f"{one.task} {one.outcome}: {one.reason[:_REASON_LENGTH]}\n"
        f"What to do: {runbooks.of_receipt(one)}"
        for one in steps or ends
    ]
    return "\n\n".join([*told, _seen(home)]) if told else ""


def _seen(home: Path) -> str:
    seen = release.current(home)
    return f"Readers see {seen}." if seen else "Nothing is published yet."


def _before(home: Path, run: str, begin: Receipt) -> Receipt | None:
    """How the last run of the same kind ended that was not on hold."""
    earlier = (ledger.read(home, name) for name in reversed(ledger.runs(home)) if name < run)
    alike = (one for one in earlier if one and _kind(one[0]) == _kind(begin))
    ends = (one[-1] for one in alike if one[-1].task == "end")
    return next((one for one in ends if one.outcome != "held"), None)


def _kind(begin: Receipt) -> str:
    """The DAG of a scheduler's run; a command ingests, or builds alone."""
    return str(begin.facts.get("dag") or ("run" if "feeds" in begin.facts else "build"))


def _of_dag(home: Path, dag: str) -> list[Receipt]:
    """The receipts of a DAG's last run: it has one at a time."""
    runs = (ledger.read(home, run) for run in reversed(ledger.runs(home)))
    return next((one for one in runs if one and one[0].facts.get("dag") == dag), [])


def _send(here: Settings, title: str, body: str, mood: str = "failure") -> list[str]:
    """Send to every address; which were not reached, by their number and kind alone."""
    problems = []
    for number, address in enumerate(here.notify, 1):
        secret = address.get_secret_value()
        kind = secret.partition("://")[0] if "://" in secret else "of no kind that Apprise knows"
        if not _deliver(secret, title, body, mood):
            problems.append(
                f"Nobody was told by address {number} of {len(here.notify)} ({kind}) in "
                f"ARTHOUSE_NOTIFY. What to do: {runbooks.NOTIFICATIONS}"
            )
    return problems


def _deliver(address: str, title: str, body: str, mood: str) -> bool:
    import apprise

    service = apprise.Apprise()
    with _silent():
        try:
            sent = service.add(address) and service.notify(
                body, title, notify_type=mood, body_format="text", timeout=_SECONDS
            )
        except Exception:  # noqa: BLE001 # of a hundred plugins; its words may hold the address
            return False
    return bool(sent)


@contextmanager
def _silent() -> Iterator[None]:
    """Apprise, and what it sends with, log addresses where something fails."""
    loggers = [logging.getLogger(name) for name in ("apprise", "requests", "urllib3")]
    levels = [one.level for one in loggers]
    try:
        for one in loggers:
            one.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)
