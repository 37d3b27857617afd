"""What a release promises of what viewers rated, wrote and liked."""

from expectations.marts.promise import Promise

PROMISES = {
    "fct_user_ratings": Promise(
        key=("source", "user_id", "source_title_id"),
        elements=("source", "rating_scale"),
        holds={"row_count": ("movielens.ratings",)},
        ranges={"rating_10": (0.0, 10.0)},
        never_empty="movielens",
    ),
    "fct_user_tags": Promise(
        key=("source", "user_id", "source_title_id", "tag"),
        elements=("source",),
        holds={"row_count": ("movielens.tags",)},
    ),
    "fct_reviews": Promise(
        key=("review_id",),
        elements=("source", "sentiment_label"),
        measures={"record_count": "coalesce(sum(copy_count), 0)::bigint"},
        holds={"record_count": ("reviews.reviews", "pages.reviews")},
        ranges={"rating_10": (1.0, 10.0), "helpful_score": (0.0, 1.0)},
        never_empty="reviews",
    ),
    "bridge_titles_also_liked": Promise(
        key=("title_id", "evidence", "rank"), elements=("evidence",)
    ),
}
