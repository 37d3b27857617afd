"""What the page of budgets says in words."""

from decimal import Decimal

import pyarrow
import pytest

from dashboards.views.budgets import coverage, scatter, sources
from dashboards.views.budgets.choice import Choice

NOMINAL = Choice(real_year=None, genre=None, decade=None, words="")
REAL = Choice(real_year=2025, genre="Drama", decade=1990, words="a")
POINTS = pyarrow.table({"cost": [1.0, 2.0]})
NO_BOXES = pyarrow.table({"title_count": pyarrow.array([], pyarrow.int64())})


def test_a_choice_is_asked_as_it_was_made() -> None:
    assert REAL.titles == {"is_real": True, "genre": "Drama", "decade": 1990, "words": "a"}
    assert REAL.dollars_and_genre == {"is_real": True, "genre": "Drama"}
    assert not NOMINAL.is_real


def test_the_year_of_real_dollars_is_said() -> None:
    assert REAL.dollars == "US dollars of 2025"
    assert NOMINAL.dollars == "US dollars of the release"


def test_titles_in_boxes_are_counted() -> None:
    boxes = pyarrow.table({"title_count": [1_000, 234]})
    figures = {"return_count": 1_236, "real_return_count": 1_236}
    said = scatter.what_is_drawn(POINTS, boxes, NOMINAL, figures)
    assert "The 2 titles with the largest amounts" in said
    assert "the other 1,234 are counted in boxes" in said


@pytest.mark.parametrize(("choice", "is_said"), [(REAL, True), (NOMINAL, False)])
def test_titles_without_prices_are_missed_in_real_dollars_alone(
    choice: Choice, is_said: bool
) -> None:
    figures = {"return_count": 5, "real_return_count": 2}
    said = scatter.what_is_drawn(POINTS, NO_BOXES, choice, figures)
    assert ("Not drawn, as the prices of their year are unknown: 3" in said) == is_said
    assert "boxes" not in said


def test_each_source_states_its_amount_in_its_currency() -> None:
    budgets = [
        {"source": "tmdb", "amount": Decimal("2000000.00"), "currency_code": "USD"},
        {"source": "wikidata", "amount": Decimal("900000.00"), "currency_code": "EUR"},
    ]
    assert sources.stated({"budgets": budgets}) == "TMDB USD 2,000,000; Wikidata EUR 900,000"


@pytest.mark.parametrize(
    ("first_year", "said"), [(1990, "1990s"), (None, "No\N{NO-BREAK SPACE}year")]
)
def test_a_decade_is_named_by_its_years(first_year: int | None, said: str) -> None:
    assert coverage.decade({"decade": first_year}) == said
