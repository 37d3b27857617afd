"""Each expectation of the candidate suites is shown to fail by a fault, and by nothing else."""

import json
import pickle
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from expectations.limits import CandidateLimits
from expectations.marts import operations
from expectations.run import judge_candidate
from expectations.suite import Outcome
from tests.unit.expectations import candidates
from tests.unit.expectations.candidates import Fault
from tests.unit.expectations.rounds import Case, Finding, findings, promises, rounds

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)

Found = tuple[str | None, str, str]


def case(place: str, sql: str, *found: Found, elsewhere: Iterable[Finding] = ()) -> Case[Fault]:
    table = place.split(".")[0]
    findings = {(table, *one) for one in found}
    return Case(place, Fault(table, sql), frozenset(findings.union(elsewhere)))


LOST: Found = (None, "rows_not_lost", "refused")
FEWER: Found = (None, "rows_not_lost", "reported")
EMPTY: Found = (None, "not_empty", "refused")
MANY: Found = (None, "rows_not_multiplied", "reported")


def lacks(table: str) -> Found:
    return (None, f"holds_{table}", "refused")


def uncounted(table: str, source: str | None) -> list[Finding]:
    """Both marts of money hold the amounts together: the second one says so."""
    place = "fct_box_office" if table == "fct_budgets" else table
    return [(place, *lacks(source))] if source else []


def nulls(column: str, verdict: str = "refused") -> Found:
    return (column, "null_share_stays", verdict)


def orphans(table: str, column: str) -> list[Case[Fault]]:
    """Six in a hundred are more than usual; nine are too many more than the three before."""
    name = f"{table}__{column}"
    few: Found = (name, "few_orphans", "reported")
    more: Found = (name, "orphans_not_more", "refused")
    where = f"where table_name = '{table}' and column_name = '{column}'"
    rows = len(operations.MATCHED_SOURCES) if table == "match_results" else 1
    return [
        case(
            f"orphans.{name}",
            f"update ops.orphans set orphan_row_count = {count * rows} {where}",
            *found,
        )
        for count, found in ((49, ()), (60, (few,)), (90, (few, more)))
    ]


# By mart: the rows that no count of the lake is compared with, a share of 10 %.
SPARE_KEYS = {
    "dim_titles": "title_id",
    "dim_people": "person_id",
    "bridge_titles_genres": "title_id",
    "fct_credits": "title_id",
    "dim_title_names": "title_id",
    "bridge_people_known_titles": "person_id",
    "fct_title_ratings_daily": "title_id",
}
# Marts of pages, which a person saves or not: fewer are news.
PAGES = {"fct_page_captures", "fct_releases", "dim_title_facts", "bridge_titles_keywords"}
# Marts of the other feeds, and the lake's table that counts them.
COUNTED_BY = {
    "fct_user_ratings": "ratings",
    "fct_user_tags": "tags",
    "fct_reviews": "reviews",
    "bridge_titles_also_liked": None,
    "fct_budgets": "amounts",
    "fct_box_office": "amounts",
    "fct_page_captures": "captures",
    "fct_releases": None,
    "dim_title_facts": None,
    "bridge_titles_keywords": None,
}
RATINGS = ("dim_titles", "rating_average")
UNRATED = tuple(nulls(name) for name in ("rating_average", "vote_count", "weighted_rating"))

OF_ROWS = [
    *(
        one
        for table, key in SPARE_KEYS.items()
        for one in (
            case(table, f"delete from marts.{table} where {key} > 980"),
            case(table, f"delete from marts.{table} where {key} > 979", LOST),
            case(
                table,
                f"insert into marts.{table} select mart.* from marts.{table} as mart, range(3) "
                f"where mart.{key} > 900",
                MANY,
                *(UNRATED if table == "dim_titles" else ()),
            ),
        )
    ),
    *(
        one
        for table, source in COUNTED_BY.items()
        for one in (
            case(
                table,
                f"delete from marts.{table} where rowid < 21",
                FEWER if table in PAGES else LOST,
                elsewhere=uncounted(table, source),
            ),
            case(
                table,
                f"insert into marts.{table} select * from marts.{table}",
                MANY,
                elsewhere=uncounted(table, source),
            ),
            case(
                table,
                f"delete from marts.{table}",
                FEWER if table in PAGES else LOST,
                *([EMPTY] if table in {"fct_user_ratings", "fct_reviews", "fct_budgets"} else []),
                elsewhere=uncounted(table, source),
            ),
        )
    ),
    case("dim_genres", "delete from marts.dim_genres where genre_id > 95"),
    case("dim_genres", "delete from marts.dim_genres where genre_id > 94", LOST),
    case(
        "dim_genres",
        "insert into marts.dim_genres select * from marts.dim_genres",
        MANY,
    ),
    case(
        "bridge_series_episodes",
        "delete from marts.bridge_series_episodes where episode_id > 970",
        LOST,
        lacks("title_episode"),
    ),
    case(
        "bridge_series_episodes",
        "insert into marts.bridge_series_episodes select * from marts.bridge_series_episodes",
        MANY,
        lacks("title_episode"),
    ),
    case(
        "rpt_top_titles",
        "delete from marts.rpt_top_titles where title_id > 970",
        (None, "rows_not_lost", "reported"),
    ),
    case(
        "rpt_top_titles",
        "insert into marts.rpt_top_titles select * from marts.rpt_top_titles",
        MANY,
    ),
    case(
        "dim_titles",
        "delete from marts.dim_titles",
        *(EMPTY, LOST, lacks("title_basics"), lacks("title_ratings"), *UNRATED),
    ),
    case("dim_people", "delete from marts.dim_people", EMPTY, LOST, lacks("name_basics")),
    case("dim_genres", "delete from marts.dim_genres", EMPTY, LOST),
    case(
        "fct_credits",
        "delete from marts.fct_credits",
        *(EMPTY, LOST, lacks("title_principals")),
    ),
    case(
        "fct_title_ratings_daily",
        "delete from marts.fct_title_ratings_daily",
        *(EMPTY, LOST),
    ),
]
OF_COUNTS = [
    *(
        case(table, f"update marts.{table} set {change} = 7", lacks(source))
        for table, source, change in (
            ("dim_titles", "title_basics", "is_inferred = true where title_id"),
            ("dim_titles", "title_ratings", "rating_average = null where title_id"),
            ("dim_people", "name_basics", "is_inferred = true where person_id"),
            ("fct_credits", "title_principals", "credit_source = 'crew' where title_id"),
            ("dim_title_names", "title_akas", "name_source = 'page' where title_id"),
        )
    ),
    case(
        "bridge_series_episodes",
        "delete from marts.bridge_series_episodes where episode_id = 7",
        lacks("title_episode"),
    ),
    *(
        case(
            table,
            f"delete from marts.{table} where rowid = 7",
            elsewhere=uncounted(table, source),
        )
        for table, source in COUNTED_BY.items()
        if source
    ),
    case("fct_reviews", "update marts.fct_reviews set copy_count = 3", lacks("reviews")),
]
OF_COLUMNS = [
    *(
        case(
            f"{table}.{column}",
            f"update marts.{table} set {column} = null where {key} <= 60",
            nulls(column, "reported" if table.startswith("rpt_") else "refused"),
            *([lacks("title_ratings")] if (table, column) == RATINGS else []),
        )
        for table, key, columns in (
            ("dim_titles", "title_id", "title_type release_year vote_count weighted_rating"),
            ("dim_titles", "title_id", "rating_average"),
            ("dim_people", "person_id", "person_name"),
            ("fct_credits", "title_id", "person_id category characters"),
            ("dim_title_names", "title_id", "title_name region language"),
            ("bridge_series_episodes", "episode_id", "season_number"),
            ("fct_title_ratings_daily", "title_id", "rating_average vote_count"),
            ("rpt_top_titles", "title_id", "release_year"),
        )
        for column in columns.split()
    ),
    *(
        case(
            f"{table}.{column}",
            f"update marts.{table} set {column} = {value} where rowid = 6",
            (column, "values_in_range", "refused"),
        )
        for table, column, value in (
            ("fct_user_ratings", "rating_10", "10.1"),
            ("fct_user_ratings", "rating_10", "-0.1"),
            ("fct_reviews", "rating_10", "0"),
            ("fct_reviews", "rating_10", "11"),
            ("fct_reviews", "helpful_score", "1.1"),
            ("fct_budgets", "amount", "0"),
            ("fct_box_office", "amount", "-1"),
            ("dim_titles", "rating_average", "0.9"),
            ("dim_titles", "rating_average", "10.1"),
            ("dim_titles", "weighted_rating", "0.9"),
            ("dim_titles", "weighted_rating", "10.1"),
            ("dim_titles", "vote_count", "0"),
            ("fct_title_ratings_daily", "rating_average", "10.1"),
            ("fct_title_ratings_daily", "vote_count", "0"),
        )
    ),
    *(
        case(
            f"{table}.{column}",
            f"update marts.{table} set {column} = 'smellovision' where {key} = 7",
            (column, "values_known", "reported"),
        )
        for table, key, column in (
            ("dim_titles", "title_id", "title_type"),
            ("dim_genres", "genre_id", "genre_name"),
            ("dim_title_names", "title_id", "region"),
            ("dim_title_names", "title_id", "language"),
            ("fct_credits", "title_id", "category"),
            ("fct_credits", "title_id - 900", "credit_source"),
            ("fct_user_ratings", "user_id", "source"),
            ("fct_user_ratings", "user_id", "rating_scale"),
            ("fct_user_tags", "user_id", "source"),
            ("fct_reviews", "review_id", "source"),
            ("fct_reviews", "review_id", "sentiment_label"),
            ("bridge_titles_also_liked", "title_id", "evidence"),
            ("fct_budgets", "rowid", "source"),
            ("fct_budgets", "rowid", "currency_code"),
            ("fct_budgets", "rowid", "fx_basis"),
            ("fct_box_office", "rowid", "source"),
            ("fct_box_office", "rowid", "amount_kind"),
            ("fct_box_office", "rowid", "currency_code"),
            ("fct_box_office", "rowid", "fx_basis"),
            ("fct_page_captures", "capture_id", "layout"),
            ("fct_releases", "title_id", "source"),
            ("fct_releases", "title_id", "date_precision"),
            ("dim_title_facts", "title_id", "fact_kind"),
        )
    ),
    case(
        "fct_title_ratings_daily.rating_date",
        "update marts.fct_title_ratings_daily set rating_date = date '2026-11-23' "
        "where title_id = 7",
        ("rating_date", "not_in_the_future", "refused"),
    ),
]
OF_OPERATIONS = [
    case(
        "table_counts",
        "update ops.table_counts set received_count = 501 where table_name = 'title_crew'",
        (None, "received_is_loaded_plus_rejected", "refused"),
    ),
    case(
        "rejects",
        "update ops.rejects set reject_count = 2",
        (None, "rejects_are_listed", "refused"),
    ),
    *(one for table, column in operations.ORPHAN_COLUMNS for one in orphans(table, column)),
    *(
        case(
            f"match_results.{source}",
            f"update ops.match_results set outcome = 'unmatched' where source = '{source}' "
            f"and outcome = 'matched' and rowid < {rows * len(operations.MATCHED_SOURCES)}",
            *([(f"{source}__match_rate", "matched_as_often", "refused")] if rows > 20 else []),
        )
        for source in operations.MATCHED_SOURCES
        for rows in (19, 21)
    ),
    case(
        "feed_snapshots",
        "update ops.feed_snapshots set snapshot_at = snapshot_at - interval 8 days",
        ("snapshot_at", "fresh", "reported"),
    ),
]

ROUNDS = rounds([OF_ROWS, [*OF_COUNTS, *OF_OPERATIONS], OF_COLUMNS])


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    report = judge_candidate(candidates.write(folder / "good.duckdb"), None, folder, now=NOW)
    file = folder / "profile.json"
    file.write_text(json.dumps(report.profile), "utf-8")
    return file


@pytest.fixture(scope="module")
def good(baseline: Path) -> Path:
    return baseline.with_name("good.duckdb")


@pytest.mark.parametrize("number", range(len(ROUNDS)))
def test_what_is_planted_is_found_and_nothing_else(
    number: int, baseline: Path, tmp_path: Path
) -> None:
    cases = ROUNDS[number]
    candidate = candidates.write(tmp_path / "candidate.duckdb", [one.fault for one in cases])

    report = judge_candidate(candidate, baseline, tmp_path, now=NOW)

    # Fewer facts make a larger share of orphans: only faults in rows do that.
    rows_changed = cases[0] in OF_ROWS
    found = {one for one in findings(report) if not (rows_changed and one[0] == "orphans")}
    assert found == frozenset().union(*(one.findings for one in cases))


def test_every_expectation_has_been_seen_failing(
    good: Path, baseline: Path, tmp_path: Path
) -> None:
    report = judge_candidate(good, baseline, tmp_path, now=NOW)
    planted = {found[:3] for cases in ROUNDS for one in cases for found in one.findings}

    assert findings(report) == set()
    assert promises(report) == planted


def test_a_first_release_has_nothing_to_compare_with(good: Path, tmp_path: Path) -> None:
    report = judge_candidate(good, None, tmp_path, now=NOW)

    names = {verdict.expectation for verdict in report.verdicts}
    assert report.outcome == "passed"
    assert {"not_empty", "few_orphans", "holds_title_basics"} <= names
    assert names.isdisjoint(
        {"rows_not_lost", "null_share_stays", "values_known", "orphans_not_more"}
    )


def test_feeds_that_never_landed_may_leave_marts_empty(tmp_path: Path) -> None:
    emptied = [
        Fault(table, f"delete from {table}")
        for table in candidates.TABLES
        if table != "ops.orphans"
    ]
    nameless = Fault("orphans", "update ops.orphans set orphan_row_count = 0")
    candidate = candidates.write(tmp_path / "candidate.duckdb", [*emptied, nameless])

    report = judge_candidate(candidate, None, tmp_path, now=NOW)

    assert {verdict.verdict for verdict in report.verdicts} == {Outcome.PASSED}


def test_a_profile_is_what_a_release_needs_to_keep(baseline: Path) -> None:
    titles = json.loads(baseline.read_text("utf-8"))["tables"]["dim_titles"]

    assert titles["row_count"] == candidates.ROWS
    assert titles["null_shares"]["rating_average"] == pytest.approx(0.1)
    assert titles["elements"] == {"title_type": {"movie": candidates.ROWS}}
    assert titles["measures"] == {"described_count": 900, "rated_count": 900}


def test_a_refusal_says_what_was_expected_observed_and_where(
    baseline: Path, tmp_path: Path
) -> None:
    fault = Fault("dim_titles", "update marts.dim_titles set vote_count = 0 where title_id < 3")
    candidate = candidates.write(tmp_path / "candidate.duckdb", [fault])

    report = judge_candidate(candidate, baseline, tmp_path, now=NOW)

    [refused] = [one for one in report.verdicts if one.verdict is Outcome.REFUSED]
    assert report.outcome == "refused"
    assert (refused.gate, refused.suite) == ("candidate", "candidate.dim_titles")
    assert (refused.expected, refused.observed) == ("at least 1", "2 of 1,000")
    assert refused.sample == "title_id=1, vote_count=0; title_id=2, vote_count=0"
    assert refused.judged_at == "2026-11-22T06:00:00Z"


def test_a_mart_or_column_new_to_this_release_is_not_compared(
    baseline: Path, tmp_path: Path
) -> None:
    faults = [
        Fault("rpt_new", "create table marts.rpt_new as select 1 as one"),
        Fault("dim_people", "alter table marts.dim_people add column birth_year smallint"),
    ]
    candidate = candidates.write(tmp_path / "candidate.duckdb", faults)

    report = judge_candidate(candidate, baseline, tmp_path, now=NOW)

    assert report.outcome == "passed"
    assert report.profile["tables"]["rpt_new"]["row_count"] == 1
    assert report.profile["tables"]["dim_people"]["null_shares"]["birth_year"] == 1.0


def test_a_new_feed_may_move_shares_but_loses_no_rows(baseline: Path, tmp_path: Path) -> None:
    """The titles that only another feed knows have no ratings, and it names what no dump has."""
    gaps = [
        Fault("dim_people", "update marts.dim_people set person_name = null where person_id < 99"),
        Fault("orphans", "update ops.orphans set orphan_row_count = 90"),
        Fault("fct_credits", "delete from marts.fct_credits where title_id > 979"),
    ]
    landed = Fault(
        "feed_snapshots",
        "insert into ops.feed_snapshots values ('pages', timestamp '2026-11-22 03:00:00')",
    )
    verdicts = {}
    for name, faults in (("usual", gaps), ("new feed", [*gaps, landed])):
        candidate = candidates.write(tmp_path / name / "candidate.duckdb", faults)
        report = judge_candidate(candidate, baseline, tmp_path / name, now=NOW)
        verdicts[name] = {one.expectation: str(one.verdict) for one in report.verdicts
            if one.verdict is not Outcome.PASSED}  # fmt: skip

    few = {"few_orphans": "reported", "rows_not_lost": "refused"}
    assert verdicts["usual"] == few | {
        "null_share_stays": "refused", "orphans_not_more": "refused"
    }  # fmt: skip
    assert verdicts["new feed"] == few | {
        "null_share_stays": "reported", "orphans_not_more": "reported"
    }  # fmt: skip


def test_a_source_of_few_records_may_lose_some_matches(baseline: Path, tmp_path: Path) -> None:
    """Nine pages of ten found their titles: another one of an unknown title is no fault."""
    few = "delete from ops.match_results where source = 'page' and rowid % 100 > 10"
    files = {}
    for name, lost in (("before", 0), ("five", 5), ("six", 6)):
        lose = (
            "update ops.match_results set outcome = 'unmatched' where source = 'page' and rowid in "
            "(select rowid from ops.match_results where source = 'page' and outcome = 'matched' "
            f"limit {lost})"
        )
        files[name] = candidates.write(
            tmp_path / f"{name}.duckdb", [Fault("match_results", few), Fault("match_results", lose)]
        )
    profile = judge_candidate(files["before"], baseline, tmp_path, now=NOW).profile
    before = tmp_path / "before.json"
    before.write_text(json.dumps(profile), "utf-8")

    assert profile["tables"]["match_results"]["measures"]["page__record_count"] < 250
    assert findings(judge_candidate(files["five"], before, tmp_path, now=NOW)) == set()
    assert findings(judge_candidate(files["six"], before, tmp_path, now=NOW)) == {
        ("match_results", "page__match_rate", "matched_as_often", "refused")
    }


def test_a_source_that_left_has_no_rate_to_lose_nor_one_that_came_back(
    baseline: Path, tmp_path: Path
) -> None:
    gone = Fault("match_results", "delete from ops.match_results where source = 'stanford'")
    without = candidates.write(tmp_path / "without.duckdb", [gone])
    left = judge_candidate(without, baseline, tmp_path, now=NOW)
    before = tmp_path / "before.json"
    before.write_text(json.dumps(left.profile), "utf-8")
    again = candidates.write(tmp_path / "again.duckdb")
    returned = judge_candidate(again, before, tmp_path, now=NOW)

    assert [one.outcome for one in (left, returned)] == ["passed", "passed"]
    assert findings(left) == findings(returned) == set()


def test_a_missing_mart_is_broken_by_its_name(baseline: Path, tmp_path: Path) -> None:
    dropped = Fault("dim_people", "drop table marts.dim_people")
    candidate = candidates.write(tmp_path / "candidate.duckdb", [dropped])

    report = judge_candidate(candidate, baseline, tmp_path, now=NOW)

    broken = [one for one in report.verdicts if one.verdict is Outcome.BROKEN]
    assert report.outcome == "broken"
    assert {one.table_name for one in broken} == {"dim_people"}
    assert all("dim_people" in one.observed for one in broken)


@pytest.mark.parametrize(
    ("table", "column", "expectation"),
    [
        ("fct_title_ratings_daily", "vote_count", "values_in_range"),
        ("fct_credits", "category", "values_known"),
    ],
)
def test_a_missing_column_is_broken_by_its_name(
    baseline: Path, tmp_path: Path, table: str, column: str, expectation: str
) -> None:
    dropped = Fault(table, f"alter table marts.{table} drop column {column}")
    candidate = candidates.write(tmp_path / "candidate.duckdb", [dropped])

    report = judge_candidate(candidate, baseline, tmp_path, now=NOW)

    broken = [one for one in report.verdicts if one.verdict is Outcome.BROKEN]
    assert findings(report) == {(table, column, expectation, "broken")}
    assert all(column in one.observed for one in broken)


def test_a_column_a_count_needs_is_broken_with_its_whole_table(
    baseline: Path, tmp_path: Path
) -> None:
    dropped = Fault("fct_credits", "alter table marts.fct_credits drop column credit_source")
    candidate = candidates.write(tmp_path / "candidate.duckdb", [dropped])

    report = judge_candidate(candidate, baseline, tmp_path, now=NOW)

    broken = [one for one in report.verdicts if one.verdict is Outcome.BROKEN]
    assert {one.table_name for one in broken} == {"fct_credits"}
    assert "credit_source" in broken[0].observed


def test_an_orphan_count_that_is_not_there_is_broken(baseline: Path, tmp_path: Path) -> None:
    lost = Fault("orphans", "delete from ops.orphans where column_name = 'series_id'")
    candidate = candidates.write(tmp_path / "candidate.duckdb", [lost])

    report = judge_candidate(candidate, baseline, tmp_path, now=NOW)

    column = "bridge_series_episodes__series_id"
    assert findings(report) == {
        ("orphans", column, "few_orphans", "broken"),
        ("orphans", column, "orphans_not_more", "broken"),
    }


def test_a_broken_gate_is_broken_even_where_the_data_is_refused(
    baseline: Path, tmp_path: Path
) -> None:
    faults = [
        Fault("dim_people", "drop table marts.dim_people"),
        Fault("dim_genres", "delete from marts.dim_genres"),
    ]
    candidate = candidates.write(tmp_path / "candidate.duckdb", faults)

    report = judge_candidate(candidate, baseline, tmp_path, now=NOW)

    assert {Outcome.REFUSED, Outcome.BROKEN} <= {one.verdict for one in report.verdicts}
    assert report.outcome == "broken"


@pytest.mark.parametrize("content", ["", "[]", '{"tables": {"dim_titles": {}}}'])
def test_a_baseline_that_is_no_profile_is_broken(good: Path, tmp_path: Path, content: str) -> None:
    file = tmp_path / "profile.json"
    file.write_text(content, "utf-8")

    report = judge_candidate(good, file, tmp_path, now=NOW)

    assert report.outcome == "broken"
    assert "profile.json" in report.verdicts[0].observed


def test_a_candidate_that_is_no_database_is_broken(tmp_path: Path) -> None:
    file = tmp_path / "candidate.duckdb"
    file.write_bytes(b"not a database" * 1000)

    report = judge_candidate(file, None, tmp_path, now=NOW)

    assert report.outcome == "broken"
    assert "candidate.duckdb" in report.verdicts[0].suite


def test_a_gate_does_not_touch_the_candidate(good: Path, baseline: Path, tmp_path: Path) -> None:
    good.chmod(0o444)
    before = good.read_bytes()

    judge_candidate(good, baseline, tmp_path, now=NOW)

    assert good.read_bytes() == before
    assert not list(good.parent.glob("*.wal"))
    assert not list(tmp_path.iterdir())
    good.chmod(0o644)
    with duckdb.connect(good) as session:  # and holds it no longer
        assert session.execute("select count(*) from marts.dim_genres").fetchall() == [(100,)]


def test_limits_are_arguments(good: Path, baseline: Path, tmp_path: Path) -> None:
    strict = CandidateLimits(orphan_share=0.01, stale_days=0)

    later = judge_candidate(good, baseline, tmp_path, now=NOW + timedelta(days=1), limits=strict)

    names = {one.expectation for one in later.verdicts if one.verdict is Outcome.REPORTED}
    assert names == {"few_orphans", "fresh"}
    assert later.outcome == "passed"


def test_a_report_travels_between_processes(good: Path, baseline: Path, tmp_path: Path) -> None:
    report = judge_candidate(good, baseline, tmp_path, now=NOW)

    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301 # our own bytes
