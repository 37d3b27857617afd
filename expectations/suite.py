"""What a gate is made of: expectations with a severity, and the verdicts on them.

An expectation names a class of Great Expectations and its arguments, and is plain data: it can
be printed, compared and sent to another process, and says nothing about the engine.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from expectations.limits import share_of

# Of numbers, or of dates and instants.
Bound: TypeAlias = float | date


class Severity(StrEnum):
    """What a failed expectation means for the run."""

    REFUSE = "refuse"
    REPORT = "report"


class Outcome(StrEnum):
    """How an expectation, or a whole gate, ended."""

    PASSED = "passed"
    REFUSED = "refused"
    REPORTED = "reported"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view a gate can look at. Measures and elements are ours, of one table each."""

    schema: str
    name: str


def incoming(table_name: str) -> Relation:
    """The rows of a table that arrived."""
    return Relation("incoming", table_name)


def rejects_of(table_name: str) -> Relation:
    """The ledger of a table's rejected lines."""
    return Relation("rejects", table_name)


def measures_of(table_name: str) -> Relation:
    """One row: what one scan of the table counted, one column a measure."""
    return Relation("measures", table_name)


def elements_of(table_name: str, column_name: str) -> Relation:
    """One row per distinct value of a column, or per distinct element of a list column."""
    return Relation("elements", f"{table_name}__{column_name}")


@dataclass(frozen=True, slots=True)
class Sample:
    """Where the rows that offend an expectation stand: columns to show, and a condition."""

    relation: Relation
    columns: tuple[str, ...]
    condition: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """One promise about one table, judged by the class `kind` of Great Expectations.

    Where it counts rows, up to `tolerance` of them are reported and no more.
    """

    table_name: str
    column_name: str | None
    relation: Relation
    kind: str
    arguments: Mapping[str, object]
    severity: Severity
    name: str
    expected: str
    sample: Sample | None = None
    tolerance: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """What one scan of a table measures.

    `null_shares` are the columns whose nulls are counted, `elements` those whose distinct values
    are kept, `measures` aggregates by name. Columns that are not there are left out.
    """

    relation: Relation
    null_shares: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    measures: Mapping[str, str] = field(default_factory=dict)

    @property
    def table_name(self) -> str:
        return self.relation.name


@dataclass(frozen=True, slots=True)
class Suite:
    """All expectations of one gate on one table."""

    name: str
    subject: Subject
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one expectation ended: a row of `ops.gate_results`, less its run.

    `judged_at` is UTC, in ISO 8601 with a Z, as in every receipt.
    """

    gate: str
    suite: str
    table_name: str
    column_name: str | None
    expectation: str
    severity: Severity
    verdict: Outcome
    expected: str
    observed: str
    sample: str | None
    judged_at: str


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


def values_between(
    relation: Relation,
    column: str,
    least: Bound | None,
    most: Bound | None,
    *,
    key: Sequence[str],
    tolerance: int = 0,
    severity: Severity = Severity.REFUSE,
) -> Expectation:
    """Values lie in a range; null is no value.

    Up to `tolerance` rows may lie outside: they are reported. Great Expectations' own `mostly` is a
    share of the values, so that in a column with few of them one typo was too many.
    """
    bounds = _bounds(f'"{column}"', least, most)
    allowance = f", but for {tolerance:,} rows" if tolerance else ""
    return Expectation(
        table_name=relation.name,
        column_name=column,
        relation=relation,
        kind="ExpectColumnValuesToBeBetween",
        arguments={
            "column": column,
            "min_value": least,
            "max_value": most,
        },
        severity=severity,
        name="values_in_range",
        expected=f"{_range(least, most)}{allowance}",
        sample=Sample(relation, (*key, column), f"not ({bounds})"),
        tolerance=tolerance,
    )


def measure_between(
    table_name: str,
    measure: str,
    least: object,
    most: object,
    *,
    name: str,
    expected: str,
    column: str | None = None,
    severity: Severity = Severity.REFUSE,
    sample: Sample | None = None,
) -> Expectation:
    """A measure of the table's one scan lies in a range."""
    return Expectation(
        table_name=table_name,
        column_name=column,
        relation=measures_of(table_name),
        # A table of measures has one row: its greatest value is its value.
        kind="ExpectColumnMaxToBeBetween",
        arguments={"column": measure, "min_value": least, "max_value": most},
        severity=severity,
        name=name,
        expected=expected,
        sample=sample,
    )


def count_equals(table_name: str, measure: str, count: int, *, name: str, of: str) -> Expectation:
    """A counted measure is exactly a recorded count; `of` says what was recorded."""
    expected = f"{count:,} ({of})"
    return measure_between(table_name, measure, count, count, name=name, expected=expected)


def elements_known(
    table_name: str, column: str, known: Sequence[str], *, severity: Severity = Severity.REPORT
) -> Expectation:
    """A column, or the elements of a list column, holds no value that is not known."""
    relation = elements_of(table_name, column)
    return Expectation(
        table_name=table_name,
        column_name=column,
        relation=relation,
        kind="ExpectColumnValuesToBeInSet",
        arguments={"column": "element", "value_set": sorted(known)},
        severity=severity,
        name="values_known",
        expected=f"one of {len(known):,} known values",
        sample=Sample(relation, ("element", "row_count"), f"element not in ({_literals(known)})"),
    )


def null_share_name(column: str) -> str:
    """The measure that holds a column's null share."""
    return f"null_share_{column}"


def null_share_stays(
    table: str,
    column: str,
    before: float,
    change: float,
    *,
    severity: Severity = Severity.REFUSE,
) -> Expectation:
    """A column's null share moves by at most `change`, in points of share."""
    return measure_between(
        table,
        null_share_name(column),
        before - change,
        before + change,
        column=column,
        name="null_share_stays",
        expected=f"null in {before:.2%} of the rows, as before, give or take {change:.1%}",
        severity=severity,
    )


def rows_not_lost(
    table: str, before: int, loss: float, *, severity: Severity = Severity.REFUSE
) -> Expectation:
    """A table has lost at most the share `loss` of its rows, or a few if it is small."""
    loss = share_of(before, loss)
    fewest = math.ceil(before * (1 - loss))
    return measure_between(
        table,
        "row_count",
        fewest,
        None,
        name="rows_not_lost",
        expected=f"at least {fewest:,} rows: {before:,} before, less {loss:.0%}",
        severity=severity,
    )


def _range(least: object, most: object) -> str:
    if most is None:
        return f"at least {least}"
    return f"at most {most}" if least is None else f"{least} to {most}"


def _bounds(column: str, least: object, most: object) -> str:
    bounds = ((">=", least), ("<=", most))
    return " and ".join(
        f"{column} {sign} {_literal(bound)}" for sign, bound in bounds if bound is not None
    )


def _literal(bound: object) -> str:
    return f"date '{bound}'" if isinstance(bound, date) else f"{bound}"


def _literals(values: Sequence[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in sorted(values)) or "null"
