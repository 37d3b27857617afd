"""The Numbers: films without ids, dollars by the publisher's promise, and misread letters."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.ingest.feeds.budget_files import THE_NUMBERS, Lake, load, table

FILE = "the_numbers.csv"


def row(
    movie: str = "The Lamp", release_date: str = "Dec 18, 2009", **money: str
) -> dict[str, str]:
    return {"id": "1", "movie": movie, "release_date": release_date, **money}


def made(tmp_path: Path, *rows: dict[str, str]) -> Lake:
    return load(tmp_path, {FILE: table(THE_NUMBERS, rows)})


def test_a_film_is_its_title_and_date(tmp_path: Path) -> None:
    money = {"production_budget": "$425,000,000", "domestic_gross": "$1", "worldwide_gross": "$0"}
    lake = made(tmp_path, row(**money))
    name = "The Lamp (2009-12-18)"
    columns = "source, source_record_id, imdb_title_id, title, release_year, release_date"
    assert lake.rows("films", columns) == [
        ("the_numbers", name, None, "The Lamp", 2009, date(2009, 12, 18))
    ]
    columns = "source_record_id, amount_kind, area, amount, currency_code, is_estimated"
    assert lake.rows("amounts", columns) == [
        (name, "budget", "unspecified", Decimal(425000000), "USD", False),
        (name, "gross", "domestic", Decimal(1), "USD", False),
        (name, "gross", "worldwide", None, "USD", False),
    ]


@pytest.mark.parametrize(
    ("text", "name", "year"),
    [
        ("Dec 8, 1931", "The Lamp (1931-12-08)", 1931),
        ("1931", "The Lamp (1931)", 1931),
        ("Unknown", "The Lamp (unknown)", None),
        ("", "The Lamp (unknown)", None),
    ],
)
def test_a_date_may_be_a_year_or_unknown(
    tmp_path: Path, text: str, name: str, year: int | None
) -> None:
    lake = made(tmp_path, row(release_date=text))
    assert lake.rows("films", "source_record_id, release_year") == [(name, year)]


@pytest.mark.parametrize("text", ["Feb 30, 2009", "2009-12-18", "18 Dec 2009", "Dec 2009"])
def test_a_date_that_is_none_refuses_the_record(tmp_path: Path, text: str) -> None:
    lake = made(tmp_path, row(release_date=text, production_budget="$5"), row())
    reason = "not a date (Dec 18, 2009), a year or Unknown"
    assert lake.rejects("films") == [(FILE, 2, "release_date", reason)]
    assert len(lake.rows("films")) == 1
    assert lake.counts(None) == (0, 0, 0, 0)


def test_a_record_without_a_title_is_refused(tmp_path: Path) -> None:
    assert made(tmp_path, row("")).rejects("films") == [(FILE, 2, "movie", "no value")]


def test_films_of_one_title_are_told_by_their_dates(tmp_path: Path) -> None:
    lake = made(tmp_path, row(), row(release_date="Apr 7, 1933"), row(production_budget="$5"))
    assert [name for (name,) in lake.rows("films", "source_record_id")] == [
        "The Lamp (1933-04-07)", "The Lamp (2009-12-18)",
    ]  # fmt: skip
    assert [reason for *_, reason in lake.rejects("films")] == [
        "repeats the key of line 2 with other values"
    ]
    assert lake.rows("amounts", "source_record_id, amount, line_number") == [
        ("The Lamp (2009-12-18)", Decimal(5), 4)
    ]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("$1,000,000", 1000000), ("$1000000", 1000000), ("$0", None), ("-$5", None), ("$-5", None),
     ("$5.50", Decimal("5.50"))],
)  # fmt: skip
def test_dollars_are_read(tmp_path: Path, text: str, amount: Decimal | None) -> None:
    assert made(tmp_path, row(production_budget=text)).rows("amounts", "amount") == [(amount,)]


@pytest.mark.parametrize("text", ["€5", "5", "$5M", "$1,00", "N/A", "A$5", "$", "$5-6"])
def test_what_is_not_dollars_is_refused_alone(tmp_path: Path, text: str) -> None:
    lake = made(tmp_path, row(production_budget=text, worldwide_gross="$7"))
    assert lake.rejects("amounts") == [
        (FILE, 2, "production_budget", "not an amount in US dollars ($425,000,000)")
    ]
    assert lake.rows("amounts", "area, amount") == [("worldwide", Decimal(7))]


@pytest.mark.parametrize(
    "title",
    ["Pokémon", "Amélie\u2019s Lamp", "Lamp—Protocol", "Cìkè Niè", "日本の灯", "plain", "€5 Lamp"],
)
def test_letters_that_were_misread_are_set_right(tmp_path: Path, title: str) -> None:
    misread = title.encode().decode("latin-1")
    lake = made(tmp_path, row(misread))
    assert lake.rows("films", "title") == [(title,)]
    is_other = misread != title
    assert [words.split(" (")[0] for words in lake.warnings()] == is_other * [
        "records with a title whose UTF-8 was taken for Latin-1, set right: 1"
    ]


@pytest.mark.parametrize("title", ["Pokémon", "Ãœber", "Señor Ãpel", "日本の灯 Ã©", "naïve café"])
def test_letters_that_were_not_are_left_alone(tmp_path: Path, title: str) -> None:
    assert made(tmp_path, row(title)).rows("films", "title") == [(title,)]
