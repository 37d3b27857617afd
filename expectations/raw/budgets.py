"""What the files of budgets and box office promise, table by table."""

from datetime import date

from expectations.limits import RawLimits
from expectations.raw.imdb import FIRST_TITLE_YEAR
from expectations.raw.promise import Promise

SOURCES = ("the_numbers", "tmdb", "wikidata")
KINDS = ("budget", "gross")
# The dearest films cost 1e11 in the smallest money there is, and earned ten times that.
MOST_MONEY = 10**13


def promises(year: int, limits: RawLimits) -> dict[str, Promise]:
    """By table; `year` is the present one."""
    last = year + limits.years_ahead
    return {
        "films": Promise(
            key=("source", "source_record_id"),
            ranges={
                "release_year": (FIRST_TITLE_YEAR, last),
                "release_date": (date(FIRST_TITLE_YEAR, 1, 1), date(last, 12, 31)),
            },
            # Wikidata has films that nobody has named in English yet.
            watched=("imdb_title_id", "tmdb_id", "title", "release_year"),
            known={"source": SOURCES},
        ),
        "amounts": Promise(
            key=("source", "source_record_id", "amount_kind", "area"),
            ranges={
                "amount": (None, MOST_MONEY),
                "as_of_date": (date(FIRST_TITLE_YEAR, 1, 1), date(year, 12, 31)),
            },
            # 0 and less are unknown, and have become null.
            strict_ranges={"amount": (0.01, None)},
            rarely_null=("currency_code",),
            watched=("amount", "as_of_date"),
            known={"source": SOURCES, "amount_kind": KINDS},
        ),
    }
