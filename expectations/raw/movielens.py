"""What MovieLens' releases and MovieTweetings promise, table by table."""

from datetime import date

from expectations.limits import RawLimits
from expectations.raw.imdb import FIRST_TITLE_YEAR
from expectations.raw.promise import Promise

SOURCES = ("movielens", "movietweetings")
SCALES = ("0.5-5", "0-10")
# MovieLens opened in August 1997 and brought ratings of 1995 and 1996 with it.
FIRST_RATING = date(1995, 1, 1)


def promises(year: int, limits: RawLimits) -> dict[str, Promise]:
    """By table; `year` is the present one."""
    since = (FIRST_RATING, date(year + 1, 1, 1))
    return {
        "ratings": Promise(
            key=("source", "user_id", "source_title_id"),
            ranges={"rated_at": since},
            strict_ranges={"rating_original": (0, 10)},
            known={"source": SOURCES, "rating_scale": SCALES},
        ),
        "tags": Promise(
            key=("source", "user_id", "source_title_id", "tag"),
            ranges={"tagged_at": since},
            known={"source": SOURCES},
        ),
        "titles": Promise(
            key=("source", "source_title_id"),
            ranges={"release_year": (FIRST_TITLE_YEAR, year + limits.years_ahead)},
            rarely_null=("title",),
            watched=("release_year", "genres"),
            known={"source": SOURCES},
        ),
        "links": Promise(
            key=("source", "source_title_id"),
            rarely_null=("imdb_title_id",),
            watched=("tmdb_id",),
            known={"source": SOURCES},
        ),
    }
