"""What the four dumps of reviews promise."""

from datetime import date

from expectations.limits import RawLimits
from expectations.raw.imdb import FIRST_TITLE_YEAR
from expectations.raw.promise import Promise

SOURCES = ("ieee", "kaggle", "spoiler", "stanford")
SENTIMENTS = ("negative", "positive")
# The site's predecessor collected opinions from Usenet's groups in 1990.
FIRST_REVIEW = date(1990, 1, 1)


def promises(year: int, limits: RawLimits) -> dict[str, Promise]:
    """By table; `year` is the present one."""
    return {
        "reviews": Promise(
            key=("source", "source_review_id"),
            ranges={
                "release_year": (FIRST_TITLE_YEAR, year + limits.years_ahead),
                "review_date": (FIRST_REVIEW, date(year, 12, 31)),
            },
            strict_ranges={
                "rating_10": (1, 10),
                "helpful_count": (0, None),
                "vote_count": (0, None),
            },
            # Which of them are null depends on the format: a night with another mix is news.
            watched=(
                "title_id",
                "title",
                "rating_10",
                "sentiment_label",
                "review_date",
                "helpful_count",
            ),
            known={"source": SOURCES, "sentiment_label": SENTIMENTS},
        ),
    }
