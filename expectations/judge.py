"""The one place that runs Great Expectations: suites in, verdicts out.

A crashed expectation and a failed one both come back as `success=False`; only `exception_info`
tells them apart. A broken gate says nothing about the data, so it must never read as a refusal.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Self

import duckdb
from sqlalchemy import URL, create_engine
from sqlalchemy.exc import SQLAlchemyError

from expectations import dialect
from expectations.case import Engine
from expectations.profile import qualified
from expectations.suite import Expectation, Outcome, Relation, Severity, Suite, Verdict

# Great Expectations' own values and rows are left unread: `Sample` fetches a few, with their keys.
COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0}
SAMPLE_ROWS = 5
MESSAGE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Database:
    """A DuckDB file a gate reads, and under which settings."""

    file: Path
    engine: Engine

    def url(self, schema: str) -> str:
        """As SQLAlchemy wants it, read-only, names being looked up in one schema."""
        options = {"access_mode": "read_only", "schema": schema, **self.engine.settings()}
        return str(URL.create("duckdb+gx", database=str(self.file), query=options))


@dataclass(frozen=True, slots=True)
class Ruling:
    """What Great Expectations said of one expectation."""

    outcome: Outcome
    observed: str


class Judge:
    """One gate's session with Great Expectations. `databases` says where each schema stands.

    While it lasts, a connection to each file is held: opening a file anew for each of a hundred
    small queries takes longer than the queries.
    """

    def __init__(self, gate: str, databases: Mapping[str, Database], judged_at: str) -> None:
        self._gate = gate
        self._databases = databases
        self._judged_at = judged_at
        self._library = _library()
        self._context = self._library.get_context(mode="ephemeral")
        self._context.variables.progress_bars = {"globally": False, "metric_calculations": False}
        self._sources: dict[str, Any] = {}
        self._batches: dict[Relation, Any] = {}
        self._held = ExitStack()

    def __enter__(self) -> Self:
        """Hold the files open."""
        with ExitStack() as held:
            for schema, database in self._databases.items():
                held.enter_context(create_engine(database.url(schema)).connect())
            self._held = held.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the files."""
        self._held.close()

    def judge(self, suite: Suite) -> list[Verdict]:
        """A verdict on each expectation of the suite, in its order."""
        rulings: dict[int, Ruling] = {}
        numbered = sorted(enumerate(suite.expectations), key=lambda pair: _relation_key(pair[1]))
        for _, group in groupby(numbered, key=lambda pair: _relation_key(pair[1])):
            rulings.update(self._rule(suite.name, dict(group)))
        return [
            self.verdict(suite.name, expectation, rulings[position])
            for position, expectation in enumerate(suite.expectations)
        ]

    def broken(self, suite: Suite, reason: str) -> list[Verdict]:
        """The verdicts on a suite whose table could not be looked at."""
        ruling = Ruling(Outcome.BROKEN, f"{suite.subject.table_name}: {_line(reason)}")
        return [self.verdict(suite.name, one, ruling) for one in suite.expectations]

    def verdict(self, suite_name: str, expectation: Expectation, ruling: Ruling) -> Verdict:
        """The ruling as a row of `ops.gate_results`, its sample still missing."""
        return Verdict(
            gate=self._gate,
            suite=suite_name,
            table_name=expectation.table_name,
            column_name=expectation.column_name,
            expectation=expectation.name,
            severity=expectation.severity,
            verdict=ruling.outcome,
            expected=expectation.expected,
            observed=ruling.observed,
            sample=None,
            judged_at=self._judged_at,
        )

    def _rule(self, suite_name: str, group: Mapping[int, Expectation]) -> dict[int, Ruling]:
        """Rule on expectations that look at one relation: Great Expectations' unit of work."""
        relation = next(iter(group.values())).relation
        try:
            batch = self._batch(relation)
        # TestConnectionError, which Great Expectations raises here, is a ConnectionError.
        except (ConnectionError, SQLAlchemyError, duckdb.Error) as error:
            broken = Ruling(Outcome.BROKEN, f"{relation.schema}.{relation.name}: {_line(error)}")
            return dict.fromkeys(group, broken)
        suite = self._library.ExpectationSuite(
            name=f"{suite_name}.{relation.schema}.{relation.name}",
            expectations=[self._native(one, position) for position, one in group.items()],
        )
        results = batch.validate(suite, result_format=COUNTS_ONLY).results
        by_position = {one.expectation_config.meta["position"]: one for one in results}
        return {position: ruling(one, by_position[position]) for position, one in group.items()}

    def _batch(self, relation: Relation) -> Any:  # noqa: ANN401 # GX is not typed
        if relation not in self._batches:
            asset = self._source(relation.schema).add_table_asset(relation.name)
            whole = asset.add_batch_definition_whole_table("all")
            self._batches[relation] = whole.get_batch()
        return self._batches[relation]

    def _source(self, schema: str) -> Any:  # noqa: ANN401 # as above
        if schema not in self._sources:
            url = self._databases[schema].url(schema)
            add = self._context.data_sources.add_sql
            self._sources[schema] = add(schema, connection_string=url)
        return self._sources[schema]

    def _native(self, expectation: Expectation, position: int) -> Any:  # noqa: ANN401 # as above
        kind = getattr(self._library.expectations, expectation.kind)
        severity = "critical" if expectation.severity is Severity.REFUSE else "warning"
        return kind(**expectation.arguments, severity=severity, meta={"position": position})


def ruling(expectation: Expectation, result: Any) -> Ruling:  # noqa: ANN401 # GX is not typed
    """Read one result of Great Expectations."""
    if message := _exception(result.exception_info or {}):
        return Ruling(Outcome.BROKEN, message)
    facts: dict[str, Any] = result.result
    if "unexpected_count" in facts:
        return _ruling_on_rows(expectation, bool(result.success), facts)
    value = facts.get("observed_value")
    if value is None:
        return Ruling(Outcome.BROKEN, f"{expectation.name}: nothing was measured")
    return Ruling(_outcome(expectation, bool(result.success)), readable(value))


def with_sample(
    verdict: Verdict, expectation: Expectation, session: duckdb.DuckDBPyConnection
) -> Verdict:
    """Add up to five offending rows: the evidence for a verdict, never its ground."""
    sample = expectation.sample
    if sample is None or verdict.verdict not in (Outcome.REFUSED, Outcome.REPORTED):
        return verdict
    columns = ", ".join(f'"{name}"' for name in sample.columns)
    offending = f"{qualified(sample.relation)} where {sample.condition}"
    query = f"select {columns} from {offending} limit {SAMPLE_ROWS}"
    try:
        rows = session.execute(query).fetchall()
    except duckdb.Error as error:
        return replace(verdict, sample=f"no sample: {_line(error)}")
    lines = (
        ", ".join(f"{name}={value}" for name, value in zip(sample.columns, row, strict=True))
        for row in rows
    )
    return replace(verdict, sample="; ".join(lines) or None)


def readable(value: object) -> str:
    """A measure as a person reads it: counts grouped, shares in percent."""
    if isinstance(value, float):
        return f"{value:.2%}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _ruling_on_rows(expectation: Expectation, success: bool, facts: Mapping[str, Any]) -> Ruling:
    total = facts["element_count"]
    # A sum over no rows is null.
    unexpected = facts["unexpected_count"] if total else 0
    if unexpected is None:
        return Ruling(Outcome.BROKEN, f"{expectation.name}: nothing was counted")
    observed = f"{unexpected:,} of {total:,}"
    if 0 < unexpected <= expectation.tolerance:
        return Ruling(Outcome.REPORTED, observed)
    return Ruling(_outcome(expectation, success), observed)


def _outcome(expectation: Expectation, success: bool) -> Outcome:
    if success:
        return Outcome.PASSED
    refuses = expectation.severity is Severity.REFUSE
    return Outcome.REFUSED if refuses else Outcome.REPORTED


def _exception(info: Mapping[str, Any]) -> str:
    """The message of a crash; '' when there was none. GX nests one entry per crashed metric."""
    nested: Iterable[Any] = (info, *info.values())
    for entry in nested:
        if isinstance(entry, Mapping) and entry.get("raised_exception"):
            return _line(entry.get("exception_message") or "it raised, and did not say what")
    return ""


def _relation_key(expectation: Expectation) -> tuple[str, str]:
    return expectation.relation.schema, expectation.relation.name


def _line(message: object) -> str:
    return " ".join(str(message).split())[:MESSAGE_LENGTH]


def _library() -> Any:  # noqa: ANN401 # GX is not typed
    """Great Expectations, silent towards the network; importing it takes seconds."""
    os.environ.update({"GX_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"})
    import great_expectations

    dialect.register()
    return great_expectations
