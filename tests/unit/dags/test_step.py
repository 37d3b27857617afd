"""One step under a scheduler, whose tasks may be tried again while an old try still lives."""

import traceback
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from airflow import sdk
from airflow.sdk.exceptions import AirflowFailException

from dags import child, step
from ingest import settings
from ingest.errors import SourceDamagedError
from ingest.settings import Settings
from warehouse import ledger, lock, runbooks
from warehouse.gate import GateRefusedError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose steps are called here, in the first of two tries."""
    monkeypatch.setattr(settings, "current", lambda: Settings(home=tmp_path))
    monkeypatch.setattr(child, "call", lambda function, *_: {"called": function})
    instance = SimpleNamespace(try_number=1, max_tries=1)
    monkeypatch.setattr(sdk, "get_current_context", lambda: {"ti": instance})
    return tmp_path


def test_a_step_of_a_run_that_ended_well_is_not_done_again(home: Path) -> None:
    run = step.begin({})
    assert step.take(run, "publish", "m:f")
    step.end(run)
    before = ledger.read(home, run)
    assert step.take(run, "publish", "m:f"), "an asset must still be announced"
    assert ledger.read(home, run) == before


def test_a_step_of_a_run_that_ended_badly_says_how_to_run_again(home: Path) -> None:
    run = step.begin({})
    step.end(run, "broken", "no space")
    with pytest.raises(AirflowFailException, match=r"\(broken\): nothing was done.*first task"):
        step.take(run, "transform", "m:f")
    assert [one.task for one in ledger.read(home, run)] == ["begin", "end"]


def test_a_step_that_never_gets_the_lock_says_who_has_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = step.begin({})
    monkeypatch.setattr(step, "_WAIT_SECONDS", 0.1)
    with lock.run(home), pytest.raises(lock.LockedError):
        step.take(run, "transform", "m:f")
    receipt = ledger.read(home, run)[-1]
    assert (receipt.task, receipt.outcome) == ("transform", "broken")
    assert "run.lock is held by process" in receipt.reason
    assert not ledger.is_ended(home, run), "a retry may be luckier"
    assert runbooks.of_receipt(receipt) == "docs/runbooks/run_locked.md"


def refuse(*_: object) -> None:
    verdict = {"gate": "raw", "expectation": "rows_not_lost", "verdict": "refused"}
    raise GateRefusedError("the raw gate of imdb refused", [verdict])


def damage(*_: object) -> None:
    raise SourceDamagedError("title.crew.tsv.gz", "it is cut short", "Fetch it again")


@pytest.mark.parametrize(("work", "page"), [(refuse, "rows_lost"), (damage, "source_damaged")])
def test_a_failed_task_says_where_to_read_on(
    home: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[..., None], page: str
) -> None:
    run = step.begin({})
    monkeypatch.setattr(child, "call", work)
    with pytest.raises(Exception, match=r"refused|cut short") as told:
        step.take(run, "gate_imdb", "m:f")
    words = "".join(traceback.format_exception(told.value))
    assert f"What to do: docs/runbooks/{page}.md" in words
    assert runbooks.of_receipt(ledger.read(home, run)[1]) == f"docs/runbooks/{page}.md"
