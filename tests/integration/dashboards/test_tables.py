"""The data dictionary, against the database it describes."""

import pytest

from dashboards.reader import Release
from tests.integration.dashboards.shown import Opened, words


def test_every_table_and_view_is_listed_with_its_exact_count(
    opened: Opened, release: Release
) -> None:
    app = opened("tables")
    assert not app.exception
    tables = release.rows("tables/tables")
    assert {"marts.dim_titles", "marts.rpt_title_pages", "ops.rejects"} <= {
        row["full_name"] for row in tables
    }
    for row in tables:
        assert f"table={row['full_name']}" in words(app)
        if not row["is_view"]:
            counted = release.cursor().execute(f"select count(*) from {row['full_name']}")
            assert [(row["row_count"],)] == counted.fetchall(), row["full_name"]


def test_every_column_of_every_table_is_described_and_sampled(release: Release) -> None:
    for row in release.rows("tables/tables"):
        name = row["full_name"]
        columns = release.rows("tables/columns", table=name)
        assert len(columns) == row["column_count"] > 0
        assert [column["column_name"] for column in columns if not column["comment"]] == [], name
        if not row["is_view"]:
            sampled = release.rows("tables/sample", table=name, first=0)
            assert len(sampled) == min(20, row["row_count"]), name


@pytest.mark.parametrize(
    "named", ["marts.fct_reviews", "marts.rpt_rating_movers", "ops.rejects", "ops.table_lineage"]
)
def test_a_table_of_each_kind_can_be_opened(opened: Opened, named: str) -> None:
    app = opened("tables", table=named)
    assert not app.exception
    assert f"<h2>{named}</h2>" in words(app)


def test_a_table_shows_its_columns_rows_neighbours_terms_and_a_query(opened: Opened) -> None:
    app = opened("tables", table="marts.dim_titles")
    text = words(app)
    assert "(v·R + m·C) / (v + m)" in text
    assert "tables?table=marts.rpt_top_titles" in text
    assert "title_basics" in text
    assert "Information courtesy of IMDb" in text
    assert "Rows from the middle" in text
    assert "sql?statement=select" in text
    assert app.code[0].value == "select *\nfrom marts.dim_titles\nlimit 100"


def test_a_view_is_asked_for_one_title_and_not_sampled(opened: Opened) -> None:
    app = opened("tables", table="marts.rpt_title_pages")
    assert "where title_id = " in app.code[0].value
    assert "A view is computed" in words(app)


@pytest.mark.parametrize(
    ("searched", "expected"),
    [
        ("rating average", "marts.fct_title_ratings_daily"),
        ("BIRTH", "marts.dim_people"),
        ("helpful", "marts.fct_reviews"),
    ],
)
def test_a_search_finds_tables_by_their_columns(
    opened: Opened, searched: str, expected: str
) -> None:
    assert expected in words(opened("tables", find=searched))


@pytest.mark.parametrize("searched", ["<script>alert(1)</script>", "%zz", "'; drop", "\\zz", "zzz"])
def test_a_search_for_what_there_is_not_says_so(opened: Opened, searched: str) -> None:
    app = opened("tables", find=searched)
    assert not app.exception
    assert "No table or column" in words(app)
    assert "<script>" not in words(app)


@pytest.mark.parametrize("named", ["marts.nothing", "<b>", "marts.dim_titles; drop table x", ""])
def test_an_unknown_table_in_the_address_shows_the_list(opened: Opened, named: str) -> None:
    app = opened("tables", table=named)
    assert not app.exception
    assert "marts: film and television" in words(app)


def test_terms_of_every_source_are_shown(opened: Opened, release: Release) -> None:
    text = words(opened("tables"))
    for source in release.rows("tables/terms", name=None):
        assert source["publisher"] in text.replace("&#39;", "'")


def test_only_feeds_behind_a_table_are_under_its_terms(release: Release) -> None:
    of_ratings = release.rows("tables/terms", name="fct_title_ratings_daily")
    assert {row["feed"] for row in of_ratings} == {"imdb"}
    assert release.rows("tables/terms", name="model_parameters") == []


def test_lineage_passes_over_what_is_not_published(release: Release) -> None:
    neighbours = release.rows("tables/neighbours", name="dim_titles")
    names = {row["table_name"] for row in neighbours}
    assert {"title_basics", "rpt_top_titles", "rpt_title_pages"} <= names
    assert not [name for name in names if name.startswith(("stg_", "int_"))]
