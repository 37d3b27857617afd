"""What every run did, in files that are written once."""

import os
import stat
from pathlib import Path

import pytest

from warehouse import ledger


def test_runs_are_named_in_the_order_they_began(tmp_path: Path) -> None:
    names = [ledger.begin(tmp_path, scheduled=False) for _ in range(12)]
    assert names == ledger.runs(tmp_path)
    assert [name[:6] for name in names[::11]] == ["000001", "000012"]


def test_receipts_are_immutable_and_in_order(tmp_path: Path) -> None:
    run = ledger.begin(tmp_path, scheduled=False)
    for task in ("fetch", "load"):
        with ledger.recording(tmp_path, run, task) as note:
            note.facts = {"task": task}
    ledger.end(tmp_path, run, "done")
    receipts = ledger.read(tmp_path, run)
    assert [one.task for one in receipts] == ["begin", "fetch", "load", "end"]
    assert receipts[2].facts == {"task": "load"}
    modes = {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "ledger" / run).iterdir()}
    assert modes == {0o444}


def test_a_task_and_its_own_retry_write_two_receipts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number is looked for, and another process may take it a moment later."""
    run = ledger.begin(tmp_path, scheduled=True)
    now = ledger.stamp()
    first, second = (ledger.Receipt(run, "load", "done", now, now, one) for one in (1.0, 2.0))
    link = Path.hardlink_to

    def beaten(target: Path, draft: Path) -> None:
        monkeypatch.setattr(Path, "hardlink_to", link)
        monkeypatch.setattr(os, "getpid", lambda: 1)
        ledger.write(tmp_path, second)
        link(target, draft)

    monkeypatch.setattr(Path, "hardlink_to", beaten)
    ledger.write(tmp_path, first)
    assert [one.seconds for one in ledger.read(tmp_path, run)] == [0.0, 2.0, 1.0]


def test_a_task_that_raises_leaves_a_receipt_that_says_broken(tmp_path: Path) -> None:
    run = ledger.begin(tmp_path, scheduled=False)
    with pytest.raises(ZeroDivisionError), ledger.recording(tmp_path, run, "load"):
        raise ZeroDivisionError
    assert ledger.read(tmp_path, run)[-1].outcome == "broken"


def test_a_run_ends_once(tmp_path: Path) -> None:
    run = ledger.begin(tmp_path, scheduled=False)
    ledger.end(tmp_path, run, "refused", "too short")
    ledger.end(tmp_path, run, "done")
    assert [one.outcome for one in ledger.read(tmp_path, run)] == ["done", "refused"]


def test_killed_runs_are_closed_by_the_next_but_live_scheduled_ones_are_not(
    tmp_path: Path,
) -> None:
    killed = ledger.begin(tmp_path, scheduled=False)
    scheduled = ledger.begin(tmp_path, scheduled=True)
    assert ledger.close_dead(tmp_path) == [killed]
    assert ledger.read(tmp_path, killed)[-1].outcome == "killed"
    assert not ledger.is_ended(tmp_path, scheduled)


def test_a_receipt_cut_short_by_a_kill_is_not_read(tmp_path: Path) -> None:
    run = ledger.begin(tmp_path, scheduled=False)
    (tmp_path / "ledger" / run / ".01-load.json.99").write_text('{"run"', "utf-8")
    assert [one.task for one in ledger.read(tmp_path, run)] == ["begin"]
    ledger.close_dead(tmp_path)
    assert [one.task for one in ledger.read(tmp_path, run)] == ["begin", "end"]
    assert not list((tmp_path / "ledger" / run).glob(".*"))
