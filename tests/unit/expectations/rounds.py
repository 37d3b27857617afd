"""Many planted faults, few gates.

A gate takes a second whatever the size of its tables. Faults that cannot touch one another share
a round: one snapshot or candidate, judged once, in which exactly what was planted must be found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Generic, TypeVar

from expectations.suite import Outcome, Report

Fault = TypeVar("Fault")
# Table, column, expectation, verdict.
Finding = tuple[str, str | None, str, str]


@dataclass(frozen=True, slots=True)
class Case(Generic[Fault]):
    """A fault in a `place`, a table or a column, and all it leads to."""

    place: str
    fault: Fault
    findings: frozenset[Finding]


def rounds(stages: Iterable[Sequence[Case[Fault]]]) -> list[list[Case[Fault]]]:
    """Cases of one stage share rounds, each place once a round; stages do not share any."""
    found = []
    for stage in stages:
        ordered = sorted(stage, key=lambda one: one.place)
        by_place = [list(cases) for _, cases in groupby(ordered, key=lambda one: one.place)]
        found += [[one for one in row if one] for row in zip_longest(*by_place)]
    return found


def findings(report: Report) -> set[Finding]:
    """Every verdict but those that passed."""
    return {
        (one.table_name, one.column_name, one.expectation, str(one.verdict))
        for one in report.verdicts
        if one.verdict is not Outcome.PASSED
    }


def promises(report: Report) -> set[tuple[str, str | None, str]]:
    """Every expectation that was judged."""
    return {(one.table_name, one.column_name, one.expectation) for one in report.verdicts}
