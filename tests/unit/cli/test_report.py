"""What a run tells the person who started it."""

import io
from pathlib import Path

from rich.console import Console

from cli import report
from cli.nightly import Ended
from warehouse import ledger


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
