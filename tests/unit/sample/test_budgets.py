"""Invented budgets have the publishers' formats, load whole, and are of the sample's titles."""

import csv
import gzip
import json
from collections import Counter
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from sample import budgets, imdb
from tests import shared
from tests.unit.ingest.feeds.budget_files import Lake, load

REAL = shared.DATA / "budgets"
FILES = (
    budgets.WIKIDATA_CSV, budgets.WIKIDATA_JSON, budgets.THE_NUMBERS, budgets.TMDB_5000,
    budgets.TMDB,
)  # fmt: skip


@pytest.fixture(scope="module")
def counts(folder: Path, dumps: Path) -> dict[str, int]:
    return budgets.generate(dumps, folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("budgets")


@pytest.fixture(scope="module")
def lake(folder: Path, counts: dict[str, int], tmp_path_factory: pytest.TempPathFactory) -> Lake:
    files = {name: (folder / name).read_bytes() for name in counts}
    return load(tmp_path_factory.mktemp("lake") / "lake", files)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def hashes(folder: Path) -> dict[str, str]:
    return {name: sha256((folder / name).read_bytes()).hexdigest() for name in FILES}


def test_only_the_files_and_their_mark_are_left(folder: Path, counts: dict[str, int]) -> None:
    assert {path.name for path in folder.iterdir()} == {*FILES, imdb.MARK}
    assert set(counts) == set(FILES)


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(
    dumps: Path, folder: Path, counts: dict[str, int], tmp_path: Path
) -> None:
    assert counts == budgets.generate(dumps, tmp_path / "again")
    budgets.generate(dumps, tmp_path / "other", seed=2)

    assert hashes(folder) == hashes(tmp_path / "again")
    assert not set(hashes(folder).values()) & set(hashes(tmp_path / "other").values())


@shared.needed
@pytest.mark.parametrize("name", [budgets.WIKIDATA_CSV, budgets.THE_NUMBERS])
def test_headers_are_the_publishers(folder: Path, counts: dict[str, int], name: str) -> None:
    assert name in counts
    real, made = ((path / name).read_bytes().split(b"\n")[0] for path in (REAL, folder))
    assert made == real


def test_records_are_counted(folder: Path, counts: dict[str, int]) -> None:
    read = {name: len(rows(folder / name)) for name in counts if name.endswith(".csv")}
    answer = json.loads((folder / budgets.WIKIDATA_JSON).read_text("utf-8"))
    assert read | {budgets.WIKIDATA_JSON: len(answer["results"]["bindings"])} == counts
    assert min(counts.values()) >= 50


def test_everything_loads_but_what_a_second_gross_repeats(
    lake: Lake, counts: dict[str, int]
) -> None:
    answers = [one for one in lake.loads if one.file == budgets.WIKIDATA_JSON]
    repeats = sum(one.rejected_count for one in answers)
    assert {one.file: one.received_count for one in lake.loads if one.file} == counts
    assert 0 < repeats < counts[budgets.WIKIDATA_JSON] / 10
    assert len(lake.rejects("films")) == repeats
    for one in lake.loads:
        assert one.rejected_count == one.duplicate_count
    assert {reason.split(" line")[0] for *_, reason in lake.rejects("amounts")} == {"the same as"}


def test_only_misread_letters_are_in_doubt(lake: Lake) -> None:
    assert all("UTF-8 was taken for Latin-1" in words for words in lake.warnings())


def test_amounts_are_of_several_currencies_and_areas(lake: Lake) -> None:
    currencies = Counter(code for (code,) in lake.rows("amounts", "currency_code"))
    assert currencies.most_common(1)[0][0] == "USD"
    assert len(currencies) >= 8
    assert {area for (area,) in lake.rows("amounts", "area")} == {
        "unspecified", "domestic", "worldwide", "US",
    }  # fmt: skip
    unknown = [amount for (amount,) in lake.rows("amounts", "amount") if amount is None]
    assert unknown
    assert max(amount for (amount,) in lake.rows("amounts", "coalesce(amount, 0)")) > Decimal("1e8")


def test_titles_are_the_samples_save_a_few_that_only_budgets_know(lake: Lake, dumps: Path) -> None:
    with gzip.open(dumps / "title.basics.tsv.gz", "rt", encoding="utf-8") as stream:
        known = {int(line.split("\t")[0][2:]): line.split("\t")[2] for line in list(stream)[1:]}
    stated = lake.rows("films", "imdb_title_id, title")
    assert all(known[title_id] == title for title_id, title in stated if title_id)
    strangers = {title for title_id, title in stated if not title_id} - set(known.values())
    assert 1 <= len(strangers) <= budgets.STRANGERS


def test_old_films_may_have_old_money(lake: Lake) -> None:
    codes = {code for (code,) in lake.rows("amounts", "currency_code")}
    assert codes & {"DEM", "FRF", "ITL"}
    assert "EUR" in codes
