"""Names of titles that no dump tells, and of countries that are no more."""

import csv
from pathlib import Path

from dashboards import display, places

COUNTRIES = Path(__file__).parents[3] / "dbt_project" / "seeds" / "countries.csv"


def test_a_title_without_a_name_is_called_by_its_id() -> None:
    assert display.title_name("Metropolis", 17136) == "Metropolis"
    assert display.title_name(None, 17136) == "Title tt0017136"
    assert display.title_name(None, -5) == "Title -5"


def test_every_country_of_the_warehouse_has_a_name() -> None:
    with COUNTRIES.open(encoding="utf-8") as seed:
        codes = [row["country_code"] for row in csv.DictReader(seed)]
    assert [code for code in codes if places.country(code) == code] == []
    assert places.country("XWG") == "West Germany"
    assert places.country("QQQ") == "QQQ"
    assert places.country(None) == display.UNKNOWN
