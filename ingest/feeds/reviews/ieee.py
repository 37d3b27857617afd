"""IMDb reviews of IEEE DataPort: JSON arrays of over 1 GB each (`part-01.json` … `part-06.json`).

A record names its title and year, and no id; `helpful` is how many of how many found it so.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from ingest.feeds.reviews import objects, rules
from ingest.feeds.reviews.drafts import Settled
from ingest.feeds.reviews.rules import Rule
from ingest.parts import Arrived, FileLoad

SOURCE = "ieee"
# The field that no other format has.
MARK = "review_detail"
_TEXTS = ("review_id", "reviewer", "movie", "review_summary", "review_date", "review_detail")
_HELPFUL, _VOTES = rules.count('"helpful"'), rules.count('"votes"')
_IS_NO_PAIR = """case coalesce("helpfulness kind", 'NULL')
    when 'NULL' then false
    when 'ARRAY' then json_array_length("helpfulness") <> 2
    else true
end"""

FORMAT = objects.Format(
    fields={
        **{name: f"$.{name}" for name in (*_TEXTS, "rating", "spoiler_tag")},
        "helpful": "$.helpful[0]",
        "votes": "$.helpful[1]",
        "helpfulness": "$.helpful",
    },
    rules=(
        *(objects.not_text(name) for name in _TEXTS),
        Rule("review_id", rules.is_blank('"review_id"'), rules.NO_VALUE),
        Rule("review_detail", rules.is_blank('"review_detail"'), rules.NO_VALUE),
        rules.unread("rating", rules.rating('"rating"'), rules.RATING),
        rules.unread("review_date", rules.date('"review_date"'), rules.DATE),
        rules.unread("spoiler_tag", rules.flag('"spoiler_tag"'), rules.FLAG),
        Rule("helpful", _IS_NO_PAIR, "not a list of two numbers of votes"),
        rules.unread("helpful", _HELPFUL, rules.COUNT),
        rules.unread("votes", _VOTES, rules.COUNT),
        Rule("helpful", f"({_HELPFUL}) > ({_VOTES})", rules.MORE_THAN_VOTED),
    ),
    values={
        "source": f"'{SOURCE}'",
        "source_review_id": '"review_id"',
        "content_hash": rules.content_hash('"review_detail"'),
        "record_hash": rules.record_hash(
            *(f'"{name}"' for name in (*_TEXTS, "rating", "spoiler_tag", "helpful", "votes"))
        ),
        "title": rules.title('"movie"'),
        "release_year": rules.year('"movie"'),
        "reviewer": rules.said('"reviewer"'),
        "rating_10": rules.rating('"rating"'),
        "headline": rules.said('"review_summary"'),
        "body": rules.body('"review_detail"'),
        "review_date": rules.date('"review_date"'),
        "is_spoiler": rules.flag('"spoiler_tag"'),
        "helpful_count": _HELPFUL,
        "vote_count": _VOTES,
    },
)


def load(
    connection: duckdb.DuckDBPyConnection,
    arrived: Arrived,
    folder: Path,
    earlier: Sequence[Settled],
) -> FileLoad:
    """Load one array."""
    return objects.load(connection, FORMAT, arrived, folder, earlier)
