"""The feed as a whole: which files it knows, and what hostile ones do to it."""

import gzip
from pathlib import Path

import duckdb
import pytest

from ingest.catalog import BUDGETS
from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.feeds import budgets
from ingest.parts import Arrived, Parts
from tests import shared
from tests.unit.ingest.feeds.budget_files import THE_NUMBERS, TMDB, WIKIDATA, film, load, table

GOOD = table(THE_NUMBERS, [{"movie": "The Lamp", "release_date": "1931"}])


def test_no_files_are_no_rows(tmp_path: Path) -> None:
    assert load(tmp_path, {}).loads == []


def test_every_format_goes_into_the_same_tables(tmp_path: Path) -> None:
    files = {
        "wikidata.csv": table(WIKIDATA, [film()]),
        "the_numbers.csv": GOOD,
        "movies_metadata.csv": table(TMDB, [{"id": "5", "title": "The Lamp"}]),
    }
    lake = load(tmp_path, files)
    assert lake.rows("films", "source") == [("the_numbers",), ("tmdb",), ("wikidata",)]
    assert sorted(str(one.file) for one in lake.loads if one.file) == sorted(files)
    assert [one.table for one in lake.loads if one.file is None] == ["amounts"]


def test_columns_are_found_by_name_wherever_they_stand(tmp_path: Path) -> None:
    columns = ["more", *reversed(THE_NUMBERS)]
    row = {"movie": "The Lamp", "release_date": "1931", "domestic_gross": "$5"}
    lake = load(tmp_path, {"the_numbers.csv": table(columns, [row])})
    assert lake.rows("amounts", "area, amount") == [("domestic", 5)]


def test_the_file_of_silent_currencies_is_never_loaded(tmp_path: Path) -> None:
    columns = ["color", "gross", "movie_title", "movie_imdb_link", "budget", "title_year"]
    with pytest.raises(SourceChangedError, match="many currencies, of which it names none"):
        load(tmp_path, {"movie_metadata.csv": table(columns, [])})


def test_a_file_of_no_known_columns_says_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(SourceChangedError) as raised:
        load(tmp_path, {"tmdb_x.csv": "a,b\n1,2\n"})
    assert raised.value.location == "tmdb_x.csv"
    assert "a, b" in raised.value.reason
    assert "Wikidata: wd_film_qid" in raised.value.advice


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (gzip.compress(GOOD.encode(), mtime=0)[:-5], "not a whole gzip file"),
        (gzip.compress(b"movie\n" + b"x" * 50_000_000, mtime=0), "more than 200 times its size"),
    ],
)
def test_a_damaged_file_stops_the_load(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(SourceDamagedError, match=reason):
        load(tmp_path, {"the_numbers.csv.gz": content})


def test_a_wrong_encoding_and_a_torn_line_cost_their_records_alone(tmp_path: Path) -> None:
    lines = (
        GOOD.encode() + b'1,1932,Lamp \xe9,$1,,\r\n1,1933,"Lamp" B,$1,,\r\n1,1934,Lamp C,$1,,\r\n'
    )
    lake = load(tmp_path, {"the_numbers.csv": lines})
    assert [row[1:] for row in lake.rejects("films")] == [
        (3, None, "not valid UTF-8"),
        (4, None, "a quote is out of place, or never closes"),
    ]
    assert lake.rows("films", "title") == [("Lamp C",), ("The Lamp",)]


def test_a_header_alone_is_no_films(tmp_path: Path) -> None:
    lake = load(tmp_path, {"the_numbers.csv": table(THE_NUMBERS, [])})
    assert lake.counts("the_numbers.csv") == (0, 0, 0, 0)


def test_keys_are_negative_and_stay(tmp_path: Path) -> None:
    lake = load(tmp_path, {"the_numbers.csv": GOOD})
    assert lake.rows("films", "record_key") == [(-628351946557369048,)]


@shared.needed
def test_the_real_files_are_read_whole(tmp_path: Path) -> None:
    files = [Arrived(path.name, path) for path in sorted((shared.DATA / "budgets").iterdir())]
    with duckdb.connect() as connection:
        parts = Parts(connection, BUDGETS, tmp_path)
        loads = {one.file: one for one in budgets.load(connection, files, parts)}
        parts.join()
        reasons = connection.execute(
            "select distinct reason from read_parquet($1)",
            [str(tmp_path / "films.rejects.parquet")],
        ).fetchall()
    assert {name: (one.received_count, one.rejected_count) for name, one in loads.items()} == {
        "the_numbers_movie_budgets.csv": (5782, 0),
        "wikidata_films.csv": (17710, 1492),  # links to reviews of films that Wikidata lacks
        None: (23822, 19),
    }
    assert reasons == [("no value",)]
