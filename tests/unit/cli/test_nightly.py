"""A run of the command, whose steps are stand-ins: how it ends, and who is told."""

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from cli import airflow_process, main, nightly, report
from ingest import settings
from ingest.errors import RotError
from ingest.settings import Settings
from warehouse import build, ledger
from warehouse.connect import NotPublishedError
from warehouse.lock import LockedError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that name a service which does not answer; the steps run out of space."""
    address = "json://reader:sesam-open-7@127.0.0.1:1"
    made = Settings.model_validate({"home": tmp_path / "data", "notify": [address]})

    def fail(dag: str, _: dict[str, object]) -> None:
        with ledger.recording(made.home, ledger.runs(made.home)[-1], dag) as note:
            note.outcome, note.reason = "broken", "No space left on device"

    monkeypatch.setattr(settings, "current", lambda: made)
    monkeypatch.setattr(airflow_process, "prepare", lambda _: None)
    monkeypatch.setattr(airflow_process, "run", fail)
    return made


def test_what_a_dead_run_left_is_gone_before_the_next_one_begins(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = build.folder(here.home, ledger.begin(here.home, scheduled=False))
    dead.mkdir(parents=True)
    begin = ledger.begin

    def begun(home: Path, **facts: Any) -> str:
        assert not dead.exists(), "its leftovers may fill the disk that a receipt needs"
        return begin(home, **facts)

    monkeypatch.setattr(ledger, "begin", begun)
    assert nightly.build(here, None, publish=True).outcome == "broken"


def test_another_error_of_the_system_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise PermissionError(13, "Permission denied", "/data")

    monkeypatch.setattr(main, "app", fail)
    with pytest.raises(PermissionError):
        main.main()


def test_a_run_ends_with_its_page_and_says_that_nobody_was_told(
    here: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    ended = nightly.build(here, None, publish=True)
    assert (ended.outcome, ended.exit_code) == ("broken", 4)
    out = io.StringIO()
    report.print_run(here.home, ended, Console(file=out, width=200))
    assert "What to do: docs/runbooks/disk_full.md" in out.getvalue()
    _, told = capfd.readouterr()
    assert "Nobody was told by address 1 of 1 (json)" in told
    assert "sesam" not in told + out.getvalue()


@pytest.mark.parametrize(
    ("error", "code", "page"),
    [
        (RotError("lake/x.parquet", "it is gone", "Put it back"), 4, "rot"),
        (LockedError("run.lock is held"), 5, "run_locked"),
        (NotPublishedError("nothing is published"), 2, "not_published"),
        (OSError(28, "No space left on device", "/data/ledger/x"), 4, "disk_full"),
    ],
)
def test_an_expected_error_is_its_words_and_its_page(
    error: Exception,
    code: int,
    page: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(main, "app", fail)
    with pytest.raises(SystemExit) as left:
        main.main()
    assert left.value.code == code
    _, told = capfd.readouterr()
    assert told.splitlines() == [str(error), f"What to do: docs/runbooks/{page}.md"]
