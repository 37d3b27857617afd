"""Faults for the raw suites of feeds that are collections, and the proof that each is found.

Their invented tables number their rows as `place`: a change to a list moves a row, and its rowid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from expectations.limits import FEW_ROWS
from expectations.run import judge_incoming
from tests.unit.expectations import snapshots
from tests.unit.expectations.rounds import Case, findings, promises
from tests.unit.expectations.snapshots import ROWS, Fault, rejected_lines

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
# 0.1 % of the rows, but five rows always may be odd.
FEW, MANY = FEW_ROWS, FEW_ROWS + 1

RawCase = Case[Fault]


def of_counts(table: str, *, lost: str = "refused") -> list[RawCase]:
    """Of one table: the counts of load that do not hold, and rows that the last night had."""
    gone = f"delete from {table} where place > {{}}"
    fewest = ROWS * 95 // 100

    def case(fault: Fault, *found: tuple[str, str]) -> RawCase:
        return Case(table, fault, frozenset((table, None, *one) for one in found))

    return [
        case(
            Fault(table, gone.format(ROWS - 1), recorded=False),
            ("rows_are_those_loaded", "refused"),
        ),
        case(
            Fault(table, rejected_lines(table, 1), recorded=False),
            ("rejects_are_in_the_ledger", "refused"),
        ),
        case(Fault(table, "", receipt="wrong"), ("received_is_loaded_plus_rejected", "refused")),
        case(Fault(table, rejected_lines(table, 19))),
        case(Fault(table, rejected_lines(table, 20)), ("rejects_within_budget", "refused")),
        case(Fault(table, gone.format(fewest))),
        case(Fault(table, gone.format(fewest - 1)), ("rows_not_lost", lost)),
    ]


def of_column(
    table: str, column: str, value: str, count: int, name: str = "", verdict: str = "refused"
) -> RawCase:
    """A value planted in the first rows of a column; without a name, none may be found."""
    fault = Fault(table, f'update {table} set "{column}" = {value} where place <= {count}')
    found = frozenset({(table, column, name, verdict)} if name else ())
    return Case(f"{table}.{column}", fault, found)


def of_watched(table: str, columns: str, *, verdict: str = "refused") -> list[RawCase]:
    """A twentieth of the rows may lose its value, not more."""
    return [
        one
        for column in columns.split()
        for one in (
            of_column(table, column, "null", ROWS * 5 // 100),
            of_column(table, column, "null", ROWS * 6 // 100, "null_share_stays", verdict),
        )
    ]


def of_rarely_null(table: str, columns: str) -> list[RawCase]:
    return [
        one
        for column in columns.split()
        for one in (
            of_column(table, column, "null", FEW),
            of_column(table, column, "null", MANY, "rarely_null"),
        )
    ]


def of_range(table: str, column: str, *values: str) -> list[RawCase]:
    """A typo is reported, many refuse."""
    return [
        one
        for value in values
        for one in (
            of_column(table, column, value, 1, "values_in_range", "reported"),
            of_column(table, column, value, MANY, "values_in_range"),
        )
    ]


def of_strict_range(table: str, column: str, *values: str) -> list[RawCase]:
    return [of_column(table, column, value, 1, "values_in_range") for value in values]


def of_known(table: str, column: str, value: str = "'smellovision'") -> RawCase:
    return of_column(table, column, value, 1, "values_known", "reported")


@dataclass(frozen=True, slots=True)
class Proof:
    """Rounds of faults in one feed's snapshots, of which each must be found, and nothing else."""

    feed: str
    tables: Mapping[str, str]
    rounds: Sequence[Sequence[RawCase]]

    def write(self, folder: Path, faults: Sequence[Fault] = ()) -> Path:
        """A snapshot of the feed."""
        return snapshots.write(folder, faults, self.tables)

    def of_round(self, number: int, good: Path, scratch: Path) -> None:
        """Exactly what one round plants is found."""
        cases = self.rounds[number]
        incoming = self.write(scratch / "incoming", [one.fault for one in cases])
        report = judge_incoming(self.feed, incoming, good, scratch, now=NOW)
        assert findings(report) == frozenset().union(*(one.findings for one in cases))

    def of_completeness(self, good: Path, scratch: Path) -> None:
        """A good snapshot passes, and every promise has a fault that breaks it."""
        report = judge_incoming(self.feed, good, good, scratch, now=NOW)
        planted = {found[:3] for cases in self.rounds for one in cases for found in one.findings}
        assert findings(report) == set()
        assert promises(report) == planted

    def of_emptiness(self, scratch: Path) -> None:
        """A night without any row is judged, not broken."""
        emptied = [Fault(table, f"delete from {table}") for table in self.tables]
        incoming = self.write(scratch / "empty", emptied)
        report = judge_incoming(self.feed, incoming, None, scratch, now=NOW)
        assert report.outcome == "passed"
        assert findings(report) == set()
