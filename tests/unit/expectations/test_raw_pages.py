"""Each expectation on title pages is shown to fail by a fault, and by nothing else."""

from pathlib import Path

import pytest

from expectations.run import judge_incoming
from tests.unit.expectations.raw_faults import (
    NOW,
    Proof,
    RawCase,
    of_counts,
    of_known,
    of_range,
    of_strict_range,
    of_watched,
)
from tests.unit.expectations.rounds import findings, rounds
from tests.unit.expectations.snapshots import Fault

TABLES = {
    "captures": """
        select
            i as place,
            -i as capture_id, timestamp '2016-02-01 12:00:00' as captured_at, 'text' as layout,
            i as imdb_title_id, 'Title ' || i as title, 'movie' as title_type,
            1999::smallint as release_year, 2001::smallint as end_year, 90 as runtime_minutes,
            7.5::decimal(3, 1) as rating_average, 10 as vote_count, ['Drama'] as genres
    """,
    "facts": """
        select
            i as place,
            -i as capture_id, 'outline' as fact_kind, 1 as fact_order, 'A lamp.' as fact_text
    """,
    "credits": """
        select
            i as place, -i as capture_id, 1 as credit_order, 'Person ' || i as person_name,
            i as imdb_person_id, 'actor' as category, 2 as episode_count,
            2007::smallint as first_year, 2007::smallint as last_year
    """,
    "names": "select i as place, -i as capture_id, 1 as name_order, 'Die Lampe' as title_name",
    "releases": """
        select
            i as place, -i as capture_id, 1 as release_order, 'CA' as country_code,
            date '2007-09-23' as release_date, 'day' as date_precision
    """,
    "keywords": "select i as place, -i as capture_id, 1 as keyword_order, 'lamp' as keyword",
    "amounts": """
        select
            i as place, -i as capture_id, 'budget' as amount_kind, 'unspecified' as area,
            1000000::decimal(18, 2) as amount, 'CAD' as currency_code,
            date '2008-01-31' as as_of_date
    """,
    "also_liked": """
        select
            i as place,
            -i as capture_id, 1 as liked_order, i as imdb_title_id, 'Title ' || i as title,
            'movie' as title_type, 1999::smallint as release_year, ['Drama'] as genres,
            7.5::decimal(3, 1) as rating_average
    """,
    "reviews": """
        select
            i as place, -i as capture_id, 1 as review_order, 'somebody' as reviewer, 9 as rating_10,
            date '2007-10-03' as review_date, 27 as helpful_count, 31 as vote_count
    """,
}
GENRES = "['Drama', 'Smellovision']"


def of_years(table: str, *columns: str) -> list[RawCase]:
    return [one for column in columns for one in of_range(table, column, "1869", "2047")]


def watched(table: str, columns: str) -> list[RawCase]:
    """Other pages than yesterday's are news, not harm."""
    return of_watched(table, columns, verdict="reported")


PROOF = Proof(
    "pages",
    TABLES,
    rounds(
        [
            [one for table in TABLES for one in of_counts(table, lost="reported")],
            [
                of_known("captures", "layout"),
                of_known("captures", "title_type"),
                of_known("captures", "genres", GENRES),
                *of_years("captures", "release_year", "end_year"),
                *of_range("captures", "runtime_minutes", "0", "100001"),
                *of_range(
                    "captures",
                    "captured_at",
                    "timestamp '1990-10-16 23:59:59'",
                    "timestamp '2027-01-01 00:00:01'",
                ),
                *of_strict_range("captures", "rating_average", "0.9", "10.1"),
                *of_strict_range("captures", "vote_count", "-1"),
                *watched("captures", "imdb_title_id title title_type release_year rating_average"),
                of_known("facts", "fact_kind"),
                of_known("credits", "category"),
                *of_years("credits", "first_year", "last_year"),
                *of_range("credits", "episode_count", "0", "20001"),
                *watched("credits", "person_name imdb_person_id"),
                of_known("releases", "date_precision"),
                *of_range("releases", "release_date", "date '1869-12-31'", "date '2047-01-01'"),
                *watched("releases", "country_code"),
                of_known("amounts", "amount_kind"),
                *of_range("amounts", "amount", "10000000000001"),
                *of_strict_range("amounts", "amount", "0"),
                *of_range("amounts", "as_of_date", "date '1869-12-31'", "date '2027-01-01'"),
                of_known("also_liked", "title_type"),
                of_known("also_liked", "genres", GENRES),
                *of_years("also_liked", "release_year"),
                *of_strict_range("also_liked", "rating_average", "0.9", "10.1"),
                *watched("also_liked", "title imdb_title_id"),
                *of_range("reviews", "review_date", "date '1989-12-31'", "date '2027-01-01'"),
                *of_strict_range("reviews", "rating_10", "0", "11"),
                *of_strict_range("reviews", "helpful_count", "-1"),
                *of_strict_range("reviews", "vote_count", "-1"),
                *watched("reviews", "reviewer rating_10 review_date"),
            ],
        ]
    ),
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return PROOF.write(tmp_path_factory.mktemp("lake") / "good")


@pytest.mark.parametrize("number", range(len(PROOF.rounds)))
def test_what_is_planted_is_found_and_nothing_else(number: int, good: Path, tmp_path: Path) -> None:
    PROOF.of_round(number, good, tmp_path)


def test_every_expectation_has_been_seen_failing(good: Path, tmp_path: Path) -> None:
    PROOF.of_completeness(good, tmp_path)


def test_a_folder_without_pages_is_judged(tmp_path: Path) -> None:
    PROOF.of_emptiness(tmp_path)


def test_nine_pages_in_place_of_thousands_refuse_nothing(good: Path, tmp_path: Path) -> None:
    fewer = [Fault(table, f"delete from {table} where place > 9") for table in TABLES]
    incoming = PROOF.write(tmp_path / "incoming", fewer)

    report = judge_incoming("pages", incoming, good, tmp_path, now=NOW)

    assert report.outcome == "passed"
    assert findings(report) == {(table, None, "rows_not_lost", "reported") for table in TABLES}


def test_where_every_line_may_be_rejected_no_budget_is_promised(good: Path, tmp_path: Path) -> None:
    """An expectation that cannot fail is none: the catalogue allows all lines of the pages."""
    report = judge_incoming("pages", good, good, tmp_path, reject_budget=1.0, now=NOW)

    assert report.verdicts
    assert "rejects_within_budget" not in {one.expectation for one in report.verdicts}
