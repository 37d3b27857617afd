"""The quality page: runs that failed, checks, and what was taken in."""

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.reader import Release
from tests.integration.dashboards.altered import emptied
from tests.integration.dashboards.shown import Opened, words
from warehouse import connect, ledger

HOSTILE = "<img src=x onerror=alert(1)> [link](javascript:alert(1))"


@pytest.fixture
def home(published: Path, tmp_path: Path) -> Path:
    """A home with the published release, and a copy of its ledger to write to."""
    shutil.copytree(published / "ledger", tmp_path / "ledger")
    (tmp_path / "warehouse.duckdb").symlink_to(connect.published(published))
    return tmp_path


@pytest.fixture
def shown(opened: Opened, home: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    def run(**parameters: str) -> AppTest:
        monkeypatch.setenv("ARTHOUSE_HOME", str(home))
        return opened("quality", **parameters)

    return run


def refuse(home: Path, verdict: str, outcome: ledger.Outcome) -> str:
    """A run that a gate stopped."""
    run = ledger.begin(home, scheduled=False, facts={"feeds": ["pages"]})
    found = {
        "gate": "raw",
        "suite": "raw.pages.reviews",
        "table_name": "reviews",
        "column_name": "review_date",
        "expectation": "values_in_range",
        "severity": "refuse",
        "verdict": verdict,
        "expected": "1990-01-01 to 2026-12-31",
        "observed": "10 of 40",
        "sample": HOSTILE,
    }
    now = ledger.stamp()
    facts = {"verdicts": [found, found | {"verdict": "passed", "expectation": "not_empty"}]}
    reason = f"values_in_range: {HOSTILE}"
    ledger.write(
        home, ledger.Receipt(run, "gate_pages", outcome, now, now, 2.0, reason, facts=facts)
    )
    ledger.end(home, run, outcome, reason)
    return run


def test_the_night_that_made_the_release_is_listed_with_its_steps(shown: Opened) -> None:
    app = shown()
    assert not app.exception
    assert "shown here" in words(app)
    assert "gate_candidate" in words(app)
    assert "What to do" not in words(app)


def test_a_refused_night_is_on_top_with_its_reason_and_what_to_do(
    shown: Opened, home: Path
) -> None:
    refuse(home, "refused", "refused")
    text = words(shown())
    assert "was stopped: refused" in text
    assert text.index("was stopped") < text.index("shown here")
    assert "<code>arthouse run</code>" in text
    assert "values_in_range" in text


def test_a_broken_gate_is_told_apart_from_a_refusal(shown: Opened, home: Path) -> None:
    refuse(home, "broken", "broken")
    text = words(shown())
    assert "was stopped: broken" in text
    assert "says nothing about the data" in text
    assert '<span class="bad">broken</span>' in text


def test_a_killed_night_and_one_under_way_are_shown(shown: Opened, home: Path) -> None:
    killed = ledger.begin(home, scheduled=False)
    ledger.end(home, killed, "killed", "ended without a word")
    ledger.begin(home, scheduled=True, facts={"dag": "ingest_imdb"})
    text = words(shown())
    assert "was stopped: killed" in text
    assert "not ended" in text
    assert "Ingest imdb" in text


def test_what_is_quoted_from_a_feed_is_only_text(shown: Opened, home: Path) -> None:
    refuse(home, "refused", "refused")
    app = shown()
    assert "<img" not in words(app)
    assert "&lt;img" in words(app)
    assert not [one for one in app.markdown if HOSTILE in one.value]


def test_checks_are_narrowed_to_what_did_not_pass(shown: Opened, home: Path) -> None:
    run = refuse(home, "refused", "refused")
    assert "1 of 2 checks" in words(shown(run=run))
    assert "2 of 2 checks" in words(shown(run=run, checks="All"))


@pytest.mark.parametrize("bad", [{"run": "../../etc"}, {"checks": "?"}, {"judged": "<b>"}])
def test_a_bad_address_shows_the_page(shown: Opened, bad: dict[str, str]) -> None:
    app = shown(**bad)
    assert not app.exception
    assert "shown here" in words(app)


def test_without_a_release_the_runs_are_shown(shown: Opened, home: Path) -> None:
    (home / "warehouse.duckdb").unlink()
    refuse(home, "refused", "refused")
    text = words(shown())
    assert "Nothing is published yet" in text
    assert "was stopped: refused" in text


def test_without_a_ledger_the_release_is_shown(shown: Opened, home: Path) -> None:
    shutil.rmtree(home / "ledger")
    app = shown()
    assert not app.exception
    assert "No run yet" in words(app)
    assert "Received" in words(app)


def test_a_thousand_nights_are_not_read(
    shown: Opened, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(100, 1100):
        (home / "ledger" / f"{number:06d}-20260101T000000Z").mkdir()
    read = list[str]()

    def note(_: Path, run: str) -> list[ledger.Receipt]:
        read.append(run)
        return []

    monkeypatch.setattr(ledger, "read", note)
    app = shown()
    assert not app.exception
    assert len(set(read)) < 200


@pytest.mark.parametrize("url_path", ["quality", "tables", "sql"])
def test_a_release_without_rows_is_shown(
    opened: Opened,
    published: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    url_path: str,
) -> None:
    monkeypatch.setenv("ARTHOUSE_HOME", str(emptied(published, tmp_path)))
    app = opened(url_path, table="marts.dim_titles")
    assert not app.exception
    assert "problem" not in words(app)


def test_each_file_adds_up(release: Release) -> None:
    loads = release.rows("quality/loads")
    assert loads
    assert all(row["is_reconciled"] for row in loads)
    for row in loads:
        assert row["received_count"] == row["loaded_count"] + row["rejected_count"]


def test_rejects_of_one_reason_are_one_row_and_none_is_lost(release: Release) -> None:
    reasons = release.rows("quality/rejects")
    [(all_rejects,)] = (
        release.cursor().execute("select sum(reject_count) from ops.rejects").fetchall()
    )
    assert sum(row["reject_count"] for row in reasons) == all_rejects == reasons[0]["total_count"]
    assert not [row["reason"] for row in reasons if re.search(r"line \d", row["reason"])]
    keys = [(row["feed"], row["table_name"], row["column_name"], row["reason"]) for row in reasons]
    assert len(set(keys)) == len(keys)


def test_matches_by_source_and_by_method_are_the_same_records(release: Release) -> None:
    sources = release.rows("quality/matches")
    methods = release.rows("quality/match_methods")
    for row in sources:
        assert row["record_count"] == (
            row["matched_count"] + row["ambiguous_count"] + row["unmatched_count"]
        )
    assert sum(row["record_count"] for row in sources) == sum(
        row["record_count"] for row in methods
    )
