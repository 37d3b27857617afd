"""TMDB's extracts: two layouts, broken records, and numbers that mean nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.ingest.feeds.budget_files import TMDB, TMDB_5000, Lake, load, table

FILE = "movies_metadata.csv"
FILM = "source_record_id, imdb_title_id, tmdb_id, title, original_title, release_year, release_date"


def row(number: str = "862", **values: str) -> dict[str, str]:
    texts = {"id": number, "title": "The Lamp", "release_date": "1995-10-30"}
    return texts | {"budget": "30000000", "revenue": "373554033"} | values


def made(tmp_path: Path, *rows: dict[str, str]) -> Lake:
    return load(tmp_path, {FILE: table(TMDB, rows)})


def test_a_film_has_its_ids_and_two_amounts(tmp_path: Path) -> None:
    several_lines = 'One line,\nanother "line"\n'
    full = row(imdb_id="tt0114709", original_title="Die Lampe", overview=several_lines)
    lake = made(tmp_path, full, row("863"))
    assert lake.rows("films", FILM) == [
        ("862", 114709, 862, "The Lamp", "Die Lampe", 1995, date(1995, 10, 30)),
        ("863", None, 863, "The Lamp", None, 1995, date(1995, 10, 30)),
    ]
    assert lake.rows("amounts", "amount_kind, area, amount, currency_code, line_number")[:2] == [
        ("budget", "unspecified", Decimal(30000000), "USD", 2),
        ("budget", "unspecified", Decimal(30000000), "USD", 5),
    ]
    assert {(kind, area) for kind, area in lake.rows("amounts", "amount_kind, area")} == {
        ("budget", "unspecified"), ("gross", "worldwide"),
    }  # fmt: skip


def test_the_layout_without_imdb_ids_is_read(tmp_path: Path) -> None:
    text = table(TMDB_5000, [row()])
    lake = load(tmp_path, {"tmdb_5000_movies.csv": text})
    assert lake.rows("films", "source_record_id, imdb_title_id") == [("862", None)]
    assert lake.counts("tmdb_5000_movies.csv") == (1, 1, 0, 0)


@pytest.mark.parametrize("text", ["0", "-12", "0.0"])
def test_nothing_and_less_is_an_unknown_amount(tmp_path: Path, text: str) -> None:
    lake = made(tmp_path, row(revenue=text))
    assert lake.rows("amounts", "amount_kind, amount, currency_code") == [
        ("budget", Decimal(30000000), "USD"), ("gross", None, "USD"),
    ]  # fmt: skip


def test_an_amount_that_is_none_is_refused_alone(tmp_path: Path) -> None:
    lake = made(tmp_path, row(budget="/poster.jpg"), row("863", revenue=""))
    assert lake.rejects("amounts") == [(FILE, 2, "budget", "not a number")]
    assert lake.counts(None) == (3, 2, 1, 0)


@pytest.mark.parametrize(
    ("values", "column", "reason"),
    [
        ({"id": "1997-08-20"}, "id", "not a whole number"),
        ({"id": ""}, "id", "no value"),
        ({"id": "-5"}, "id", "not a whole number"),
        ({"release_date": "1"}, "release_date", "not a date (2009-12-18)"),
        ({"release_date": "2009-02-30"}, "release_date", "not a date (2009-12-18)"),
    ],
)
def test_a_record_whose_fields_moved_is_refused(
    tmp_path: Path, values: dict[str, str], column: str, reason: str
) -> None:
    lake = made(tmp_path, row("5"), row(**values))
    assert lake.rejects("films") == [(FILE, 3, column, reason)]
    assert lake.counts(FILE) == (2, 1, 1, 0)
    assert lake.counts(None) == (2, 2, 0, 0)


def test_a_record_that_a_line_break_cut_is_two_rejects(tmp_path: Path) -> None:
    whole = table(TMDB, [row("5"), row("6", overview="cut here"), row("7")])
    lake = load(tmp_path, {FILE: whole.replace("cut here", "cut\r\nhere")})
    assert [line for _, line, _, _ in lake.rejects("films")] == [3, 4]
    assert [name for (name,) in lake.rows("films", "source_record_id")] == ["5", "7"]
    assert lake.raw_lines("films")[1].startswith(b"here,1995-10-30")


def test_an_imdb_id_that_is_none_is_left_out_and_said(tmp_path: Path) -> None:
    lake = made(tmp_path, row("5", imdb_id="0"), row("6", imdb_id=""))
    assert lake.rows("films", "imdb_title_id") == [(None,), (None,)]
    assert lake.warnings() == ["records without a usable imdb_id: 1 (line 2 has '0')"]


def test_a_film_that_stands_twice_is_loaded_once(tmp_path: Path) -> None:
    lake = made(tmp_path, row("5"), row("5", overview="other words"), row("5", budget="7"))
    assert [reason for *_, reason in lake.rejects("films")] == [
        "the same as line 2", "repeats the key of line 2 with other values",
    ]  # fmt: skip
    assert lake.rejects("amounts") == [
        (FILE, 4, "budget", "repeats line 2 with another value"),
        (FILE, 4, "revenue", "the same as line 2"),
    ]


def test_the_two_layouts_share_their_films(tmp_path: Path) -> None:
    files = {
        "tmdb_5000_movies.csv": table(TMDB_5000, [row("5", budget="9")]),
        FILE: table(TMDB, [row("5", imdb_id="tt0000005", budget="0")]),
    }
    lake = load(tmp_path, files)
    assert lake.rows("films", "imdb_title_id, source_file") == [(5, FILE)]
    assert lake.rows("amounts", "amount, source_file") == [
        (Decimal(9), "tmdb_5000_movies.csv"), (Decimal(373554033), FILE),
    ]  # fmt: skip
