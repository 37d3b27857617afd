"""Each expectation on reviews is shown to fail by a fault, and by nothing else."""

from pathlib import Path

import pytest

from tests.unit.expectations.raw_faults import (
    Proof,
    of_counts,
    of_known,
    of_range,
    of_strict_range,
    of_watched,
)
from tests.unit.expectations.rounds import rounds

TABLES = {
    "reviews": """
        select
            i as place,
            'ieee' as source, 'rw' || i as source_review_id, i as content_hash, i as record_hash,
            i as title_id, 'Title' as title, 1999::smallint as release_year, 'somebody' as reviewer,
            7 as rating_10, 'positive' as sentiment_label, 'Good' as headline, 'It is.' as body,
            date '2005-02-01' as review_date, false as is_spoiler, 2 as helpful_count,
            3 as vote_count
    """,
}
PROOF = Proof(
    "reviews",
    TABLES,
    rounds(
        [
            of_counts("reviews"),
            [
                of_known("reviews", "source"),
                of_known("reviews", "sentiment_label"),
                *of_strict_range("reviews", "rating_10", "0", "11"),
                *of_strict_range("reviews", "helpful_count", "-1"),
                *of_strict_range("reviews", "vote_count", "-1"),
                *of_range("reviews", "release_year", "1869", "2047"),
                *of_range("reviews", "review_date", "date '1989-12-31'", "date '2027-01-01'"),
                *of_watched(
                    "reviews",
                    "title_id title rating_10 sentiment_label review_date helpful_count",
                ),
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


def test_a_dump_without_rows_is_judged(tmp_path: Path) -> None:
    PROOF.of_emptiness(tmp_path)
