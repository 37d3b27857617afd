"""What a release promises of titles, people, credits and ratings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from expectations.suite import (
    Expectation,
    Relation,
    Subject,
    count_equals,
    measure_between,
    values_between,
)

SCHEMA = "marts"


@dataclass(frozen=True, slots=True)
class Promise:
    """What is particular to one mart.

    `measures` are aggregates; `holds` names for each of them the IMDb table whose loaded rows it
    must equal. `ranges` hold for every value. `never_empty` once the feed has a snapshot.
    """

    key: tuple[str, ...]
    elements: tuple[str, ...] = ()
    measures: Mapping[str, str] = field(default_factory=dict)
    holds: Mapping[str, str] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    never_empty: bool = False


DESCRIBED = {"described_count": "count(*) filter (where not is_inferred)"}
DESCRIBED_BY_IMDB = {
    "described_count": "count(*) filter (where not is_inferred and identity_source = 'imdb')"
}
IMDB_NAMES = {"imdb_name_count": "count(*) filter (where name_source = 'imdb')"}
TITLES = {**DESCRIBED_BY_IMDB, "rated_count": "count(rating_average)"}
CREDITS = {"principal_count": "count(*) filter (where credit_source in ('principals', 'both'))"}

PROMISES = {
    "dim_titles": Promise(
        key=("title_id",),
        elements=("title_type",),
        measures=TITLES,
        holds={"described_count": "title_basics", "rated_count": "title_ratings"},
        ranges={
            "rating_average": (1.0, 10.0),
            "weighted_rating": (1.0, 10.0),
            "vote_count": (1, None),
        },
        never_empty=True,
    ),
    "dim_people": Promise(
        key=("person_id",),
        measures=DESCRIBED,
        holds={"described_count": "name_basics"},
        never_empty=True,
    ),
    "dim_genres": Promise(key=("genre_id",), elements=("genre_name",), never_empty=True),
    "bridge_titles_genres": Promise(key=("title_id", "genre_id")),
    "fct_credits": Promise(
        key=("title_id", "credit_number"),
        elements=("category", "credit_source"),
        measures=CREDITS,
        holds={"principal_count": "title_principals"},
        never_empty=True,
    ),
    "dim_title_names": Promise(
        key=("title_id", "name_source", "name_order"),
        elements=("region", "language"),
        measures=IMDB_NAMES,
        holds={"imdb_name_count": "title_akas"},
    ),
    "bridge_series_episodes": Promise(key=("episode_id",), holds={"row_count": "title_episode"}),
    "bridge_people_known_titles": Promise(key=("person_id", "title_id")),
    "fct_title_ratings_daily": Promise(
        key=("title_id", "rating_date"),
        ranges={"rating_average": (1.0, 10.0), "vote_count": (1, None)},
        never_empty=True,
    ),
}

FUTURE_DAYS = "future_row_count"


def subject(table: str, nullable: tuple[str, ...], today: date) -> Subject:
    """What to measure of one mart; columns its contract lets be null are counted."""
    promise = PROMISES[table]
    future = {FUTURE_DAYS: f"count(*) filter (where rating_date > date '{today}')"}
    dated = future if "rating_date" in promise.key else {}
    return Subject(
        Relation(SCHEMA, table), nullable, promise.elements, {**promise.measures, **dated}
    )


def expectations(table: str, loaded: Mapping[str, int]) -> tuple[Expectation, ...]:
    """All that is expected of one mart by itself.

    `loaded` has the rows loaded by IMDb table; it is empty when the feed never landed.
    """
    promise = PROMISES[table]
    rows = Relation(SCHEMA, table)
    return (
        *(_not_empty(table) for _ in range(promise.never_empty and bool(loaded))),
        *(
            count_equals(
                table, measure, loaded[source], name=f"holds_{source}", of=f"loaded from {source}"
            )
            for measure, source in promise.holds.items()
            if source in loaded
        ),
        *(
            values_between(rows, column, least, most, key=promise.key)
            for column, (least, most) in promise.ranges.items()
        ),
        *(_not_in_the_future(table) for name in promise.key if name == "rating_date"),
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
