"""What viewers rated, wrote and liked, on a whole build."""

import math

import pytest

from tests.integration.dbt.conftest import Built, build
from tests.integration.dbt.lake import ROWS
from tests.integration.dbt.lake_feeds import Rows

# MovieLens' own numbers beside IMDb's, so that a join of the one to the other would show.
LISTED = {1: 2, 2: 3, 3: 1, 4: 4}
FANS = range(1, 8)
MOVIELENS: Rows = {
    "links": [
        {"source": "movielens", "source_title_id": listed, "imdb_title_id": title_id}
        for listed, title_id in LISTED.items()
    ],
    "ratings": [
        *(
            {
                "source": "movielens",
                "user_id": user,
                "source_title_id": listed,
                "rating_original": 4.5,
                "rating_scale": "0.5-5",
            }
            for user in FANS
            for listed in (1, 2)
        ),
        # too few for support, and not liked at all
        *(
            {
                "source": "movielens",
                "user_id": user,
                "source_title_id": listed,
                "rating_original": stars,
                "rating_scale": "0.5-5",
            }
            for user in FANS
            for listed, stars in ((3, 4.0 if user < 4 else 3.5), (4, 0.5))
        ),
        {
            "source": "movielens",
            "user_id": 1,
            "source_title_id": 99,
            "rating_original": 5,
            "rating_scale": "0.5-5",
        },
        {
            "source": "movietweetings",
            "user_id": 1,
            "source_title_id": 2,
            "rating_original": 0,
            "rating_scale": "0-10",
        },
    ],
    "tags": [
        {"source": "movielens", "user_id": 1, "source_title_id": 3, "tag": "quiet"},
        {"source": "movielens", "user_id": 1, "source_title_id": 99, "tag": "quiet"},
    ],
}
REVIEWS: Rows = {
    "reviews": [
        {
            "source": "ieee",
            "source_review_id": "rw1",
            "content_hash": 1000,
            "record_hash": 1,
            "title": "Paper Lanterns",
            "release_year": 1994,
            "reviewer": "ann",
            "rating_10": 9,
            "headline": "Glowing",
            "body": "Light and slow.",
            "helpful_count": 27,
            "vote_count": 31,
            "is_spoiler": True,
        },
        # Somebody else with the same words, who is no source of ann's votes.
        {
            "source": "ieee",
            "source_review_id": "rw2",
            "content_hash": 1000,
            "record_hash": 4,
            "title": "Paper Lanterns",
            "release_year": 1994,
            "reviewer": "bert",
            "body": "Light and slow.",
            "helpful_count": 0,
            "vote_count": 99,
        },
        {
            "source": "stanford",
            "source_review_id": "train/pos/0",
            "content_hash": 1000,
            "record_hash": 2,
            "title_id": 1,
            "rating_10": 9,
            "sentiment_label": "positive",
            "body": "Light and\nslow.",
        },
        {
            "source": "kaggle",
            "source_review_id": "1",
            "content_hash": 1000,
            "record_hash": 3,
            "sentiment_label": "positive",
            "body": "Light and slow.",
        },
        *(
            {
                "source": "spoiler",
                "source_review_id": f"s{title_id}",
                "content_hash": 2000,
                "record_hash": 10 + title_id,
                "title_id": title_id,
                "body": "Great!",
            }
            for title_id in (1, 2)
        ),
    ]
}
PAGES: Rows = {
    "captures": [
        {"capture_id": -500, "imdb_title_id": 1, "layout": "text", "captured_at": "2016-01-01"},
        {"capture_id": -501, "imdb_title_id": 1, "layout": "text", "captured_at": "2018-01-01"},
    ],
    "reviews": [
        {
            "capture_id": capture_id,
            "review_order": 1,
            "content_hash": 1000,
            "record_hash": 5,
            "reviewer_location": "Ottawa",
            "body": "Light and slow.",
            "helpful_count": helpful_count,
            "vote_count": vote_count,
        }
        for capture_id, helpful_count, vote_count in ((-500, 20, 22), (-501, 30, 40))
    ],
    "also_liked": [
        {"capture_id": -500, "liked_order": 1, "imdb_title_id": 2, "liked_text": "Harbour Lights"},
        {"capture_id": -501, "liked_order": 1, "imdb_title_id": 3, "liked_text": "Episode #1.1"},
        {"capture_id": -501, "liked_order": 2, "liked_text": "A keeper keeps a light."},
    ],
}
# Titles 1 and 2 are each other's, by seven users. Each of them liked two of the supported titles.
SCORE = 1.0 * 7 / (7 + 5)


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("heard")
    feeds = {"movielens": MOVIELENS, "reviews": REVIEWS, "pages": PAGES}
    return build(folder, ROWS, "--exclude-resource-type", "unit_test", feeds=feeds)


def test_every_dbt_test_holds(heard: Built) -> None:
    assert heard.exit_code == 0, heard.output


def test_a_rating_keeps_its_scale_and_finds_its_title(heard: Built) -> None:
    rows = heard.rows("""
        select
            source, source_title_id, title_id, rating_scale, rating_original::double,
            rating_10::double
        from marts.fct_user_ratings where user_id = 1 order by all
    """)
    assert rows == [
        ("movielens", 1, 2, "0.5-5", 4.5, 9.0),
        ("movielens", 2, 3, "0.5-5", 4.5, 9.0),
        ("movielens", 3, 1, "0.5-5", 4.0, 8.0),
        ("movielens", 4, 4, "0.5-5", 0.5, 1.0),
        # a rating of a title that no record tells is kept
        ("movielens", 99, None, "0.5-5", 5.0, 10.0),
        ("movietweetings", 2, 2, "0-10", 0.0, 0.0),
    ]


def test_no_rating_and_no_tag_is_lost_or_doubled(heard: Built) -> None:
    assert heard.rows("select count(*) from marts.fct_user_ratings") == [
        (len(MOVIELENS["ratings"]),)
    ]
    assert heard.rows(
        "select source_title_id, title_id, tag from marts.fct_user_tags order by 1"
    ) == [
        (3, 1, "quiet"),
        (99, None, "quiet"),
    ]


def test_copies_of_a_review_are_one_row_that_has_what_any_of_them_says(heard: Built) -> None:
    rows = heard.rows("""
        select
            review_id, source, source_review_id, title_id, reviewer, reviewer_location, rating_10,
            sentiment_label, headline, body, helpful_count, vote_count, word_count, is_spoiler,
            copy_count
        from marts.fct_reviews where review_id = 1000
    """)
    said = ("ann", "Ottawa", 9, "positive", "Glowing", "Light and slow.")
    assert rows == [(1000, "page", "-501/1", 1, *said, 30, 40, 3, True, 6)]


def test_the_same_few_words_about_two_titles_are_two_reviews(heard: Built) -> None:
    rows = heard.rows("""
        select title_id, copy_count, helpful_score from marts.fct_reviews
        where body = 'Great!' order by title_id
    """)
    assert rows == [(1, 1, None), (2, 1, None)]


def test_every_record_of_a_review_is_counted(heard: Built) -> None:
    records = len(REVIEWS["reviews"]) + len(PAGES["reviews"])
    assert heard.rows("select sum(copy_count) from marts.fct_reviews") == [(records,)]


def test_helpfulness_is_the_lower_bound_of_wilsons_interval(heard: Built) -> None:
    """Both bounds p solve (share - p)² = z²·p(1 - p)/n; so must what the formula gives."""
    ((low,),) = heard.rows("select helpful_score from marts.fct_reviews where review_id = 1000")
    share, votes, z = 30 / 40, 40, 1.959963984540054
    assert low < share
    assert math.isclose((share - low) ** 2, z**2 * low * (1 - low) / votes, rel_tol=1e-9)


def test_a_title_shows_its_most_helpful_review(heard: Built) -> None:
    rows = heard.rows("""
        select title_id, review_count, review_rating_average, spoiler_share_ratio,
            most_helpful_headline
        from marts.rpt_title_reviews order by title_id
    """)
    assert rows == [(1, 2, 9.0, 1.0, "Glowing"), (2, 1, None, None, None)]


def test_users_who_liked_both_stand_for_a_pair(heard: Built) -> None:
    rows = heard.rows("""
        select title_id, rank, liked_title_id, score, support
        from marts.bridge_titles_also_liked where evidence = 'ratings' order by all
    """)
    assert rows == [(2, 1, 3, round(SCORE, 6), 7), (3, 1, 2, round(SCORE, 6), 7)]


def test_a_pages_list_is_that_of_its_newest_capture(heard: Built) -> None:
    rows = heard.rows("""
        select title_id, rank, liked_title_id, liked_text, score
        from marts.bridge_titles_also_liked where evidence = 'page' order by all
    """)
    assert rows == [
        (1, 1, 3, "Episode #1.1", None),
        (1, 2, None, "A keeper keeps a light.", None),
    ]
