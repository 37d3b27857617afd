"""The two gates: what arrived, and what would be published.

Both run in a child process of their task: importing Great Expectations takes seconds, and a
crash or a memory limit stays there. What they take and return can be pickled.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from expectations import candidate as candidates
from expectations import incoming as arrivals
from expectations.case import Case, Engine, opened, workbench
from expectations.judge import Database, Judge, with_sample
from expectations.limits import CandidateLimits, RawLimits
from expectations.suite import Outcome, Report, Severity, Verdict

RAW = "raw"
CANDIDATE = "candidate"
SHAPE = "%Y-%m-%dT%H:%M:%SZ"


def judge_incoming(
    feed: str,
    incoming: Path,
    previous: Path | None,
    scratch: Path,
    *,
    reject_budget: float | None = None,
    limits: RawLimits | None = None,
    engine: Engine | None = None,
    now: datetime | None = None,
) -> Report:
    """Judge an incoming snapshot against its receipt and, if there is one, the previous snapshot.

    Args:
        feed: its name in the catalogue.
        incoming: the folder with its tables, their rejects and the receipt.
        previous: the folder of the newest committed snapshot; None on a feed's first night.
        scratch: where the gate may put a folder of its own, gone when it ends.
        reject_budget: the feed's share of lines that may be rejected, 0-1.
        limits: thresholds, where they are not the usual ones.
        engine: what DuckDB may use.
        now: the instant of judgement, UTC.

    Raises:
        KeyError: no suites are written for the feed.
    """
    engine, limits, now = engine or Engine(), limits or RawLimits(), now or datetime.now(UTC)
    if reject_budget is not None:
        limits = replace(limits, reject_budget=reject_budget)
    with workbench(scratch) as folder:
        own = Database(folder / "gate.duckdb", engine)
        try:
            case = arrivals.prepare(
                feed, incoming, previous, own.file, year=now.year, limits=limits, engine=engine
            )
        except (OSError, ValueError, duckdb.Error) as error:
            return _unreadable(RAW, feed, error, now)
        databases = dict.fromkeys(("incoming", "measures", "elements"), own)
        with Judge(RAW, databases, f"{now:{SHAPE}}") as judge:
            verdicts = _judge(judge, case)
        with opened(own.file, engine, read_only=True) as session:
            return _report(case, verdicts, session)


def judge_candidate(
    candidate: Path,
    baseline: Path | None,
    scratch: Path,
    *,
    limits: CandidateLimits | None = None,
    engine: Engine | None = None,
    now: datetime | None = None,
) -> Report:
    """Judge the marts that would be published against the last release.

    Args:
        candidate: the DuckDB file, which nobody writes to now; it is opened read-only.
        baseline: `Report.profile` of the last release as a JSON file; None for the first release.
        scratch: where the gate may put a folder of its own, gone when it ends.
        limits: thresholds, where they are not the usual ones.
        engine: what DuckDB may use.
        now: the instant of judgement, UTC.
    """
    engine, limits, now = engine or Engine(), limits or CandidateLimits(), now or datetime.now(UTC)
    with workbench(scratch) as folder:
        own = Database(folder / "gate.duckdb", engine)
        try:
            case = candidates.prepare(
                candidate, baseline, own.file, now=now, limits=limits, engine=engine
            )
        except (OSError, ValueError, duckdb.Error) as error:
            return _unreadable(CANDIDATE, candidate.name, error, now)
        marts = Database(candidate, engine)
        databases = {"measures": own, "elements": own, "marts": marts}
        with Judge(CANDIDATE, databases, f"{now:{SHAPE}}") as judge:
            verdicts = _judge(judge, case)
        with opened(own.file, engine, read_only=True, candidate=candidate) as session:
            return _report(case, verdicts, session)


def _judge(judge: Judge, case: Case) -> list[Verdict]:
    """Verdicts on all expectations, in the order of the suites."""
    verdicts: list[Verdict] = []
    for suite in case.suites:
        failure = case.failures.get(suite.subject.table_name)
        verdicts += judge.broken(suite, failure) if failure else judge.judge(suite)
    return verdicts


def _report(case: Case, verdicts: list[Verdict], session: duckdb.DuckDBPyConnection) -> Report:
    expectations = [one for suite in case.suites for one in suite.expectations]
    sampled = [
        with_sample(verdict, expectation, session)
        for verdict, expectation in zip(verdicts, expectations, strict=True)
    ]
    tables = {name: one.to_json() for name, one in case.profiles.items()}
    return Report(sampled, {"tables": tables})


def _unreadable(gate: str, subject: str, error: Exception, now: datetime) -> Report:
    """The report of a gate that had nothing it could look at."""
    verdict = Verdict(
        gate=gate,
        suite=f"{gate}.{subject}",
        table_name="",
        column_name=None,
        expectation="readable",
        severity=Severity.REFUSE,
        verdict=Outcome.BROKEN,
        expected="files that this gate can read",
        observed=str(error),
        sample=None,
        judged_at=f"{now:{SHAPE}}",
    )
    return Report([verdict], {"tables": {}})
