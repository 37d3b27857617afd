"""The page of reviews against the tables it is made from."""

import statistics
from pathlib import Path

import pytest

import dashboards
from dashboards.reader import Release, Row, statement
from tests.integration.dashboards.emptied import emptied
from tests.integration.dashboards.shown import Opened, words

EVERYTHING: Row = {"source": None, "genre": None}
CHOICES: list[Row] = [
    EVERYTHING,
    {"source": "ieee", "genre": None},
    {"source": "ieee", "genre": "Drama"},
]
QUERIES = Path(dashboards.__file__).with_name("queries") / "reviews"
PARAMETERS = {
    "source": "ieee",
    "genre": "Drama",
    "by": "divided",
    "few": 10,
    "min_votes": 1,
    "rated_count": 10,
    "row_count": 9,
}


def total(rows: list[Row], field: str = "review_count") -> int:
    """The sum of a column."""
    return sum(row[field] for row in rows)


@pytest.mark.parametrize("choice", CHOICES)
def test_every_review_is_in_the_parts_it_belongs_to(release: Release, choice: Row) -> None:
    [figures] = release.rows("reviews/figures", **choice)
    assert figures["review_count"] > 0
    assert total(release.rows("reviews/lengths", **choice)) == figures["review_count"]
    assert total(release.rows("reviews/ratings", **choice)) == figures["rated_count"]
    assert total(release.rows("reviews/years", **choice)) == figures["dated_count"]
    assert total(release.rows("reviews/helpfulness", **choice)) == figures["voted_count"]
    sizes = release.rows("reviews/title_sizes", **choice)
    assert total(sizes, "title_count") == figures["title_count"]
    question = {**choice, "by": "reviewed", "rated_count": 10, "row_count": 10_000}
    assert total(release.rows("reviews/titles", **question)) == figures["matched_count"]


def test_sources_hold_every_record(release: Release) -> None:
    [figures] = release.rows("reviews/figures", **EVERYTHING)
    sources = release.rows("reviews/sources")
    assert total(sources) == figures["review_count"]
    assert total(sources, "record_count") == figures["record_count"] > figures["review_count"]


def test_titles_agree_with_their_report(release: Release) -> None:
    question = {**EVERYTHING, "by": "reviewed", "rated_count": 10, "row_count": 10_000}
    rows = release.rows("reviews/titles", **question)
    answer = release.cursor().execute(
        "select title_id, review_count, favourable_share_ratio from marts.rpt_title_reviews"
    )
    reported = {title_id: facts for title_id, *facts in answer.fetchall()}
    assert len(rows) == len(reported)
    for row in rows:
        review_count, favourable_share = reported[row["title_id"]]
        assert row["review_count"] == review_count
        assert row["favourable_share"] == pytest.approx(favourable_share, abs=0.001)


def test_the_most_divided_title_has_enough_reviews_to_tell(release: Release) -> None:
    question = {**EVERYTHING, "by": "divided", "rated_count": 10, "row_count": 15}
    rows = release.rows("reviews/titles", **question)
    shares = [row["divided_share"] for row in rows]
    assert shares == sorted(shares, reverse=True)
    assert 0 < max(shares) <= 0.5
    assert min(row["rated_count"] for row in rows) >= 10


@pytest.mark.parametrize("choice", CHOICES)
def test_the_most_helpful_come_first(release: Release, choice: Row) -> None:
    rows = release.rows("reviews/most_helpful", **choice, min_votes=10, row_count=9)
    scores = [row["helpful_score"] for row in rows]
    assert len(rows) == 9
    assert scores == sorted(scores, reverse=True)
    assert min(row["vote_count"] for row in rows) >= 10
    assert choice["source"] in (None, *{row["source"] for row in rows})


@pytest.mark.parametrize("name", [file.stem for file in sorted(QUERIES.glob("[!_]*.sql"))])
def test_no_question_but_one_reads_what_reviews_say(release: Release, name: str) -> None:
    sql = statement(f"reviews/{name}")
    used = {key: value for key, value in PARAMETERS.items() if f"${key}" in sql}
    plan = "".join(text for _, text in release.cursor().execute(f"explain {sql}", used).fetchall())
    assert ("body" in plan) == (name == "most_helpful")


def test_an_address_is_a_choice(opened: Opened, release: Release) -> None:
    [figures] = release.rows("reviews/figures", source="ieee", genre="Drama")
    app = opened("reviews", source="IEEE DataPort", genre="Drama", votes="10")
    assert not app.exception
    assert f"{figures['matched_count']} of {figures['review_count']} reviews" in words(app)


def test_a_source_without_votes_says_so(opened: Opened) -> None:
    app = opened("reviews", source="Stanford")
    assert not app.exception
    assert "Sources without votes" in words(app)
    assert "<blockquote" not in words(app)


def test_a_demand_that_no_review_meets_says_what_to_do(opened: Opened) -> None:
    app = opened("reviews", votes="500")
    assert not app.exception
    assert "No review here has 500 votes" in words(app)


def test_a_wrong_address_shows_everything(opened: Opened) -> None:
    app = opened("reviews", source="Nobody", genre="Nothing", votes="-1")
    assert not app.exception
    assert words(app) == words(opened("reviews"))


def test_without_reviews_the_page_says_how_to_load_some(
    opened: Opened, published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ARTHOUSE_HOME", str(emptied(published, tmp_path, ["fct_reviews"])))
    app = opened("reviews")
    assert not app.exception
    assert "No reviews are loaded" in words(app)


@pytest.mark.parametrize("choice", [EVERYTHING, {"source": "ieee", "genre": None}])
def test_lengths_and_helpfulness_are_those_of_the_reviews(release: Release, choice: Row) -> None:
    reviews = (
        release.cursor()
        .execute(
            "select word_count, rating_10, helpful_count, vote_count from marts.fct_reviews "
            "where $source::varchar is null or source = $source",
            {"source": choice["source"]},
        )
        .fetchall()
    )
    [figures] = release.rows("reviews/figures", **choice)
    lengths = [words for words, *_ in reviews if words is not None]
    assert figures["median_word_count"] == statistics.median_low(lengths)
    assert figures["longest_word_count"] == max(lengths)
    stars = release.rows("reviews/helpful_stars", **choice, few=10)
    assert stars
    for row in stars:
        votes = [
            (helpful, asked)
            for _, rating, helpful, asked in reviews
            if rating == row["rating_10"] and asked
        ]
        share = sum(helpful for helpful, _ in votes) / sum(asked for _, asked in votes)
        assert float(row["helpful_share"]) == pytest.approx(float(share))
