"""What IMDb's dumps promise, table by table, judged on the incoming Parquet.

Load has proven keys, types and required columns: here their counts are asserted, not their rows.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from expectations.limits import RawLimits, share_of
from expectations.profile import qualified
from expectations.raw import imdb_values
from expectations.raw.recorded import Counts, Previous
from expectations.suite import (
    Expectation,
    Relation,
    Sample,
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

# Film begins with a planet's transit photographed in 1874; people in the credits may be ancient.
FIRST_TITLE_YEAR = 1870
FIRST_PERSON_YEAR = 1
# The longest known film runs 51,420 minutes.
LONGEST_RUNTIME_MINUTES = 100_000


@dataclass(frozen=True, slots=True)
class Promise:
    """What is particular to one table.

    `ranges` are by column; columns that are `rarely_null` have a value but in a few rows, the
    null share of those `watched` should not jump; `known` are a column's usual values.
    """

    key: tuple[str, ...]
    ranges: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    ranges_are_strict: bool = False
    rarely_null: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)


def promises(year: int, limits: RawLimits) -> dict[str, Promise]:
    """By table; `year` is the present one."""
    title_years = (FIRST_TITLE_YEAR, year + limits.years_ahead)
    person_years = (FIRST_PERSON_YEAR, year)
    return {
        "title_basics": Promise(
            key=("tconst",),
            ranges={
                "startYear": title_years,
                "endYear": title_years,
                "runtimeMinutes": (None, LONGEST_RUNTIME_MINUTES),
            },
            rarely_null=("titleType", "primaryTitle", "originalTitle"),
            watched=("isAdult", "startYear", "runtimeMinutes", "genres"),
            known={"titleType": imdb_values.TITLE_TYPES, "genres": imdb_values.GENRES},
        ),
        "title_akas": Promise(
            key=("titleId", "ordering"),
            rarely_null=("title",),
            watched=("region", "language", "types", "isOriginalTitle"),
            known={"types": imdb_values.NAME_TYPES},
        ),
        "title_crew": Promise(key=("tconst",), watched=("directors", "writers")),
        "title_episode": Promise(key=("tconst",), watched=("seasonNumber", "episodeNumber")),
        "title_principals": Promise(
            key=("tconst", "ordering"),
            rarely_null=("category",),
            watched=("job", "characters"),
            known={"category": imdb_values.CATEGORIES},
        ),
        "title_ratings": Promise(
            key=("tconst",),
            ranges={"averageRating": (1.0, 10.0), "numVotes": (1, None)},
            ranges_are_strict=True,
        ),
        "name_basics": Promise(
            key=("nconst",),
            ranges={"birthYear": person_years, "deathYear": person_years},
            rarely_null=("primaryName",),
            watched=("birthYear", "primaryProfession", "knownForTitles"),
            known={"primaryProfession": imdb_values.PROFESSIONS},
        ),
    }


def suite(
    table: str, promise: Promise, counts: Counts, previous: Previous | None, limits: RawLimits
) -> Suite:
    """All that is expected of one table; without a previous snapshot, nothing about change."""
    rows = incoming(table)
    ledger = rejects_of(table)
    return Suite(
        name=f"raw.imdb.{table}",
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
            _within_reject_budget(table, ledger, counts, limits),
            *_ranges(rows, promise, share_of(counts.loaded, limits.out_of_range)),
            *_rarely_null(rows, promise, share_of(counts.loaded, limits.rarely_null)),
            *(elements_known(table, name, known) for name, known in promise.known.items()),
            *(_unlike_before(table, previous, limits) if previous else ()),
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
) -> Expectation:
    share = math.floor(limits.reject_budget * counts.received)
    most = max(limits.rejects_always_allowed, share)
    return measure_between(
        table,
        "reject_line_count",
        None,
        most,
        name="rejects_within_budget",
        expected=f"at most {most:,} of {counts.received:,} lines ({limits.reject_budget:.2%})",
        sample=Sample(ledger, ("source_file", "line_number", "column_name", "reason"), "true"),
    )


def _ranges(rows: Relation, promise: Promise, typos: float) -> list[Expectation]:
    tolerance = 0.0 if promise.ranges_are_strict else typos
    return [
        values_between(rows, column, least, most, key=promise.key, tolerance=tolerance)
        for column, (least, most) in promise.ranges.items()
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


def _unlike_before(table: str, previous: Previous, limits: RawLimits) -> list[Expectation]:
    change = share_of(previous.loaded, limits.null_share_change)
    return [
        rows_not_lost(table, previous.loaded, limits.row_loss),
        *(
            null_share_stays(table, column, share, change)
            for column, share in previous.null_shares.items()
        ),
    ]
