"""Budgets and grosses of every source in dollars, nominal and real, on a whole build."""

import csv
from collections import defaultdict
from statistics import fmean

import duckdb
import pytest

from tests import shared
from tests.integration.dbt.conftest import Built, build
from tests.integration.dbt.lake import ROWS
from tests.integration.dbt.lake_feeds import Rows

NO_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
REFERENCE = shared.DATA / "ref"
IMDB = {
    **ROWS,
    "title_basics": ROWS["title_basics"].rstrip()
    + """,
        (200, 'movie', 'Salt and Iron', 'Salt and Iron', false, 1999, null, 100, ['Drama']),
        (201, 'tvMiniSeries', 'Race to the Reef', 'Race to the Reef', false, 2007, 2007, 240,
            ['Adventure'])
    """,
    "title_akas": ROWS["title_akas"].rstrip()
    + ", (201, 1, 'Wettlauf zum Riff', 'DE', null, null, null, false)",
    "title_principals": ROWS["title_principals"].rstrip()
    + ", (201, 1, 30, 'actor', null, ['Mission Chief']), (201, 2, 31, 'actress', null, ['Lucia'])",
    "name_basics": ROWS["name_basics"].rstrip()
    + """,
        (30, 'Frank Orsted', null, null, null, null), (31, 'Elisa Bourne', null, null, null, null)
    """,
}


def film(source: str, record: str, key: int, **others: object) -> dict[str, object]:
    return {"source": source, "source_record_id": record, "record_key": key, **others}


def amount(
    source: str, record: str, kind: str, value: str | None, **others: object
) -> dict[str, object]:
    return {
        "source": source,
        "source_record_id": record,
        "amount_kind": kind,
        "area": "unspecified",
        "amount": value,
        "currency_code": "USD",
        **others,
    }


BUDGETS: Rows = {
    "films": [
        film("wikidata", "Q1", -1, wikidata_id="Q1", imdb_title_id=1),
        film("wikidata", "Q2", -2, wikidata_id="Q2", imdb_title_id=200),
        film("wikidata", "Q3", -3, wikidata_id="Q3", title="Nowhere Else", release_year=1954),
        film("wikidata", "Q4", -4, wikidata_id="Q4", title="Late Marks", release_year=2010),
        film("wikidata", "Q5", -5, wikidata_id="Q5", title="No Year At All"),
        film("wikidata", "Q6", -6, wikidata_id="Q6", title="Early Euros", release_year=1998),
        film("wikidata", "Q7", -7, wikidata_id="Q7", title="Earlier Euros", release_year=1997),
        film(
            "the_numbers",
            "Paper Lanterns (1994-03-04)",
            -8,
            title="Paper Lanterns",
            release_year=1994,
            release_date="1994-03-04",
        ),
        film("tmdb", "11", -9, tmdb_id=11, imdb_title_id=200),
    ],
    "amounts": [
        amount("wikidata", "Q1", "budget", "9000000.00"),
        amount("wikidata", "Q1", "gross", "70000000.00"),
        amount("wikidata", "Q2", "budget", "5000000.00", currency_code="DEM"),
        amount("wikidata", "Q3", "budget", "100000.00", currency_code="GBP"),
        amount("wikidata", "Q4", "budget", "1955830.00", currency_code="DEM"),
        amount("wikidata", "Q5", "budget", "100000.00", currency_code="CAD"),
        amount("wikidata", "Q6", "budget", "1000000.00", currency_code="EUR"),
        amount("wikidata", "Q7", "budget", "1000000.00", currency_code="EUR"),
        amount("the_numbers", "Paper Lanterns (1994-03-04)", "budget", "10000000.00"),
        amount(
            "the_numbers", "Paper Lanterns (1994-03-04)", "gross", "20000000.00", area="domestic"
        ),
        amount(
            "the_numbers", "Paper Lanterns (1994-03-04)", "gross", "50000000.00", area="worldwide"
        ),
        amount("tmdb", "11", "budget", None),
        amount("tmdb", "11", "gross", "1000000.00", area="worldwide"),
    ],
}
PAGES: Rows = {
    # no title and no id, as the page in the founding document
    "captures": [
        {
            "capture_id": -1000,
            "title_type": "tvMiniSeries",
            "genres": ["Adventure"],
            "captured_at": "2017-01-01",
        },
        {
            "capture_id": -1001,
            "imdb_title_id": 200,
            "title": "Salt and Iron",
            "title_type": "movie",
            "release_year": 1999,
            "captured_at": "2015-01-01",
        },
        {
            "capture_id": -1002,
            "imdb_title_id": 200,
            "title": "Salt and Iron",
            "title_type": "movie",
            "release_year": 1999,
            "captured_at": "2018-01-01",
        },
    ],
    "names": [{"capture_id": -1000, "name_order": 1, "title_name": "Wettlauf zum Riff"}],
    "releases": [
        {
            "capture_id": -1000,
            "release_order": 1,
            "release_date": "2007-09-23",
            "date_precision": "day",
        }
    ],
    "credits": [
        {
            "capture_id": -1000,
            "credit_order": order,
            "person_name": name,
            "person_key": -order,
            "category": "actor",
        }
        for order, name in enumerate(("Frank Orsted", "Elisa Bourne"), 1)
    ],
    "amounts": [
        {
            "capture_id": capture,
            "amount_kind": kind,
            "area": area,
            "amount": value,
            "currency_code": currency,
            "is_estimated": kind == "budget",
            "as_of_date": as_of,
        }
        for capture, kind, area, value, currency, as_of in (
            (-1000, "budget", "unspecified", "12000000", "CAD", None),
            (-1001, "budget", "unspecified", "4000000", "EUR", None),
            (-1001, "gross", "domestic", "700000", "USD", "2000-01-02"),
            (-1002, "budget", "unspecified", "4500000", "EUR", None),
            (-1002, "opening_weekend", "domestic", "90000", "USD", "1999-11-07"),
        )
    ],
}


@pytest.fixture(scope="module")
def priced(tmp_path_factory: pytest.TempPathFactory) -> Built:
    feeds = {"budgets": BUDGETS, "pages": PAGES}
    return build(tmp_path_factory.mktemp("priced"), IMDB, *NO_UNIT_TESTS, feeds=feeds)


def test_the_project_builds_and_every_test_holds(priced: Built) -> None:
    assert priced.exit_code == 0, priced.output


def test_every_budget_is_in_dollars_or_says_why_not(priced: Built) -> None:
    rows = priced.rows("""
        select
            source_record_id, title_id, amount::bigint, currency_code, release_year, fx_basis,
            fx_year, round(amount_usd)::bigint
        from marts.fct_budgets where source <> 'page' order by source, source_record_id
    """)
    assert rows == [
        ("Paper Lanterns (1994-03-04)", 1, 10000000, "USD", 1994, "us_dollars", None, 10000000),
        ("11", 200, None, "USD", 1999, None, None, None),
        ("Q1", 1, 9000000, "USD", 1994, "us_dollars", None, 9000000),
        ("Q2", 200, 5000000, "DEM", 1999, "release_year", 1999, 2723460),
        ("Q3", -3, 100000, "GBP", 1954, "no_rate", None, None),
        ("Q4", -4, 1955830, "DEM", 2010, "euro", 2010, 1325191),
        ("Q5", -5, 100000, "CAD", None, "no_release_year", None, None),
        ("Q6", -6, 1000000, "EUR", 1998, "year_after", 1999, 1065322),
        ("Q7", -7, 1000000, "EUR", 1997, "no_rate", None, None),
    ]


def test_a_page_without_id_and_title_has_its_budget_in_dollars_of_then_and_now(
    priced: Built,
) -> None:
    rows = priced.rows("""
        select
            title_id, amount::bigint, currency_code, is_estimated, release_year, fx_rate,
            round(amount_usd)::bigint, round(amount_usd_real)::bigint, real_year
        from marts.fct_budgets where source = 'page' and source_record_id = '-1000'
    """)
    rate = 1.0741833
    real = 12e6 / rate * 321.943 / 207.34242
    told = (201, 12000000, "CAD", True, 2007, rate)
    assert rows == [(*told, round(12e6 / rate), pytest.approx(real, rel=1e-6), 2025)]


def test_the_newest_page_that_states_an_amount_is_heard(priced: Built) -> None:
    rows = priced.rows("""
        select source_record_id, amount_kind, null, amount::bigint, null from marts.fct_budgets
        where source = 'page' and title_id = 200
        union all
        select source_record_id, amount_kind, area, amount::bigint, as_of_date::varchar
        from marts.fct_box_office where source = 'page'
        order by all
    """)
    assert rows == [
        ("-1001", "gross", "domestic", 700000, "2000-01-02"),
        ("-1002", "budget", None, 4500000, None),
        ("-1002", "opening_weekend", "domestic", 90000, "1999-11-07"),
    ]


def test_a_return_is_of_worldwide_grosses_and_says_whose(priced: Built) -> None:
    rows = priced.rows("""
        select
            title_id, budget_source, budget_currency_code, worldwide_gross_source,
            widest_gross_area, budget_count, round(budget_spread_ratio, 2),
            unspecified_gross_usd, domestic_gross_usd, round(return_on_budget, 3)
        from marts.rpt_budget_performance
        where grain = 'title' and title_id > 0 order by all
    """)
    salt = round(1e6 / (4.5e6 / 0.93868333), 3)
    spread = round((4.5e6 / 0.93868333) / (5e6 / 1.8359), 2)
    assert rows == [
        (1, "the_numbers", "USD", "the_numbers", "worldwide", 2, 1.11, 7e7, 2e7, 5.0),
        (200, "page", "EUR", "tmdb", "worldwide", 2, spread, None, 7e5, salt),
        (201, "page", "CAD", None, "none", 1, 1.0, None, None, None),
    ]


def test_groups_count_films_and_what_is_known_of_them(priced: Built) -> None:
    rows = priced.rows("""
        select
            grain, genre_id, decade, title_count, budget_title_count, return_title_count,
            budget_usd
        from marts.rpt_budget_performance
        where grain <> 'title' and return_title_count > 0 order by all
    """)
    total = 10e6 + round(4.5e6 / 0.93868333)
    # Early Euros, which a list of films alone knows, is of the decade and of no genre
    assert rows == [
        ("decade", None, 1990, 3, 3, 2, total),
        ("genre", "drama", None, 2, 2, 2, total),
        ("genre_and_decade", "drama", 1990, 2, 2, 2, total),
    ]


def test_every_amount_of_the_lake_is_published_once(priced: Built) -> None:
    counts = priced.rows("""
        select
            (select count(*) from marts.fct_budgets where source <> 'page'),
            (select count(*) from marts.fct_box_office where source <> 'page')
    """)
    stated = [row["amount_kind"] for row in BUDGETS["amounts"]]
    assert counts == [(stated.count("budget"), stated.count("gross"))]


def test_rating_movers_are_those_of_the_newest_day(priced: Built) -> None:
    rows = priced.rows("""
        select
            title_id, rating_date::varchar, previous_rating_date::varchar,
            rating_change::double, new_vote_count, rating_rank, votes_rank
        from marts.rpt_rating_movers
    """)
    assert rows == [(1, "2026-01-02", "2026-01-01", 0.1, 1000, 1, 1)]


@shared.needed
def test_rates_are_the_means_of_the_reference_data(priced: Built) -> None:
    """Every seed's rate of three currencies, added up here from the published months."""
    names = {"Canada": "CAD", "Euro": "EUR", "Japan": "JPY"}
    months = defaultdict(list)
    with (REFERENCE / "fx_monthly.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["Country"] in names and row["Exchange rate"]:
                key = names[row["Country"]], int(row["Date"][:4])
                months[key].append(float(row["Exchange rate"]))
    with duckdb.connect(priced.candidate.with_name("scratch.duckdb"), read_only=True) as scratch:
        rates = scratch.execute("""
            select currency_code, release_year, fx_rate from intermediate.int_exchange_rates_spread
            where fx_basis = 'release_year' and currency_code in ('CAD', 'EUR', 'JPY')
        """).fetchall()
    assert {row[:2] for row in rates} == set(months)
    for currency, year, rate in rates:
        assert rate == pytest.approx(fmean(months[currency, year]), rel=1e-7), (currency, year)
