"""Currencies and countries, as the seeds list them."""

import csv
import importlib.util
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from ingest import reference
from tests import shared

ROOT = Path(__file__).resolve().parents[3]
REF = shared.DATA / "ref"
SEEDS = ("countries", "currencies", "fx_rates", "us_prices")
# A year's mean against the year before. Brazil, 1999 and 2015: 1.6; France, 1981: 1.3.
LARGEST_MOVE = 2.0


def rows(name: str) -> list[dict[str, str]]:
    with (reference.SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United States", "US"),
        ("USA", "US"),
        ("UK", "GB"),
        ("united kingdom", "GB"),
        ("Canada", "CA"),
        ("West Germany", "XWG"),
        ("Soviet Union", "SUHH"),
        ("Czech Republic", "CZ"),
        ("Côte d\u2019Ivoire", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("Namibia", "NA"),
        ("Yugoslavia", "XYU"),
        ("  South   Korea ", "KR"),
        ("Ruritania", None),
        ("", None),
    ],
)
def test_a_country_is_known_by_any_of_its_names(name: str, code: str | None) -> None:
    assert reference.country_code(name) == code


def test_currencies_are_known_by_code_symbol_and_item() -> None:
    assert {"USD", "EUR", "DEM", "FRF", "ITL", "TRL", "XOF"} <= reference.currency_codes()
    assert {"XXX", "XTS", "XAU"}.isdisjoint(reference.currency_codes())
    assert reference.currency_symbols()["¥"] == "JPY"
    assert reference.currency_symbols()["CN¥"] == "CNY"
    assert "kr" not in reference.currency_symbols()
    assert reference.currencies_by_wikidata_id()["Q4917"] == "USD"
    assert "" not in reference.currencies_by_wikidata_id()
    assert reference.countries_by_wikidata_id()["Q30"] == "US"


def test_a_symbol_that_means_two_currencies_is_a_broken_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "currencies.csv").write_text("currency_code,symbols\nSEK,kr\nNOK,kr|K\n", "utf-8")
    monkeypatch.setattr(reference, "SEEDS", tmp_path)
    reference.currency_symbols.cache_clear()
    with pytest.raises(ValueError, match="'kr' stands for SEK and NOK"):
        reference.currency_symbols()


def test_every_country_and_rate_has_a_currency_of_the_list() -> None:
    used = {row["currency_code"] for name in ("countries", "fx_rates") for row in rows(name)}
    assert used - {""} <= reference.currency_codes()


def test_rates_are_units_per_dollar_without_a_jump() -> None:
    rates = {
        (row["currency_code"], int(row["rate_year"])): float(row["units_per_usd"])
        for row in rows("fx_rates")
    }
    jumps = {
        (code, year)
        for (code, before), (other, year) in pairwise(sorted(rates))
        if code == other
        and before == year - 1
        and not 1 / LARGEST_MOVE < rates[code, year] / rates[code, before] < LARGEST_MOVE
    }
    assert jumps == set()
    assert rates["JPY", 2000] > 100 > 1 > rates["GBP", 2000]
    assert 0.6 < rates["EUR", 2008] < 0.7 < 1.1 < rates["EUR", 2001]


def test_legacy_rates_hold_to_the_euro_they_became() -> None:
    fixed = {
        row["currency_code"]: float(row["units_per_euro"])
        for row in rows("currencies")
        if row["units_per_euro"]
    }
    rates = {
        (row["currency_code"], row["rate_year"]): float(row["units_per_usd"])
        for row in rows("fx_rates")
    }
    shared = [code for code in fixed if (code, "2000") in rates and code != "GRD"]
    assert {"DEM", "FRF", "ITL", "ESP", "ATS"} <= set(shared)
    for code in shared:
        through_euro = rates["EUR", "2000"] * fixed[code]
        assert rates[code, "2000"] == pytest.approx(through_euro, rel=2e-3), code


@shared.needed
def test_the_seeds_are_what_the_script_makes(tmp_path: Path) -> None:
    make_seeds().make(REF, tmp_path)
    for name in SEEDS:
        made = (tmp_path / f"{name}.csv").read_bytes()
        assert made == (reference.SEEDS / f"{name}.csv").read_bytes(), name


def make_seeds() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_seeds", reference.SEEDS / "make_seeds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
