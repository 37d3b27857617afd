"""What a release promises of its own making: counts that add up, few orphans, fresh snapshots."""

from collections.abc import Mapping
from datetime import datetime

from expectations.limits import CandidateLimits, share_of
from expectations.profile import TableProfile
from expectations.suite import Expectation, Relation, Severity, Subject, measure_between

SCHEMA = "ops"

# Columns that name a title or a person, and the rows their orphans are a share of.
ORPHAN_COLUMNS = {
    ("fct_credits", "title_id"): "marts.fct_credits",
    ("fct_credits", "person_id"): "marts.fct_credits",
    ("dim_title_names", "title_id"): "marts.dim_title_names",
    ("bridge_series_episodes", "episode_id"): "marts.bridge_series_episodes",
    ("bridge_series_episodes", "series_id"): "marts.bridge_series_episodes",
    ("bridge_people_known_titles", "title_id"): "marts.bridge_people_known_titles",
    ("fct_title_ratings_daily", "title_id"): "marts.fct_title_ratings_daily",
    ("match_results", "title_id"): "ops.match_results",
}
# Whose records must be matched to titles, as `ops.match_results` names them. Kaggle's reviews name
# none; `page` is a page itself, `also_liked` what one lists.
MATCHED_SOURCES = (
    *("also_liked", "ieee", "movielens", "movietweetings", "page", "spoiler", "stanford"),
    *("the_numbers", "tmdb", "wikidata"),
)


def subjects(now: datetime) -> tuple[Subject, ...]:
    """What to measure of `ops`."""
    instant = f"timestamp '{now:%Y-%m-%d %H:%M:%S}'"
    unaccounted = "received_count - loaded_count - rejected_count"
    rejected = "(select coalesce(sum(rejected_count), 0) from ops.table_counts)"
    return (
        Subject(
            Relation(SCHEMA, "table_counts"),
            measures={"unaccounted_count": f"coalesce(sum(abs({unaccounted})), 0)::bigint"},
        ),
        Subject(
            Relation(SCHEMA, "rejects"),
            measures={
                "unlisted_count": f"({rejected} - coalesce(sum(reject_count), 0))::bigint",
            },
        ),
        Subject(
            Relation(SCHEMA, "orphans"),
            measures={
                _share_name(table, column): _orphan_share(table, column, rows)
                for (table, column), rows in ORPHAN_COLUMNS.items()
            },
        ),
        Subject(
            Relation(SCHEMA, "match_results"),
            measures={
                name: sql for source in MATCHED_SOURCES for name, sql in _matches(source).items()
            },
        ),
        Subject(
            Relation(SCHEMA, "feed_snapshots"),
            elements=("feed",),
            # The other feeds' publishers keep no rhythm: an old snapshot of theirs is no news.
            measures={
                "age_days": f"date_diff('day', min(snapshot_at) filter (where feed = 'imdb'), "
                f"{instant})"
            },
        ),
    )


def expectations(
    table: str,
    loaded: Mapping[str, int],
    before: TableProfile | None,
    limits: CandidateLimits,
    of_shares: Severity = Severity.REFUSE,
) -> tuple[Expectation, ...]:
    """All that is expected of one table of `ops`; `of_shares` says how more orphans weigh."""
    match table:
        case "table_counts":
            return (_nothing(table, "unaccounted_count", "received_is_loaded_plus_rejected"),)
        case "rejects":
            return (_nothing(table, "unlisted_count", "rejects_are_listed"),)
        case "orphans":
            return tuple(_orphans(before, limits, of_shares))
        case "match_results":
            return tuple(_match_rates(before, limits))
        case _:
            landed = any(name.startswith("imdb.") for name in loaded)
            return (_fresh(table, limits),) if landed else ()


def _nothing(table: str, measure: str, name: str) -> Expectation:
    return measure_between(table, measure, 0, 0, name=name, expected="no line unaccounted for")


def _fresh(table: str, limits: CandidateLimits) -> Expectation:
    return measure_between(
        table,
        "age_days",
        None,
        limits.stale_days,
        name="fresh",
        column="snapshot_at",
        expected=f"IMDb's snapshot is at most {limits.stale_days} days old",
        severity=Severity.REPORT,
    )


def _orphans(
    before: TableProfile | None, limits: CandidateLimits, of_more: Severity
) -> list[Expectation]:
    found = []
    for table, column in ORPHAN_COLUMNS:
        measure = _share_name(table, column)
        found.append(
            measure_between(
                "orphans",
                measure,
                None,
                limits.orphan_share,
                column=measure,
                name="few_orphans",
                expected=f"no dump describes at most {limits.orphan_share:.0%} of {table}.{column}",
                severity=Severity.REPORT,
            )
        )
        share = before.measures.get(measure) if before else None
        if share is not None:
            most = share + limits.orphan_share_change
            found.append(
                measure_between(
                    "orphans",
                    measure,
                    None,
                    most,
                    column=measure,
                    name="orphans_not_more",
                    expected=f"at most {most:.2%} of {table}.{column}: {share:.2%} before",
                    severity=of_more,
                )
            )
    return found


def _match_rates(before: TableProfile | None, limits: CandidateLimits) -> list[Expectation]:
    """A source whose records find their titles less often than before: ids or titles changed."""
    measures = before.measures if before else {}
    counts = {source: int(measures.get(_count_name(source)) or 0) for source in MATCHED_SOURCES}
    return [
        _matched_as_often(source, rate, limits.match_rate_loss, count)
        for source, count in counts.items()
        if count and (rate := measures.get(_rate_name(source))) is not None
    ]


def _matched_as_often(source: str, rate: float, loss: float, count: int) -> Expectation:
    least = rate - share_of(count, loss)
    return measure_between(
        "match_results",
        _rate_name(source),
        least,
        None,
        column=_rate_name(source),
        name="matched_as_often",
        expected=f"at least {max(least, 0):.2%} of {source}: {rate:.2%} before",
    )


def _matches(source: str) -> dict[str, str]:
    return {
        _rate_name(source): _match_rate(source),
        _count_name(source): f"count(*) filter (where source = '{source}')",
    }


def _rate_name(source: str) -> str:
    return f"{source}__match_rate"


def _count_name(source: str) -> str:
    return f"{source}__record_count"


def _match_rate(source: str) -> str:
    """1 where the source has no records: it has lost no match."""
    return (
        f"coalesce(count(*) filter (where source = '{source}' and outcome = 'matched')::double"
        f" / nullif(count(*) filter (where source = '{source}'), 0), 1)"
    )


def _share_name(table: str, column: str) -> str:
    return f"{table}__{column}"


def _orphan_share(table: str, column: str, rows: str) -> str:
    watched = f"table_name = '{table}' and column_name = '{column}'"
    counted = f"max(orphan_row_count) filter (where {watched})"
    return f"{counted}::double / greatest((select count(*) from {rows}), 1)"
