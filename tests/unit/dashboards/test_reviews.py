"""How a review is shown: long ones opened by hand, spoilers folded, text as text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import markup
from dashboards.reader import Row
from dashboards.views.reviews import helpful, titles


def card(body: str = "Short.", **facts: object) -> str:
    """The HTML of one review."""
    review: Row = {
        "title_id": 5,
        "primary_title": "A title",
        "release_year": 1999,
        "source": "ieee",
        "reviewer": "somebody",
        "reviewer_location": None,
        "headline": "A headline",
        "review_date": date(2020, 1, 2),
        "rating_10": 9,
        "helpful_count": 3,
        "vote_count": 4,
        "helpful_score": 0.3,
        "word_count": 1_234,
        "copy_count": 1,
        "is_spoiler": False,
        **facts,
    }
    filled = {**review, **helpful.excerpt(body)}
    return markup.render("reviews/cards.html", cards=[filled], min_votes=1)


@given(st.text(max_size=2_000))
def test_a_cut_body_loses_nothing(body: str) -> None:
    parts = helpful.excerpt(body)
    assert parts["opening"] + parts["rest"] == body


def test_a_long_body_is_cut_between_words() -> None:
    parts = helpful.excerpt("word " * 200)
    assert parts["opening"].endswith("word")
    assert parts["rest"].startswith(" word")


def test_a_body_without_blanks_is_cut_all_the_same() -> None:
    assert len(helpful.excerpt("x" * 5_000)["opening"]) < 1_000


def test_the_rest_of_a_long_body_opens_by_hand() -> None:
    shown, _, folded = card("word " * 200 + "end").partition("<details>")
    assert "The rest of 1,234 words" in folded
    assert "end" in folded
    assert "end</" not in shown


def test_a_spoiler_is_folded_whole() -> None:
    shown, _, folded = card("The butler did it.", is_spoiler=True).partition("<details>")
    assert "butler" not in shown
    assert "butler" in folded


def test_what_is_not_known_to_spoil_is_said_to_be_so() -> None:
    assert "Whether it spoils is not known" in card(is_spoiler=None)
    assert "Whether it spoils" not in card(is_spoiler=False)


def test_a_review_of_no_known_title_links_nowhere() -> None:
    html = card(title_id=None, primary_title=None, release_year=None)
    assert "of no title that is known here" in html
    assert "href" not in html


@pytest.mark.parametrize("field", ["headline", "reviewer", "reviewer_location", "primary_title"])
def test_text_of_a_feed_is_text(field: str) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    assert "&lt;img" in card(**{field: hostile})
    assert "<img" not in card(hostile * 30, **{field: hostile})


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(1, 1, "1"), (2, 3, "2\N{EN DASH}3"), (1024, 2047, "1k\N{EN DASH}2k")],
)
def test_a_span_of_counts_is_short(first: int, last: int, said: str) -> None:
    assert titles.span(first, last) == said
