"""Makes the seeds from the reference data: `python dbt_project/seeds/make_seeds.py --ref FOLDER`.

FOLDER holds the files of datahub.io's "core" data sets, which are under the Public Domain
Dedication and Licence: country-codes.csv, currency-codes.csv, fx_monthly.csv, cpi_us_monthly.csv.
What they lack is in additions.toml. The same input gives the same bytes.
"""

import argparse
import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SEPARATOR = "|"
# Codes of metals, funds and tests start with an X, as do these six currencies.
X_CURRENCIES = {"XAF", "XCD", "XCG", "XEU", "XOF", "XPF"}
# The means keep eight digits: the rates have five or six.
MEAN = Context(prec=8, rounding=ROUND_HALF_EVEN)

Row = Sequence[object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ref", type=Path, required=True, help="folder of the reference data")
    parser.add_argument("--out", type=Path, default=HERE, help="folder of the seeds")
    arguments = parser.parse_args()
    make(arguments.ref, arguments.out)


def make(ref: Path, out: Path) -> None:
    """Write the four seeds into a folder."""
    added = tomllib.loads((HERE / "additions.toml").read_text("utf-8"))
    _write(
        out / "currencies.csv",
        "currency_code currency_name symbols wikidata_id units_per_euro withdrawn_year",
        _currencies(_read(ref / "currency-codes.csv"), added),
    )
    _write(
        out / "countries.csv",
        "country_code alpha_3 country_name other_names wikidata_id currency_code",
        _countries(_read(ref / "country-codes.csv"), added),
    )
    _write(
        out / "fx_rates.csv",
        "currency_code rate_year units_per_usd month_count",
        _fx_rates(_read(ref / "fx_monthly.csv"), added["fx_countries"]),
    )
    _write(
        out / "us_prices.csv",
        "price_year price_index month_count",
        _us_prices(_read(ref / "cpi_us_monthly.csv")),
    )


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(file: Path, names: str, rows: Iterable[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names.split())
        writer.writerows(rows)


def _currencies(rows: list[dict[str, str]], added: dict[str, Any]) -> Iterator[Row]:
    """One row per code of ISO 4217, in use or withdrawn."""
    by_code: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        code = row["AlphabeticCode"]
        if code and (not code.startswith("X") or code in X_CURRENCIES):
            by_code[code].append(row)
    for code, entries in sorted(by_code.items()):
        in_use = [row for row in entries if not row["WithdrawalDate"]]
        years = [int(y) for row in entries for y in re.findall(r"\d{4}", row["WithdrawalDate"])]
        yield (
            code,
            (in_use or entries)[-1]["Currency"].strip(),
            SEPARATOR.join(added["symbols"].get(code, [])),
            added["wikidata_ids"].get(code, ""),
            added["euro_rates"].get(code, ""),
            "" if in_use else max(years),
        )


def _countries(rows: list[dict[str, str]], added: dict[str, Any]) -> Iterator[Row]:
    """One row per country, with those that are no more."""
    gone: list[tuple[str, ...]] = [
        (
            one["code"],
            "",
            one["name"],
            SEPARATOR.join(one.get("others", [])),
            one.get("wikidata_id", ""),
            one.get("currency", ""),
        )
        for one in added["gone"]
    ]
    yield from sorted([_country(row, added) for row in rows] + gone)


def _country(row: dict[str, str], added: dict[str, Any]) -> tuple[str, ...]:
    code = row["ISO3166-1-Alpha-2"]
    shown = row["CLDR display name"]
    spelled = re.sub(r"^St\.", "Saint", shown.replace("&", "and").replace("\u2019", "'"))
    name = added["country_names"].get(code, spelled)
    short = re.sub(r" \(the\)| \*+", "", row["UNTERM English Short"]).strip()
    names = [shown, spelled, *added["other_names"].get(code, []), row["official_name_en"], short]
    return (
        code,
        row["ISO3166-1-Alpha-3"],
        name,
        SEPARATOR.join(dict.fromkeys(other for other in names if other and other != name)),
        added["country_wikidata_ids"].get(code) or row["wikidata_id"].rpartition("/")[2],
        added["country_currencies"].get(code)
        or row["ISO4217-currency_alphabetic_code"].split(",")[0],
    )


def _fx_rates(rows: list[dict[str, str]], currencies: dict[str, str]) -> Iterator[Row]:
    """The mean of the months of each year."""
    months: dict[tuple[str, int], list[Decimal]] = defaultdict(list)
    for row in rows:
        if row["Country"] in currencies and row["Exchange rate"]:
            year = int(row["Date"][:4])
            months[currencies[row["Country"]], year].append(Decimal(row["Exchange rate"]))
    for (code, year), rates in sorted(months.items()):
        yield code, year, _mean(rates), len(rates)


def _us_prices(rows: list[dict[str, str]]) -> Iterator[Row]:
    months: dict[int, list[Decimal]] = defaultdict(list)
    for row in rows:
        if row["Index"]:
            months[int(row["Date"][:4])].append(Decimal(row["Index"]))
    for year, indices in sorted(months.items()):
        yield year, _mean(indices), len(indices)


def _mean(values: Sequence[Decimal]) -> str:
    return f"{MEAN.divide(sum(values, Decimal(0)), Decimal(len(values))).normalize(MEAN):f}"


if __name__ == "__main__":
    main()
