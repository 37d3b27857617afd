"""Each expectation on budgets is shown to fail by a fault, and by nothing else."""

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
    "films": """
        select
            i as place, 'wikidata' as source, 'Q' || i as source_record_id, -i as record_key,
            i as imdb_title_id, 'Q' || i as wikidata_id, i as tmdb_id, 'Title ' || i as title,
            'Titel ' || i as original_title, 1999::smallint as release_year,
            date '1999-03-31' as release_date
    """,
    "amounts": """
        select
            i as place, 'wikidata' as source, 'Q' || i as source_record_id, 'budget' as amount_kind,
            'unspecified' as area, 1000000::decimal(18, 2) as amount, 'USD' as currency_code,
            false as is_estimated, date '1999-12-31' as as_of_date
    """,
}
PROOF = Proof(
    "budgets",
    TABLES,
    rounds(
        [
            [one for table in TABLES for one in of_counts(table)],
            [
                *(of_known(table, "source") for table in TABLES),
                of_known("amounts", "amount_kind"),
                *of_range("films", "release_year", "1869", "2047"),
                *of_range("films", "release_date", "date '1869-12-31'", "date '2047-01-01'"),
                *of_watched("films", "imdb_title_id tmdb_id title release_year"),
                *of_range("amounts", "amount", "10000000000001"),
                *of_strict_range("amounts", "amount", "0", "-12"),
                *of_range("amounts", "as_of_date", "date '1869-12-31'", "date '2027-01-01'"),
                *of_rarely_null("amounts", "currency_code"),
                *of_watched("amounts", "amount as_of_date"),
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


def test_files_without_films_are_judged(tmp_path: Path) -> None:
    PROOF.of_emptiness(tmp_path)
