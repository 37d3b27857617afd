"""Answers of the SQL page, made fit for a grid, a chart and a person."""

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.views.sql import answer, drawing, grid, unique
from warehouse.sandbox import Place


@given(st.lists(st.sampled_from(["a", "b", "a (2)", "a (3)", ""])))
def test_names_are_told_apart_and_the_first_of_each_stays(given_names: list[str]) -> None:
    made = unique.names(given_names)
    assert len(set(made)) == len(made) == len(given_names)
    for name in given_names:
        assert made[given_names.index(name)] == name


def test_the_second_of_a_name_is_numbered() -> None:
    assert unique.names(["a", "a", "a (2)", "a"]) == ["a", "a (3)", "a (2)", "a (4)"]


def test_many_equal_names_are_told_apart_at_once() -> None:
    """By looking through those before, it would be the cube of their number."""
    given_names = ["a"] * 100_000
    assert unique.names(given_names)[-1] == "a (100000)"


def test_a_key_that_a_browser_would_round_is_text() -> None:
    rows = pyarrow.table({"key": [2**53 + 1, None], "year": [1999, None]})
    shown = grid.readable(rows)
    assert shown.column("key").to_pylist() == ["9007199254740993", None]
    assert shown.column("year").to_pylist() == [1999, None]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"name": ["x"], "votes": [1], "rating": [1.5]}, ("name", "rating", "Bars")),
        ({"release_year": [1999], "mean": [1.5]}, ("release_year", "mean", "Line")),
        ({"cost": [1], "gross": [2]}, ("cost", "gross", "Points")),
    ],
)
def test_a_chart_begins_with_what_suits_the_columns(
    columns: dict[str, list[object]], expected: tuple[str, str, str]
) -> None:
    assert drawing.suggested(pyarrow.table(columns)) == expected


def test_an_error_is_shown_with_the_line_it_is_on() -> None:
    statement = "select\n  nope, title_id\nfrom dim_titles"
    place = Place(start=statement.index("nope"), length=4, line=2, column=3)
    assert answer.around(statement, place) == ("  ", "nope", ", title_id")


def test_an_error_at_the_end_has_nothing_behind_it() -> None:
    assert answer.around("select", Place(start=6, length=0, line=1, column=7)) == ("select", "", "")
