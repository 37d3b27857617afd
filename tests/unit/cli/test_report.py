"""What a run tells the person who started it."""

import io
from pathlib import Path

from rich.console import Console

from cli import report
from cli.nightly import Ended
from tests.faults import small_home
from warehouse import ledger, release


def told(home: Path, facts: dict[str, dict[str, object]]) -> str:
    """The report of a run whose tasks had those facts, as one line."""
    run = ledger.begin(home, scheduled=False)
    for task, known in facts.items():
        with ledger.recording(home, run, task) as note:
            note.facts = known
    ledger.end(home, run, "done")
    out = io.StringIO()
    report.print_run(home, Ended(run, "done", ""), Console(file=out, width=200))
    return " ".join(out.getvalue().split())


def test_what_was_not_taken_as_it_stands_is_told(tmp_path: Path) -> None:
    words = told(
        tmp_path,
        {
            "fetch_pages": {"left_alone": ["a.pdf", *(f"{n}.doc" for n in range(6))]},
            "load_budgets": {"tables": {}, "warnings": ["films without a usable tmdb_id: 3"]},
        },
    )
    assert "Worth knowing" in words
    assert "a.pdf, 0.doc, 1.doc, 2.doc, 3.doc and 2 more" in words
    assert "budgets │ films without a usable tmdb_id: 3" in words


def test_nothing_worth_knowing_is_no_table(tmp_path: Path) -> None:
    assert "Worth knowing" not in told(tmp_path, {"load_budgets": {"tables": {}, "warnings": []}})


def test_a_release_whose_manifest_is_damaged_is_listed_as_such(tmp_path: Path) -> None:
    home = small_home.make(tmp_path / "data").home
    first, second = release.releases(home)
    manifest = release.path(home, first).with_suffix(".json")
    manifest.chmod(0o644)
    manifest.write_text("{}", "utf-8")
    out = io.StringIO()
    report.print_releases(home, Console(file=out, width=200))
    rows = [" ".join(line.split()) for line in out.getvalue().splitlines() if "000" in line]
    assert f"{first} │ no │ damaged: `arthouse verify`" in rows[0]
    assert f"{second} │ yes │ 20" in rows[1]


def test_a_failed_run_ends_with_its_page(tmp_path: Path) -> None:
    run = ledger.begin(tmp_path, scheduled=False)
    with ledger.recording(tmp_path, run, "fetch_imdb") as note:
        note.outcome, note.reason = "unreadable", "no answer"
        note.facts = {"error": "SourceUnavailableError"}
    ledger.end(tmp_path, run, "unreadable", "fetch_imdb: no answer")
    out = io.StringIO()
    ended = Ended(run, "unreadable", "fetch_imdb: no answer")
    report.print_run(tmp_path, ended, Console(file=out, width=200))
    assert "What to do: docs/runbooks/source_unavailable.md" in out.getvalue()
