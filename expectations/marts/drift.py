"""What a mart must have in common with the last release: rows, null shares and kinds of values."""

import math

from expectations.limits import CandidateLimits, share_of
from expectations.profile import TableProfile
from expectations.suite import (
    Expectation,
    Severity,
    elements_known,
    measure_between,
    null_share_stays,
    rows_not_lost,
)


def expectations(
    table: str,
    now: TableProfile | None,
    before: TableProfile | None,
    limits: CandidateLimits,
    *,
    of_rows: Severity = Severity.REFUSE,
    of_shares: Severity = Severity.REFUSE,
) -> tuple[Expectation, ...]:
    """Nothing on a first release.

    `of_rows` and `of_shares` say how lost rows and moved null shares weigh. Columns that came or
    went are no matter of drift: dbt's contracts answer for columns.
    """
    if before is None:
        return ()
    shares = before.null_shares if now is None else now.null_shares.keys() & before.null_shares
    return (
        rows_not_lost(table, before.row_count, limits.row_loss, severity=of_rows),
        _rows_not_multiplied(table, before.row_count, limits.row_growth),
        *(
            null_share_stays(
                table,
                column,
                before.null_shares[column],
                share_of(before.row_count, limits.null_share_change),
                severity=of_shares,
            )
            for column in sorted(shares)
        ),
        *(elements_known(table, column, list(known)) for column, known in before.elements.items()),
    )


def _rows_not_multiplied(table: str, before: int, growth: float) -> Expectation:
    most = math.floor(before * (1 + growth))
    return measure_between(
        table,
        "row_count",
        None,
        most,
        name="rows_not_multiplied",
        expected=f"at most {most:,} rows: {before:,} before, and {growth:.0%} more",
        severity=Severity.REPORT,
    )
