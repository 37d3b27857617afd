"""A person is told of a failure, and once when it is over, over a real connection."""

import json
import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from dags import notification, step
from ingest import settings
from ingest.settings import Settings
from warehouse import ledger
from warehouse.ledger import Outcome

SECRET = "sesam-open-7"
VERDICT = {"gate": "raw", "expectation": "rows_not_lost", "verdict": "refused"}


@pytest.fixture
def heard() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The address of a service that takes JSON, and what it was told."""
    messages: list[dict[str, Any]] = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(500 if "broken" in self.path else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://reader:{SECRET}@127.0.0.1:{server.server_port}", messages
    server.shutdown()
    server.server_close()


@pytest.fixture
def home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: tuple[str, list[dict[str, Any]]]
) -> Path:
    """A home whose settings name the service."""
    here = Settings.model_validate({"home": tmp_path, "notify": [heard[0]]})
    monkeypatch.setattr(settings, "current", lambda: here)
    return tmp_path


def ended(home: Path, outcome: Outcome, reason: str = "", **facts: Any) -> str:
    """A run of one step, over."""
    run = ledger.begin(home, scheduled=False, facts={"feeds": ["imdb"]})
    with ledger.recording(home, run, "gate_imdb") as note:
        note.outcome, note.reason, note.facts = outcome, reason, facts
    ledger.end(home, run, outcome, f"gate_imdb: {reason}")
    return run


def test_a_failure_says_what_why_and_what_readers_see(
    home: Path, heard: tuple[str, list[dict[str, Any]]]
) -> None:
    run = ended(home, "refused", "12 rows are gone", error="GateRefusedError", verdicts=[VERDICT])
    assert notification.after(run) == []
    [message] = heard[1]
    assert message["title"] == f"arthouse: run {run} refused"
    assert message["message"].splitlines() == [
        "gate_imdb refused: 12 rows are gone",
        "What to do: docs/runbooks/rows_lost.md",
        "",
        "Nothing is published yet.",
    ]


def test_a_run_that_went_well_is_no_news_but_after_a_failure_once(
    home: Path, heard: tuple[str, list[dict[str, Any]]]
) -> None:
    assert notification.after(ended(home, "done")) == []
    assert heard[1] == []
    bad = ended(home, "broken", "no space")
    notification.after(ended(home, "held"))
    assert heard[1] == [], "a run on hold neither fails nor mends anything"
    good = ended(home, "unchanged")
    notification.after(good)
    notification.after(ended(home, "done"))
    [message] = heard[1]
    assert (message["title"], message["type"]) == ("arthouse: well again", "success")
    assert f"Run {bad} was broken; run {good} is unchanged." in message["message"]


def test_a_dag_that_is_well_says_nothing_of_another(
    home: Path, heard: tuple[str, list[dict[str, Any]]]
) -> None:
    bad = ledger.begin(home, scheduled=True, facts={"dag": "ingest_imdb"})
    ledger.end(home, bad, "unreadable", "no answer")
    for dag, told in (("build_warehouse", 0), ("ingest_imdb", 1)):
        run = ledger.begin(home, scheduled=True, facts={"dag": dag})
        step.end(run)
        assert len(heard[1]) == told


def context(task: str = "fetch") -> dict[str, Any]:
    instance = SimpleNamespace(dag_id="ingest_imdb", task_id=task)
    return {"ti": instance, "exception": RuntimeError("killed")}


def test_airflow_calls_back_with_the_last_run_of_its_dag(
    home: Path, heard: tuple[str, list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    notification.failed(context())
    run = ledger.begin(home, scheduled=True, facts={"dag": "ingest_imdb"})
    with ledger.recording(home, run, "fetch_imdb") as note:
        note.outcome, note.reason = "unreadable", "no answer"
        note.facts = {"error": "SourceUnavailableError"}
    notification.failed(context())
    monkeypatch.setenv(step.RUN, run)
    notification.failed(context())
    before, known = heard[1]
    assert before["message"] == "fetch: killed"
    assert known["title"] == "arthouse: ingest_imdb failed in fetch"
    assert "fetch_imdb unreadable: no answer" in known["message"]
    assert "docs/runbooks/source_unavailable.md" in known["message"]


@pytest.mark.parametrize("address", [
    "{service}/broken",
    "json://reader:sesam-open-7@127.0.0.1:1",
    "nosuchservice://sesam-open-7",
    "sesam-open-7",
    "mailto://sesam-open-7",
])  # fmt: skip
def test_what_is_not_delivered_is_said_and_no_address_is(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    heard: tuple[str, list[dict[str, Any]]],
    address: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    addresses = [address.format(service=heard[0]), heard[0]]
    here = Settings.model_validate({"home": tmp_path, "notify": addresses})
    monkeypatch.setattr(settings, "current", lambda: here)
    caplog.set_level(logging.DEBUG)
    run = ended(tmp_path, "broken", "no space")
    [problem] = notification.after(run)
    assert problem.startswith("Nobody was told by address 1 of 2 (")
    assert "docs/runbooks/notification_failed.md" in problem
    assert heard[1][-1]["title"] == f"arthouse: run {run} broken", "the other address is tried"
    notification.failed(context())
    out, err = capfd.readouterr()
    kept = "".join(file.read_text("utf-8") for file in tmp_path.rglob("*.json"))
    assert "Nobody was told by address 1" in caplog.text
    assert SECRET not in problem + caplog.text + out + err + kept + repr(here) + str(here)


def test_nobody_is_told_where_nobody_is_named(
    home: Path, heard: tuple[str, list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "current", lambda: Settings(home=home))
    assert notification.after(ended(home, "broken")) == []
    notification.failed(context())
    assert heard[1] == []
