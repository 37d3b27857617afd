"""What a release promises of a mart, and the suite that holds it to that."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from expectations.suite import (
    Expectation,
    Relation,
    Severity,
    Subject,
    count_equals,
    measure_between,
    values_between,
)

SCHEMA = "marts"


@dataclass(frozen=True, slots=True)
class Promise:
    """What is particular to one mart.

    `measures` are aggregates; `holds` names for each of them the lake tables, as in
    `imdb.title_basics`, whose loaded rows together it must equal. `ranges` hold for every value.
    `never_empty` once that feed has a snapshot. `change`: what it means if the mart is unlike the
    last release's.
    """

    key: tuple[str, ...]
    elements: tuple[str, ...] = ()
    measures: Mapping[str, str] = field(default_factory=dict)
    holds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    never_empty: str | None = None
    change: Severity = Severity.REFUSE


FUTURE_DAYS = "future_row_count"


def subject(table: str, promise: Promise, nullable: tuple[str, ...], today: date) -> Subject:
    """What to measure of one mart; columns its contract lets be null are counted."""
    future = {FUTURE_DAYS: f"count(*) filter (where rating_date > date '{today}')"}
    dated = future if "rating_date" in promise.key else {}
    return Subject(
        Relation(SCHEMA, table), nullable, promise.elements, {**promise.measures, **dated}
    )


def expectations(
    table: str, promise: Promise, loaded: Mapping[str, int]
) -> tuple[Expectation, ...]:
    """All that is expected of one mart by itself.

    `loaded` has the rows loaded by lake table; a feed that never landed is not in it.
    """
    rows = Relation(SCHEMA, table)
    landed = {name.partition(".")[0] for name in loaded}
    return (
        *(_not_empty(table) for _ in range(promise.never_empty in landed)),
        *(
            _holds(table, measure, sources, loaded)
            for measure, sources in promise.holds.items()
            if any(source in loaded for source in sources)
        ),
        *(
            values_between(rows, column, least, most, key=promise.key)
            for column, (least, most) in promise.ranges.items()
        ),
        *(_not_in_the_future(table) for name in promise.key if name == "rating_date"),
    )


def _holds(
    table: str, measure: str, sources: tuple[str, ...], loaded: Mapping[str, int]
) -> Expectation:
    return count_equals(
        table,
        measure,
        sum(loaded.get(source, 0) for source in sources),
        name=f"holds_{sources[0].partition('.')[2]}",
        of=f"loaded from {' and '.join(sources)}",
    )


def _not_empty(table: str) -> Expectation:
    return measure_between(
        table, "row_count", 1, None, name="not_empty", expected="at least one row"
    )


def _not_in_the_future(table: str) -> Expectation:
    return measure_between(
        table,
        FUTURE_DAYS,
        0,
        0,
        column="rating_date",
        name="not_in_the_future",
        expected="no row of a day to come",
    )
