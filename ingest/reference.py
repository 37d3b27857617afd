"""Currencies and countries, as the seeds of the warehouse list them: one copy for both.

`dbt_project/seeds/` says where the lists come from. Names are compared without case, and with
straight apostrophes.
"""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import MappingProxyType

SEEDS = Path(__file__).parents[1] / "dbt_project" / "seeds"
_SEPARATOR = "|"


@cache
def currency_codes() -> frozenset[str]:
    """ISO 4217's codes, withdrawn ones among them."""
    return frozenset(row["currency_code"] for row in _rows("currencies"))


@cache
def currency_symbols() -> MappingProxyType[str, str]:
    """The code of every symbol that means one currency only."""
    return _one_to_one(
        (symbol, row["currency_code"])
        for row in _rows("currencies")
        for symbol in row["symbols"].split(_SEPARATOR)
    )


@cache
def currencies_by_wikidata_id() -> MappingProxyType[str, str]:
    """The code of every currency whose item we know, as in `Q4917`."""
    return _one_to_one((row["wikidata_id"], row["currency_code"]) for row in _rows("currencies"))


@cache
def countries_by_wikidata_id() -> MappingProxyType[str, str]:
    """The code of every country whose item we know, as in `Q30`."""
    return _one_to_one((row["wikidata_id"], row["country_code"]) for row in _rows("countries"))


def country_code(name: str) -> str | None:
    """The code of a country by any of its names; None when it is not in the list."""
    return _countries_by_name().get(_heard(name))


@cache
def _countries_by_name() -> MappingProxyType[str, str]:
    return _one_to_one(
        (heard, row["country_code"])
        for row in _rows("countries")
        for heard in {
            _heard(name) for name in (row["country_name"], *row["other_names"].split(_SEPARATOR))
        }
    )


def _heard(name: str) -> str:
    return " ".join(name.casefold().replace("\u2019", "'").split())


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _one_to_one(pairs: Iterator[tuple[str, str]]) -> MappingProxyType[str, str]:
    """By the first of each pair, empty ones aside; ValueError when one stands twice."""
    codes: dict[str, str] = {}
    for key, code in pairs:
        if key in codes:
            raise ValueError(f"{key!r} stands for {codes[key]} and {code}: look at {SEEDS}")
        if key:
            codes[key] = code
    return MappingProxyType(codes)
