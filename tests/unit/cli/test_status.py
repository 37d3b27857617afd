"""`arthouse status` in one number: what a monitor is told."""

import io
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from cli import status
from tests.faults import small_home
from warehouse import ledger, release
from warehouse.ledger import Outcome, Receipt


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home.make(tmp_path_factory.mktemp("status") / "data").home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A home after two nights that went well."""
    return Path(shutil.copytree(made, tmp_path / "data", symlinks=True))


def ended(home: Path, outcome: Outcome, dag: str | None = None) -> str:
    facts: dict[str, object] = {"dag": dag} if dag else {"feeds": ["imdb"]}
    run = ledger.begin(home, scheduled=dag is not None, facts=facts)
    ledger.end(home, run, outcome, "for a reason")
    return run


def begun(home: Path, *, process: int, scheduled: bool = False, hours_ago: float = 0) -> str:
    run = f"{len(ledger.runs(home)) + 1:06d}-20261122T043000Z"
    (home / "ledger" / run).mkdir(parents=True)
    at = (datetime.now(UTC) - timedelta(hours=hours_ago)).isoformat().replace("+00:00", "Z")
    facts = {
        "scheduled": scheduled,
        "process": process,
        "dag": "ingest_imdb" if scheduled else None,
    }
    ledger.write(home, Receipt(run, "begin", "done", at, at, 0.0, facts=facts))
    return run


def gone() -> int:
    """The number of a process that has ended."""
    child = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(child, 0)
    return child


def words(found: status.Status) -> str:
    out = io.StringIO()
    status.show(found, Console(file=out, width=200))
    return out.getvalue()


def test_before_the_first_run_nothing_has_failed(tmp_path: Path) -> None:
    found = status.look(tmp_path, 10)
    assert (found.exit_code, found.release, found.runs) == (0, None, [])
    assert "Nothing is published yet" in words(found)
    assert status.look(tmp_path, 10, 24).exit_code == status.STALE


def test_two_good_nights_are_well(home: Path) -> None:
    found = status.look(home, 10, 24)
    assert (found.exit_code, found.problems) == (0, [])
    assert [one.state for one in found.runs] == ["done", "done"]
    assert found.release
    assert found.release.run == release.current(home)
    assert len(status.look(home, 1).runs) == 1


@pytest.mark.parametrize(
    ("outcome", "code", "page"),
    [
        ("refused", 1, "gate_refused"),
        ("unreadable", 3, "source_unavailable"),
        ("broken", 4, "broken"),
        ("killed", 4, "run_killed"),
        ("held", 0, None),
        ("unchanged", 0, None),
    ],
)
def test_the_last_run_says_how_it_is(
    home: Path, outcome: Outcome, code: int, page: str | None
) -> None:
    run = ended(home, outcome)
    found = status.look(home, 10)
    assert found.exit_code == code
    assert [one.runbook for one in found.problems] == ([f"docs/runbooks/{page}.md"] if page else [])
    assert bool(code) == (f"Not well: run {run}, was {outcome}: for a reason" in words(found))
    ended(home, "done")
    assert status.look(home, 10).exit_code == 0


def test_a_run_at_work_is_no_failure_and_hides_none(home: Path) -> None:
    begun(home, process=os.getpid())
    begun(home, process=0, scheduled=True)
    found = status.look(home, 10)
    assert [one.state for one in found.runs[-2:]] == ["running", "running"]
    assert found.exit_code == 0


@pytest.mark.parametrize("scheduled", [True, False])
def test_a_run_whose_process_is_gone_is_killed(home: Path, scheduled: bool) -> None:
    begun(home, process=gone(), scheduled=scheduled, hours_ago=7)
    found = status.look(home, 10)
    assert (found.exit_code, found.runs[-1].state) == (4, "killed")
    assert "docs/runbooks/run_killed.md" in words(found)


def test_one_dag_that_is_well_hides_no_other(home: Path) -> None:
    ended(home, "unreadable", "ingest_imdb")
    ended(home, "done", "build_warehouse")
    found = status.look(home, 10)
    assert found.exit_code == 3
    assert "ingest_imdb, run" in found.problems[0].words
    ended(home, "done", "ingest_imdb")
    assert status.look(home, 10).exit_code == 0
    ended(home, "unreadable", "ingest_imdb")
    ended(home, "done")
    assert status.look(home, 10).exit_code == 0, "a command's night came after all of them"


def test_an_old_release_is_told_where_an_age_is_allowed(home: Path) -> None:
    assert status.look(home, 10, 0.0).exit_code == status.STALE
    assert "allowed are 0 hours" in words(status.look(home, 10, 0.0))
    ended(home, "broken")
    assert status.look(home, 10, 0.0).exit_code == 4, "a failure goes before an age"


def spoil_link(home: Path) -> None:
    (home / release.LINK).unlink()


def spoil_file(home: Path) -> None:
    (home / release.LINK).resolve().unlink()


def cut_file(home: Path) -> None:
    file = (home / release.LINK).resolve()
    file.chmod(0o644)
    os.truncate(file, file.stat().st_size - 1)


def spoil_manifest(home: Path) -> None:
    file = (home / release.LINK).resolve().with_suffix(".json")
    file.chmod(0o644)
    file.write_text("{}", "utf-8")


@pytest.mark.parametrize("spoil", [spoil_link, spoil_file, cut_file, spoil_manifest])
def test_what_leads_readers_nowhere_is_told(home: Path, spoil: object) -> None:
    assert callable(spoil)
    spoil(home)
    found = status.look(home, 10)
    assert found.exit_code == 4
    assert "docs/runbooks/rot.md" in words(found)
