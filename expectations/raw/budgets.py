"""What the feed budgets promises, table by table."""

from expectations.limits import RawLimits
from expectations.raw.promise import Promise


def promises(year: int, limits: RawLimits) -> dict[str, Promise]:
    """By table; `year` is the present one."""
    del year, limits
    return {}
