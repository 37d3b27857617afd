"""The two gates: what arrived, and what would be published.

Both run in a child process of their task: importing Great Expectations takes seconds, and a
crash or a memory limit stays there. What they take and return can be pickled.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from expectations import candidate as candidates
from expectations import incoming as arrivals
from expectations.case import Case, Engine, fresh, opened
from expectations.judge import Database, Judge, with_sample
from expectations.limits import CandidateLimits, RawLimits
from expectations.suite import Outcome, Severity, Suite, Verdict

RAW = "raw"
CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class Report:
    """What a gate found; `profile` can be stored as JSON and be the next gate's baseline."""

    verdicts: list[Verdict]
    profile: dict[str, Any]

    @property
    def outcome(self) -> Outcome:
        """Broken before refused: a gate that could not look everywhere has not judged."""
        found = {verdict.verdict for verdict in self.verdicts}
        graver = (one for one in (Outcome.BROKEN, Outcome.REFUSED) if one in found)
        return next(graver, Outcome.PASSED)


def judge_incoming(
    feed: str,
    incoming: Path,
    previous: Path | None,
    scratch: Path,
    *,
    judged_at: datetime,
    limits: RawLimits | None = None,
    engine: Engine | None = None,
) -> Report:
    """Judge an incoming snapshot against its receipt and, if there is one, the previous snapshot.

    Args:
        feed: its name in the catalogue.
        incoming: the folder with its tables, their rejects and the receipt.
        previous: the folder of the newest committed snapshot; None on a feed's first night.
        scratch: where the gate may put a database of its own.
        judged_at: now, UTC.
        limits: thresholds, where they are not the usual ones.
        engine: what DuckDB may use.
    """
    engine, limits = engine or Engine(), limits or RawLimits()
    database = fresh(scratch / "raw_gate.duckdb")
    try:
        case = arrivals.prepare(
            feed, incoming, previous, database, year=judged_at.year, limits=limits, engine=engine
        )
    except (OSError, ValueError, duckdb.Error) as error:
        return _broken(RAW, feed, error, judged_at)
    own = Database(database, engine.url_query)
    databases = dict.fromkeys(("incoming", "measures", "elements"), own)
    verdicts = _judge(Judge(RAW, databases, judged_at), case)
    with opened(database, engine, read_only=True) as session:
        return _report(case, verdicts, session)


def judge_candidate(
    candidate: Path,
    baseline: Path | None,
    scratch: Path,
    *,
    judged_at: datetime,
    limits: CandidateLimits | None = None,
    engine: Engine | None = None,
) -> Report:
    """Judge the marts that would be published against the last release.

    Args:
        candidate: the DuckDB file, which nobody writes to now; it is opened read-only.
        baseline: `Report.profile` of the last release as a JSON file; None for the first release.
        scratch: where the gate may put a database of its own.
        judged_at: now, UTC.
        limits: thresholds, where they are not the usual ones.
        engine: what DuckDB may use.
    """
    engine, limits = engine or Engine(), limits or CandidateLimits()
    database = fresh(scratch / "candidate_gate.duckdb")
    try:
        case = candidates.prepare(
            candidate, baseline, database, judged_at=judged_at, limits=limits, engine=engine
        )
    except (OSError, ValueError, duckdb.Error) as error:
        return _broken(CANDIDATE, candidate.name, error, judged_at)
    own = Database(database, engine.url_query)
    databases = {
        "measures": own,
        "elements": own,
        "marts": Database(candidate, engine.url_query),
    }
    verdicts = _judge(Judge(CANDIDATE, databases, judged_at), case)
    with opened(database, engine, read_only=True, candidate=candidate) as session:
        return _report(case, verdicts, session)


def _judge(judge: Judge, case: Case) -> list[tuple[Suite, list[Verdict]]]:
    return [
        (
            suite,
            judge.broken(suite, case.failures[suite.subject.table_name])
            if suite.subject.table_name in case.failures
            else judge.judge(suite),
        )
        for suite in case.suites
    ]


def _report(
    case: Case,
    judged: list[tuple[Suite, list[Verdict]]],
    session: duckdb.DuckDBPyConnection,
) -> Report:
    verdicts = [
        with_sample(verdict, expectation, session)
        for suite, of_suite in judged
        for verdict, expectation in zip(of_suite, suite.expectations, strict=True)
    ]
    tables: Mapping[str, Any] = {name: one.to_json() for name, one in case.profiles.items()}
    return Report(verdicts, {"tables": tables})


def _broken(gate: str, subject: str, error: Exception, judged_at: datetime) -> Report:
    """The report of a gate that had nothing to look at."""
    verdict = Verdict(
        gate=gate,
        suite=f"{gate}.{subject}",
        table_name="",
        column_name=None,
        expectation="readable",
        severity=Severity.REFUSE,
        verdict=Outcome.BROKEN,
        expected="files this gate can read",
        observed=str(error),
        sample=None,
        judged_at=judged_at,
    )
    return Report([verdict], {"tables": {}})
