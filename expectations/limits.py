"""The thresholds of the gates, in one place: shares are ratios, 0-1 (see `docs/gates.md`)."""

import math
from dataclasses import dataclass

# In a small table one odd row is a large share: up to so many rows are never refused for it.
FEW_ROWS = 5


def share_of(rows: int, share: float) -> float:
    """A limit as a share of a table's rows, but for a few rows at least."""
    return min(max(share, FEW_ROWS / max(rows, 1)), 1.0)


def rows_of(rows: int, share: float) -> int:
    """The same limit in rows."""
    return max(math.floor(rows * share), FEW_ROWS)


@dataclass(frozen=True, slots=True)
class RawLimits:
    """When what arrived is refused."""

    reject_budget: float = 0.001
    # A handful of bad lines in a small file is a finding, not a broken feed.
    rejects_always_allowed: int = 19
    row_loss: float = 0.05
    null_share_change: float = 0.05
    # A publisher's typo must not stop a night: many of them must.
    out_of_range: float = 0.001
    rarely_null: float = 0.001
    # Announced titles: IMDb lists years well ahead.
    years_ahead: int = 20


@dataclass(frozen=True, slots=True)
class CandidateLimits:
    """When what would be published is refused."""

    row_loss: float = 0.02
    row_growth: float = 0.20
    null_share_change: float = 0.05
    orphan_share: float = 0.05
    orphan_share_change: float = 0.05
    # IMDb publishes daily; a week without news is worth a look, not a stop.
    stale_days: int = 7
    # Records that found their title before and do not now: ids or titles are written otherwise.
    match_rate_loss: float = 0.02
