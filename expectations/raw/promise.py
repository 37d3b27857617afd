"""What a feed promises of a table, and the suite that holds it to that, on the incoming Parquet.

Load has proven keys, types and required columns: here their counts are asserted, not their rows.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from expectations.limits import RawLimits, rows_of, share_of
from expectations.profile import qualified
from expectations.raw.recorded import Counts, Previous
from expectations.suite import (
    Bound,
    Expectation,
    Relation,
    Sample,
    Severity,
    Subject,
    Suite,
    count_equals,
    elements_known,
    incoming,
    measure_between,
    null_share_name,
    null_share_stays,
    rejects_of,
    rows_not_lost,
    values_between,
)

Range: TypeAlias = tuple[Bound | None, Bound | None]


@dataclass(frozen=True, slots=True)
class Promise:
    """What is particular to one table.

    `ranges` are by column, and those of `strict_ranges` have no exception; columns that are
    `rarely_null` have a value but in a few rows, the null share of those `watched` should not
    jump; `known` are a column's usual values. `change`: what it means if the table is unlike the
    one before.
    """

    key: tuple[str, ...]
    ranges: Mapping[str, Range] = field(default_factory=dict)
    strict_ranges: Mapping[str, Range] = field(default_factory=dict)
    rarely_null: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)
    change: Severity = Severity.REFUSE


def suite(
    feed: str,
    table: str,
    promise: Promise,
    counts: Counts,
    previous: Previous | None,
    limits: RawLimits,
) -> Suite:
    """All that is expected of one table; without a previous snapshot, nothing about change."""
    rows = incoming(table)
    ledger = rejects_of(table)
    return Suite(
        name=f"raw.{feed}.{table}",
        subject=Subject(
            rows,
            null_shares=(*promise.rarely_null, *promise.watched),
            elements=tuple(promise.known),
            measures={
                "received_count": str(counts.received),
                "reject_line_count": f"(select count(*) from {qualified(ledger)})",
            },
        ),
        expectations=(
            *_reconciled(table, counts),
            *_within_reject_budget(table, ledger, counts, limits),
            *_ranges(rows, promise, rows_of(counts.loaded, limits.out_of_range)),
            *_rarely_null(rows, promise, share_of(counts.loaded, limits.rarely_null)),
            *(elements_known(table, name, known) for name, known in promise.known.items()),
            *(_unlike_before(table, previous, limits, promise.change) if previous else ()),
        ),
    )


def _reconciled(table: str, counts: Counts) -> tuple[Expectation, ...]:
    return (
        count_equals(
            table, "row_count", counts.loaded, name="rows_are_those_loaded", of="loaded lines"
        ),
        count_equals(
            table,
            "reject_line_count",
            counts.rejected,
            name="rejects_are_in_the_ledger",
            of="rejected lines",
        ),
        count_equals(
            table,
            "received_count",
            counts.loaded + counts.rejected,
            name="received_is_loaded_plus_rejected",
            of=f"{counts.loaded:,} loaded and {counts.rejected:,} rejected lines",
        ),
    )


def _within_reject_budget(
    table: str, ledger: Relation, counts: Counts, limits: RawLimits
) -> tuple[Expectation, ...]:
    """Nothing where every line may be rejected: that could not fail."""
    if limits.reject_budget >= 1:
        return ()
    share = math.floor(limits.reject_budget * counts.received)
    most = max(limits.rejects_always_allowed, share)
    return (
        measure_between(
            table,
            "reject_line_count",
            None,
            most,
            name="rejects_within_budget",
            expected=f"at most {most:,} of {counts.received:,} lines ({limits.reject_budget:.2%})",
            sample=Sample(ledger, ("source_file", "line_number", "column_name", "reason"), "true"),
        ),
    )


def _ranges(rows: Relation, promise: Promise, typos: int) -> list[Expectation]:
    return [
        values_between(rows, column, least, most, key=promise.key, tolerance=tolerance)
        for ranges, tolerance in ((promise.ranges, typos), (promise.strict_ranges, 0))
        for column, (least, most) in ranges.items()
    ]


def _rarely_null(rows: Relation, promise: Promise, most: float) -> list[Expectation]:
    return [
        measure_between(
            rows.name,
            null_share_name(column),
            None,
            most,
            column=column,
            name="rarely_null",
            expected=f"null in at most {most:.1%} of the rows",
            sample=Sample(rows, promise.key, f'"{column}" is null'),
        )
        for column in promise.rarely_null
    ]


def _unlike_before(
    table: str, previous: Previous, limits: RawLimits, severity: Severity
) -> list[Expectation]:
    change = share_of(previous.loaded, limits.null_share_change)
    return [
        rows_not_lost(table, previous.loaded, limits.row_loss, severity=severity),
        *(
            null_share_stays(table, column, share, change, severity=severity)
            for column, share in previous.null_shares.items()
        ),
    ]
