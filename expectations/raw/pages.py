"""What captures of title pages promise, table by table.

They are what a person chose to save: tomorrow's may be fewer, older and of other titles. So what
is unlike the night before is news, and refuses nothing.
"""

from dataclasses import replace
from datetime import date

from expectations.limits import RawLimits
from expectations.raw import imdb_values
from expectations.raw.budgets import MOST_MONEY
from expectations.raw.imdb import FIRST_TITLE_YEAR, LONGEST_RUNTIME_MINUTES
from expectations.raw.promise import Promise
from expectations.raw.reviews import FIRST_REVIEW
from expectations.suite import Severity

LAYOUTS = ("html", "next", "overview-top", "text", "title-wrapper")
PRECISIONS = ("day", "month", "year")
KINDS = ("budget", "gross", "opening_weekend")
FACTS = (
    *("alternate_version", "aspect_ratio", "award_nomination_count", "award_win_count", "awards"),
    *("certificate_reason", "color", "company", "connection", "crazy_credit"),
    *(
        "critic_review_count",
        "faq",
        "filming_location",
        "goof",
        "metascore",
        "official_site",
        "outline",
        "popularity",
        "quote",
    ),
    *("ranking", "runtime", "season", "sound_mix", "soundtrack", "storyline", "storyline_author"),
    *("tagline", "trivia", "user_review_count"),
)
# The day of the site's first script; the web is ten weeks younger.
FIRST_CAPTURE = date(1990, 10, 17)


def promises(year: int, limits: RawLimits) -> dict[str, Promise]:
    """By table; `year` is the present one."""
    tables = _promises(year, year + limits.years_ahead)
    return {name: replace(one, change=Severity.REPORT) for name, one in tables.items()}


def _promises(year: int, last: int) -> dict[str, Promise]:
    years = (FIRST_TITLE_YEAR, last)
    return {
        "captures": Promise(
            key=("capture_id",),
            ranges={
                "release_year": years,
                "end_year": years,
                "runtime_minutes": (1, LONGEST_RUNTIME_MINUTES),
                "captured_at": (FIRST_CAPTURE, date(year + 1, 1, 1)),
            },
            strict_ranges={"rating_average": (1, 10), "vote_count": (0, None)},
            watched=("imdb_title_id", "title", "title_type", "release_year", "rating_average"),
            known={
                "layout": LAYOUTS,
                "title_type": imdb_values.TITLE_TYPES,
                "genres": imdb_values.GENRES,
            },
        ),
        "facts": Promise(key=("capture_id", "fact_kind", "fact_order"), known={"fact_kind": FACTS}),
        "credits": Promise(
            key=("capture_id", "credit_order"),
            ranges={"first_year": years, "last_year": years, "episode_count": (1, 20_000)},
            watched=("person_name", "imdb_person_id"),
            known={"category": imdb_values.CATEGORIES},
        ),
        "names": Promise(key=("capture_id", "name_order")),
        "releases": Promise(
            key=("capture_id", "release_order"),
            ranges={"release_date": (date(FIRST_TITLE_YEAR, 1, 1), date(last, 12, 31))},
            watched=("country_code",),
            known={"date_precision": PRECISIONS},
        ),
        "keywords": Promise(key=("capture_id", "keyword_order")),
        "amounts": Promise(
            key=("capture_id", "amount_kind", "area"),
            ranges={
                "amount": (None, MOST_MONEY),
                "as_of_date": (date(FIRST_TITLE_YEAR, 1, 1), date(year, 12, 31)),
            },
            strict_ranges={"amount": (0.01, None)},
            known={"amount_kind": KINDS},
        ),
        "also_liked": Promise(
            key=("capture_id", "liked_order"),
            ranges={"release_year": years},
            strict_ranges={"rating_average": (1, 10)},
            watched=("title", "imdb_title_id"),
            known={"title_type": imdb_values.TITLE_TYPES, "genres": imdb_values.GENRES},
        ),
        "reviews": Promise(
            key=("capture_id", "review_order"),
            ranges={"review_date": (FIRST_REVIEW, date(year, 12, 31))},
            strict_ranges={
                "rating_10": (1, 10),
                "helpful_count": (0, None),
                "vote_count": (0, None),
            },
            watched=("reviewer", "rating_10", "review_date"),
        ),
    }
