"""TMDB: extracts that people have published, `tmdb_5000_movies.csv` and `movies_metadata.csv`.

Budget and revenue are whole US dollars by TMDB's own rules; 0 is unknown, and negative ones have
been published. Revenue is worldwide. Only the second file has IMDb's ids. It also holds a few
records that a line break cut in two: an id that is no number, or too few fields.
"""

from ingest.feeds.budgets.formats import (
    WORLDWIDE,
    Amount,
    Format,
    Refusal,
    number,
    title_id,
    unread,
    whole_id,
    without,
)
from ingest.judgement import literal

_DATE = """case when regexp_full_match(release_date, '[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}')
    then try_cast(release_date as date) end"""


def format_() -> Format:
    """The format."""
    return Format(
        name="TMDB",
        source="tmdb",
        required=("id", "title", "release_date", "budget", "revenue"),
        optional=("imdb_id", "original_title"),
        film={
            "source_record_id": f"cast({whole_id('id')} as varchar)",
            "imdb_title_id": title_id("imdb_id"),
            "tmdb_id": whole_id("id"),
            "title": "title",
            "original_title": "original_title",
            "release_date": _DATE,
            "release_year": f"cast(year({_DATE}) as smallint)",
        },
        refusals={
            "id": Refusal(
                f"({whole_id('id')}) is null",
                "case when id is null then 'no value' else 'not a whole number' end",
            ),
            "release_date": Refusal(unread("release_date", _DATE), "'not a date (2009-12-18)'"),
        },
        amounts=[
            Amount("budget", "budget", number("budget"), "not a number"),
            Amount("gross", "revenue", number("revenue"), "not a number", area=literal(WORLDWIDE)),
        ],
        doubts=[without("imdb_id", title_id("imdb_id"))],
    )
