"""What captured title pages say, in the published tables, on a whole build."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.integration.dbt.conftest import Built, build
from tests.integration.dbt.lake_feeds import Rows
from tests.integration.dbt.test_identity import IMDB

NO_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
OLD, NEW, FITS_TWO = -1000, -1001, -1002
PAGES: Rows = {
    "captures": [
        {
            "capture_id": OLD,
            "imdb_title_id": 106,
            "captured_at": "2015-01-01",
            "layout": "overview-top",
            "url": "https://pages.invalid/106",
            "line_count": 90,
            "unparsed_lines": ["?!"],
            "source_file": "old.html",
            "record_number": 1,
        },
        {
            "capture_id": NEW,
            "imdb_title_id": 106,
            "captured_at": "2020-01-01",
            "layout": "next",
            "line_count": 80,
            "source_file": "crawl.warc.gz",
            "record_number": 7,
        },
        {"capture_id": FITS_TWO, "title": "Glass Tide", "title_type": "movie", "layout": "text"}
        | {"release_year": 1988},
    ],
    "facts": [
        {"capture_id": OLD, "fact_kind": "outline", "fact_order": 1, "fact_text": "Old."},
        {"capture_id": OLD, "fact_kind": "company", "fact_order": 1, "fact_text": "Reef Films"},
        {"capture_id": OLD, "fact_kind": "storyline", "fact_order": 1, "fact_text": "Told."},
        {"capture_id": OLD, "fact_kind": "storyline_author", "fact_order": 1, "fact_text": "Al"},
        {"capture_id": NEW, "fact_kind": "outline", "fact_order": 1, "fact_text": "New."},
        {"capture_id": NEW, "fact_kind": "storyline", "fact_order": 1, "fact_text": "Retold."},
        {"capture_id": NEW, "fact_kind": "color", "fact_order": 1, "fact_text": "Colour"},
        {"capture_id": FITS_TWO, "fact_kind": "outline", "fact_order": 1, "fact_text": "Whose?"},
    ],
    "keywords": [
        {"capture_id": OLD, "keyword_order": 1, "keyword": "reef"},
        {"capture_id": NEW, "keyword_order": 1, "keyword": "Reef"},
        {"capture_id": NEW, "keyword_order": 2, "keyword": "atoll"},
    ],
    "releases": [
        {"capture_id": OLD, "release_order": 1, "country_code": "CA", "country_name": "Canada"}
        | {"release_date": "2007-01-01", "date_precision": "year"},
        {"capture_id": OLD, "release_order": 2, "country_code": "DE", "country_name": "Germany"}
        | {"release_date": "2008-03-01", "date_precision": "month"},
        {"capture_id": NEW, "release_order": 1, "country_code": "CA", "country_name": "Canada"}
        | {"release_date": "2007-09-23", "date_precision": "day"},
    ],
}
BUDGETS: Rows = {
    "films": [
        {"source": "the_numbers", "source_record_id": "t1", "record_key": -31}
        | {"title": "The Salt Meadow", "release_year": 2004, "release_date": "2004-05-06"}
    ]
}


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Built:
    feeds = {"pages": PAGES, "budgets": BUDGETS}
    return build(tmp_path_factory.mktemp("paged"), IMDB, *NO_UNIT_TESTS, feeds=feeds)


def test_the_project_builds_and_every_test_holds(paged: Built) -> None:
    assert paged.exit_code == 0, paged.output


def test_every_capture_is_kept_with_the_lines_nobody_understood(paged: Built) -> None:
    rows = paged.rows("""
        select capture_id, title_id, captured_at::varchar, line_count, unparsed_lines,
            unparsed_line_count, source_file, record_number
        from marts.fct_page_captures order by capture_id
    """)
    assert rows == [
        (FITS_TWO, None, None, 0, [], 0, "", 0),
        (NEW, 106, "2020-01-01 00:00:00", 80, [], 0, "crawl.warc.gz", 7),
        (OLD, 106, "2015-01-01 00:00:00", 90, ["?!"], 1, "old.html", 1),
    ]


def test_the_newest_capture_that_states_a_kind_of_fact_wins(paged: Built) -> None:
    rows = paged.rows("""
        select title_id, fact_kind, fact_text, source, capture_id
        from marts.dim_title_facts order by fact_kind
    """)
    assert rows == [
        (106, "color", "Colour", "page", NEW),
        (106, "company", "Reef Films", "page", OLD),
        (106, "outline", "New.", "page", NEW),
        (106, "storyline", "Retold.", "page", NEW),
    ]


def test_captures_add_keywords_and_countries_of_release_to_each_other(paged: Built) -> None:
    assert paged.rows("from marts.bridge_titles_keywords order by all") == [
        (106, "atoll"),
        (106, "reef"),
    ]
    assert paged.rows("""
        select title_id, source, release_order, country_code, release_date::varchar, date_precision
        from marts.fct_releases order by all
    """) == [
        (100, "the_numbers", 1, None, "2004-05-06", "day"),
        (106, "page", 1, "CA", "2007-09-23", "day"),
        (106, "page", 2, "DE", "2008-03-01", "month"),
    ]


def test_every_title_has_its_page_whatever_feeds_know_it(paged: Built) -> None:
    assert paged.rows("""
        select count(*), count(distinct title_id) from marts.rpt_title_pages
    """) == paged.rows("select count(*), count(*) from marts.dim_titles")
    assert paged.rows("""
        select primary_title, rating_average::double, [one.person_name for one in directors],
            cast_members[1].characters, outline, series_title
        from marts.rpt_title_pages where title_id in (1, 3) order by title_id
    """) == [
        ("Paper Lanterns", 8.2, ["Bo Tillman", "Cy Marsh"], ["The Keeper"], None, None),
        ("Episode #1.1", 7.0, None, None, None, "Harbour Lights"),
    ]


def test_a_release_can_be_moved_renamed_and_attached_with_its_view(
    paged: Built, tmp_path: Path
) -> None:
    moved = tmp_path / "000009-20260101T000000Z.duckdb"
    shutil.copy(paged.candidate, moved)
    query = "select outline from {}.rpt_title_pages where title_id = 106"
    with duckdb.connect(moved, read_only=True) as connection:
        assert connection.execute(query.format("marts")).fetchall() == [("New.",)]
    with duckdb.connect() as connection:
        connection.execute(f"attach '{moved}' as published (read_only)")
        assert connection.execute(query.format("published.marts")).fetchall() == [("New.",)]


def nodes(plan: Any) -> Iterator[dict[str, Any]]:
    if isinstance(plan, dict):
        yield plan
        for value in plan.values():
            yield from nodes(value)
    elif isinstance(plan, list):
        for value in plan:
            yield from nodes(value)


@pytest.mark.parametrize("wanted", ["title_id = 500000", "imdb_title_id = 'tt500000'"])
def test_a_page_reads_the_rows_of_its_own_title_alone(
    paged: Built, tmp_path: Path, wanted: str
) -> None:
    """A view that collected every title's rows would take all memory on IMDb's whole set."""
    grown = tmp_path / "grown.duckdb"
    shutil.copy(paged.candidate, grown)
    with duckdb.connect(grown) as connection:
        connection.execute("create temp table ids as from range(500000, 520000) as ids (title_id)")
        for table, values in {
            "dim_titles": "'tt' || title_id as imdb_title_id, false as is_inferred,"
            " 'imdb' as identity_source",
            "fct_credits": "1 as credit_number, 'self' as category, 'crew' as credit_source",
            "dim_title_facts": "'outline' as fact_kind, 1 as fact_order, 'Told.' as fact_text,"
            " 'page' as source, -1 as capture_id",
            "dim_title_names": "'imdb' as name_source, 1 as name_order, 'N' as title_name",
            "bridge_titles_keywords": "'reef' as keyword",
        }.items():
            connection.execute(
                f"insert into marts.{table} by name select title_id, {values} from ids"
            )
        query = f"from marts.rpt_title_pages where {wanted}"
        assert connection.execute(f"select outline {query}").fetchall() == [("Told.",)]
        (explained,) = connection.execute(
            f"explain (analyze, format json) select * {query}"
        ).fetchall()
    read = {
        node["extra_info"]["Table"].rpartition(".")[2]: node["intermediate_rows"]
        for node in nodes(json.loads(explained[1]))
        if isinstance(node.get("extra_info"), dict) and "Table" in node["extra_info"]
    }
    many = ("fct_credits", "dim_title_facts", "dim_title_names", "bridge_titles_keywords")
    assert {table: read[table] for table in many} == dict.fromkeys(many, 1)
