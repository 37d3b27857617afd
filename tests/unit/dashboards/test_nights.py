"""Runs as the ledger has them, told to people."""

from pathlib import Path

import pytest

from dashboards import nights
from warehouse import ledger
from warehouse.ledger import Outcome


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def run(home: Path, outcome: Outcome | None = "done", **steps: Outcome) -> str:
    """A run whose steps ended as named, and which ended itself unless `outcome` is None."""
    name = ledger.begin(home, scheduled=False, facts={"feeds": ["imdb"]})
    now = ledger.stamp()
    for task, ended in steps.items():
        verdicts = [{"verdict": "refused"}] if ended == "refused" else []
        ledger.write(
            home,
            ledger.Receipt(name, task, ended, now, now, 1.0, facts={"verdicts": verdicts}),
        )
    if outcome:
        ledger.end(home, name, outcome, "a reason" if outcome != "done" else "")
    return name


def stopped(home: Path) -> list[int]:
    return [one.number for one in nights.failures(nights.recent(home))]


def test_the_newest_runs_come_first_and_no_more_than_asked_for(home: Path) -> None:
    for _ in range(4):
        run(home)
    assert [one.number for one in nights.recent(home, 3)] == [4, 3, 2]


def test_a_run_says_how_it_ended_and_why(home: Path) -> None:
    [one] = [nights.night(home, run(home, "refused", load_imdb="done", gate_imdb="refused"))]
    assert (one.outcome, one.reason, one.is_stopped) == ("refused", "a reason", True)
    assert [step.task for step in one.steps] == ["load_imdb", "gate_imdb"]
    assert one.verdicts() == [{"verdict": "refused"}]
    assert one.step("load_imdb") is not None
    assert one.step("gate_imdb") is None


def test_a_run_without_an_end_is_neither_done_nor_stopped_and_is_read_again(home: Path) -> None:
    name = run(home, None, fetch_imdb="done")
    one = nights.night(home, name)
    assert (one.outcome, one.is_stopped, one.seconds) == (nights.NOT_ENDED, False, None)
    assert "fetch_imdb" in one.reason
    ledger.end(home, name, "done")
    assert nights.night(home, name).outcome == "done"


def test_a_run_killed_before_its_first_receipt_is_shown(home: Path) -> None:
    (home / "ledger" / "000001-20260101T000000Z").mkdir(parents=True)
    [one] = nights.recent(home)
    assert (one.outcome, one.started_at, one.steps) == (nights.NOT_ENDED, None, ())


def test_a_refusal_stands_until_the_same_step_passes(home: Path) -> None:
    run(home, "refused", gate_pages="refused", publish="done")
    run(home, "done", plan="done", publish="done")
    assert stopped(home) == [1]
    run(home, "done", gate_pages="done")
    assert stopped(home) == []


def test_of_refusals_of_one_step_the_newest_is_told(home: Path) -> None:
    for _ in range(3):
        run(home, "refused", gate_pages="refused")
    assert stopped(home) == [3]


def test_a_killed_run_is_made_up_for_by_any_that_ends_well(home: Path) -> None:
    run(home, "killed", fetch_imdb="done")
    assert stopped(home) == [1]
    run(home, "unchanged", fetch_imdb="unchanged")
    assert stopped(home) == []
