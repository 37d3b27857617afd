"""Spoilt copies of the sample, for its gates to judge: the candidate, and what each feed loaded."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from expectations import candidate, incoming
from expectations.case import Case, Engine
from expectations.limits import CandidateLimits, RawLimits
from expectations.run import judge_candidate, judge_incoming
from expectations.suite import Expectation, Outcome, Report
from ingest import lake
from tests.faults import planted_expectations as planted
from tests.faults.gates import Gated
from tests.faults.planted_expectations import Fault
from tests.faults.proofs import Proof, columns, count, literal

Judge = Callable[[Sequence[Fault]], Report]
RECEIPT = "receipt.json"
# A mart that is empty after a first night would have nothing to lose.
FEWEST_ROWS = 20


def candidate_proofs(gated: Gated, folder: Path) -> Iterator[Proof]:
    """Each expectation of the candidate's suites, on copies of what dbt built."""
    good = folder / "good.duckdb"
    _plain(gated.build / "candidate.duckdb", good)
    now = _after_the_night(good)
    first = judge_candidate(good, None, folder, now=now)
    baseline = folder / "baseline.json"
    baseline.write_text(json.dumps(first.profile), "utf-8")

    def judge(faults: Sequence[Fault]) -> Report:
        spoilt = Path(shutil.copy(good, folder / "spoilt.duckdb"))
        with duckdb.connect(spoilt) as session:
            planted.plant(session, _with_counts(faults))
        return judge_candidate(spoilt, baseline, folder, now=now)

    made = gated.build / "candidate.duckdb"  # whose constraints say which columns may be null
    case = candidate.prepare(
        made, baseline, folder / "case.duckdb", now=now, limits=CandidateLimits(), engine=Engine()
    )
    with duckdb.connect(good, read_only=True) as session:
        found = list(planted.faults(session, _expectations(case), "candidate"))
    yield from _proofs(found, judge, "candidate")


def raw_proofs(gated: Gated, feed: str, folder: Path) -> Iterator[Proof]:
    """Each expectation of a feed's suites, on copies of what it loaded."""
    newest = lake.newest(gated.home, feed)
    assert newest is not None
    draft, budget = folder / "draft", lake.reject_budget(feed)
    limits = RawLimits() if budget is None else RawLimits(reject_budget=budget)

    def judge(faults: Sequence[Fault]) -> Report:
        shutil.rmtree(draft, ignore_errors=True)
        _load(newest.path, draft, faults)
        return judge_incoming(feed, draft, newest.path, folder, limits=limits, now=newest.at)

    judge([])
    case = incoming.prepare(
        feed, draft, newest.path, folder / "case.duckdb", year=newest.at.year, limits=limits,
        engine=Engine(),
    )  # fmt: skip
    with _tables(newest.path) as session:
        found = list(planted.faults(session, _expectations(case), "raw"))
    yield from _proofs(found, judge, f"raw {feed}")


def _proofs(found: Sequence[Fault | Proof], judge: Judge, gate: str) -> Iterator[Proof]:
    """What is said of a copy that is not spoilt, and of each round's faults by their own suites."""
    before = planted.verdicts(judge([]))
    for check, verdict in before.items():
        if verdict not in (Outcome.PASSED, Outcome.REPORTED):
            yield planted.proof(check, gate, "", f"it was {verdict} without a fault")
    yield from (one for one in found if isinstance(one, Proof))
    for faults in planted.rounds(one for one in found if isinstance(one, Fault)).values():
        with _only({one.check for one in faults}):
            after = planted.verdicts(judge(faults))
        yield from planted.judged(faults, before, after, gate)


@contextmanager
def _only(checks: set[planted.Check]) -> Iterator[None]:
    """Let the gates judge no expectation but these: a hundredth of a second each, in ten rounds."""
    with pytest.MonkeyPatch.context() as patched:
        for module in (candidate, incoming):
            patched.setattr(module, "prepare", _choosing(module.prepare, checks))
        yield


def _choosing(prepare: Callable[..., Case], checks: set[planted.Check]) -> Callable[..., Case]:
    def chosen(*arguments: object, **named: object) -> Case:
        case = prepare(*arguments, **named)
        kept = [
            replace(
                one,
                expectations=tuple(e for e in one.expectations if planted.check_of(e) in checks),
            )
            for one in case.suites
        ]
        return replace(case, suites=kept)

    return chosen


def _expectations(case: Case) -> list[Expectation]:
    return [one for suite in case.suites for one in suite.expectations]


def _plain(made: Path, plain: Path) -> None:
    """A candidate without constraints, and with rows in every mart."""
    with duckdb.connect(plain) as session:
        session.execute(f"attach '{made}' as made (read_only)")
        tables = session.execute(
            "select schema_name, table_name, estimated_size from duckdb_tables() "
            "where database_name = 'made'"
        ).fetchall()
        for schema in {schema for schema, _, _ in tables}:
            session.execute(f"create schema {schema}")
        for schema, table, rows in tables:
            name = f"{schema}.{table}"
            session.execute(f"create table {name} as from made.{name}")
            if not rows:
                values = ", ".join(literal(kind) for kind in columns(session, name).values())
                session.execute(f"insert into {name} select {values} from range({FEWEST_ROWS})")


def _after_the_night(file: Path) -> datetime:
    with duckdb.connect(file, read_only=True) as session:
        [(at,)] = session.execute("select max(snapshot_at) from ops.feed_snapshots").fetchall()
    return datetime.fromisoformat(str(at)).replace(tzinfo=UTC)


def _with_counts(faults: Sequence[Fault]) -> list[Fault]:
    """A candidate keeps its receipts in `ops`: a received line that is nowhere is a row there."""
    name = "received_is_loaded_plus_rejected"
    sql = "update ops.table_counts set received_count = received_count + 1"
    return [
        Fault(one.check, one.round, sql, one.words) if one.check[2] == name else one
        for one in faults
    ]


def _tables(snapshot: Path) -> duckdb.DuckDBPyConnection:
    """A snapshot's tables and their rejects, in memory."""
    session = duckdb.connect()
    session.execute("create schema incoming")
    session.execute("create schema rejects")
    for table in lake.read_receipt(snapshot)["tables"]:
        session.execute(f"create table incoming.\"{table}\" as from '{snapshot / table}.parquet'")
        rejects = snapshot / f"{table}.rejects.parquet"
        session.execute(f"create table rejects.\"{table}\" as from '{rejects}'")
    return session


def _load(snapshot: Path, draft: Path, faults: Sequence[Fault]) -> None:
    """A snapshot as load would have left it, but for the faults."""
    draft.mkdir()
    nowhere = {one.check[0] for one in faults if not one.sql}
    tables = lake.read_receipt(snapshot)["tables"]
    with _tables(snapshot) as session:
        planted.plant(session, [one for one in faults if one.is_recorded and one.sql])
        counts = {table: _counts(session, table, table in nowhere) for table in tables}
        planted.plant(session, [one for one in faults if not one.is_recorded and one.sql])
        for table in tables:
            for schema, kind in (("incoming", "parquet"), ("rejects", "rejects.parquet")):
                target = draft / f"{table}.{kind}"
                session.execute(f"copy {schema}.\"{table}\" to '{target}' (format parquet)")
    (draft / RECEIPT).write_text(json.dumps({"tables": counts}), "utf-8")


def _counts(session: duckdb.DuckDBPyConnection, table: str, is_nowhere: bool) -> dict[str, int]:
    loaded, rejected = (
        count(session, f'from {schema}."{table}"') for schema in ("incoming", "rejects")
    )
    received = loaded + rejected + is_nowhere
    return {"received_count": received, "loaded_count": loaded, "rejected_count": rejected}
