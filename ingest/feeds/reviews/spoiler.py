"""IMDB Spoiler dataset: `IMDB_reviews.json`, one JSON object a line.

It has ids of titles and of users and none of reviews: a review is what one user wrote of one title,
in these words.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from ingest import digest
from ingest.feeds.reviews import objects, rules
from ingest.feeds.reviews.drafts import Settled
from ingest.feeds.reviews.rules import Rule
from ingest.forms import FORMS
from ingest.parts import Arrived, FileLoad

SOURCE = "spoiler"
# The field that no other format has.
MARK = "review_text"
_TEXTS = ("review_date", "movie_id", "user_id", "review_text", "review_summary")
_TITLE_ID = FORMS["title_id"].sql.format(c='"movie_id"')
_WORDS = digest.number_sql('"review_text"')

FORMAT = objects.Format(
    fields={name: f"$.{name}" for name in (*_TEXTS, "rating", "is_spoiler")},
    rules=(
        *(objects.not_text(name) for name in _TEXTS),
        Rule("movie_id", f"({_TITLE_ID}) is null", "not a title's id like tt0111161"),
        Rule("user_id", rules.is_blank('"user_id"'), rules.NO_VALUE),
        Rule("review_text", rules.is_blank('"review_text"'), rules.NO_VALUE),
        rules.unread("rating", rules.rating('"rating"'), rules.RATING),
        rules.unread("review_date", rules.date('"review_date"'), rules.DATE),
        rules.unread("is_spoiler", rules.flag('"is_spoiler"'), rules.FLAG),
    ),
    values={
        "source": f"'{SOURCE}'",
        "source_review_id": f"\"movie_id\" || '/' || \"user_id\" || '/' || ({_WORDS})",
        "content_hash": rules.content_hash('"review_text"'),
        "record_hash": rules.record_hash(
            *(f'"{name}"' for name in (*_TEXTS, "rating", "is_spoiler"))
        ),
        "title_id": _TITLE_ID,
        "reviewer": '"user_id"',
        "rating_10": rules.rating('"rating"'),
        "headline": rules.said('"review_summary"'),
        "body": rules.body('"review_text"'),
        "review_date": rules.date('"review_date"'),
        "is_spoiler": rules.flag('"is_spoiler"'),
    },
)


def load(
    connection: duckdb.DuckDBPyConnection,
    arrived: Arrived,
    folder: Path,
    earlier: Sequence[Settled],
) -> FileLoad:
    """Load one file of lines."""
    return objects.load(connection, FORMAT, arrived, folder, earlier)
