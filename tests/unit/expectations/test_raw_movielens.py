"""Each expectation on user ratings is shown to fail by a fault, and by nothing else."""

from pathlib import Path

import pytest

from tests.unit.expectations.raw_faults import (
    Proof,
    of_counts,
    of_known,
    of_range,
    of_rarely_null,
    of_strict_range,
    of_watched,
)
from tests.unit.expectations.rounds import rounds

TABLES = {
    "ratings": """
        select
            i as place, 'movielens' as source, i as user_id, i as source_title_id,
            3.5::decimal(3, 1) as rating_original, '0.5-5' as rating_scale,
            timestamp '2005-02-01 12:00:00' as rated_at
    """,
    "tags": """
        select
            i as place, 'movielens' as source, i as user_id, i as source_title_id, 'slow' as tag,
            timestamp '2005-02-01 12:00:00' as tagged_at
    """,
    "titles": """
        select
            i as place, 'movielens' as source, i as source_title_id, 'Title ' || i as title,
            1999::smallint as release_year, ['Drama'] as genres
    """,
    "links": """
        select
            i as place,
            'movielens' as source, i as source_title_id, i as imdb_title_id, i as tmdb_id
    """,
}
DATES = ("timestamp '1994-12-31 23:59:59'", "timestamp '2027-01-01 00:00:01'")
PROOF = Proof(
    "movielens",
    TABLES,
    rounds(
        [
            [one for table in TABLES for one in of_counts(table)],
            [
                *(of_known(table, "source") for table in TABLES),
                of_known("ratings", "rating_scale"),
                *of_strict_range("ratings", "rating_original", "-0.5", "10.1"),
                *of_range("ratings", "rated_at", *DATES),
                *of_range("tags", "tagged_at", *DATES),
                *of_range("titles", "release_year", "1869", "2047"),
                *of_rarely_null("titles", "title"),
                *of_watched("titles", "release_year genres"),
                *of_rarely_null("links", "imdb_title_id"),
                *of_watched("links", "tmdb_id"),
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


def test_a_release_without_rows_is_judged(tmp_path: Path) -> None:
    PROOF.of_emptiness(tmp_path)
