"""The gates: Great Expectations' verdicts, kept with the run and turned into pass or stop."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from expectations.case import Engine
from expectations.run import judge_candidate as judge_marts
from expectations.run import judge_incoming as judge_feed
from expectations.suite import Report
from ingest import document, lake
from ingest.settings import Settings
from warehouse import build, release


class GateError(Exception):
    """A gate did not pass. `verdicts` are rows of `ops.gate_results`."""

    def __init__(self, reason: str, verdicts: list[dict[str, Any]]) -> None:
        super().__init__(reason, verdicts)
        self.verdicts = verdicts

    def __str__(self) -> str:
        return str(self.args[0])


class GateRefusedError(GateError):
    """What was judged is not fit: a person looks at the data."""


class GateBrokenError(GateError):
    """The gate itself crashed: nothing is said about the data."""


def judge_incoming(settings: Settings, run: str, feed: str) -> dict[str, Any]:
    """Judge what a run loaded before it is committed.

    Raises:
        GateRefusedError, GateBrokenError: with the verdicts.
    """
    draft = lake.incoming(settings.home, feed, run)
    # What it was compared with, which is not the newest after a sample or a discard.
    name = lake.read_receipt(draft)["previous"]
    previous = next((one for one in lake.snapshots(settings.home, feed) if one.name == name), None)
    budget = lake.reject_budget(feed)
    report = judge_feed(
        feed,
        draft,
        previous.path if previous and previous.is_whole() else None,
        draft,
        reject_budget=settings.reject_budget if budget is None else budget,
        engine=_engine(settings),
    )
    return _facts(report, f"the raw gate of {feed}")


def judge_candidate(settings: Settings, run: str) -> dict[str, Any]:
    """Judge what a run would publish, against the release it would replace.

    Raises:
        GateRefusedError, GateBrokenError: with the verdicts.
    """
    home = settings.home
    folder = build.folder(home, run)
    baseline = None
    profile = _baseline(home, build.read_plan(home, run))
    if profile:
        baseline = folder / "baseline.json"
        document.note(baseline, profile)
    report = judge_marts(build.candidate(home, run), baseline, folder, engine=_engine(settings))
    document.note(_profile(home, run), report.profile)
    return _facts(report, "the candidate gate")


def _baseline(home: Path, made: build.Plan) -> dict[str, Any] | None:
    """The profile of the parent release, if this candidate is a later night of the same data.

    A look at the past is smaller on purpose, and so may be what follows a discarded snapshot.
    """
    if made.parent is None or made.as_of is not None:
        return None
    parent = release.manifest(home, made.parent)
    in_use = {
        feed: {one.name for one in lake.snapshots(home, feed)}
        for feed in (*parent.pins, *made.pins)
    }
    is_earlier = all(name in in_use[feed] for feed, name in parent.pins.items())
    return parent.profile if is_earlier else None


def read_profile(home: Path, run: str) -> dict[str, Any]:
    """What the candidate gate measured."""
    return dict(json.loads(_profile(home, run).read_text("utf-8")))


def _profile(home: Path, run: str) -> Path:
    return build.folder(home, run) / "profile.json"


def _engine(settings: Settings) -> Engine:
    return Engine(settings.memory_limit, settings.threads)


def _facts(report: Report, gate: str) -> dict[str, Any]:
    verdicts = [asdict(verdict) for verdict in report.verdicts]
    if report.outcome == "passed":
        return {"verdicts": verdicts}
    stops = [v for v in report.verdicts if v.verdict in ("refused", "broken")]
    words = "; ".join(
        f"{v.table_name}.{v.column_name or '*'}: {v.expectation}: expected {v.expected}, "
        f"observed {v.observed}" + (f", such as {v.sample}" if v.sample else "")
        for v in stops[:5]
    )
    more = f" (and {len(stops) - 5} more)" if len(stops) > 5 else ""
    error = GateRefusedError if report.outcome == "refused" else GateBrokenError
    raise error(f"{gate} {report.outcome}: {words}{more}", verdicts)
