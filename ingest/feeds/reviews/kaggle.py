"""Kaggle's `IMDB Dataset.csv`: a review's text and whether it is positive, and nothing else.

Nobody can tell which title such a review is of; where another dump has the same text, that one says
it. Its own id is its content's digest, so a text that stands twice is loaded once, and counted.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from ingest import decode, tabular
from ingest.catalog import Column, Table
from ingest.dialect import CSV
from ingest.feeds.reviews import drafts, rules
from ingest.feeds.reviews.drafts import Settled
from ingest.feeds.reviews.rules import Rule
from ingest.judgement import literal
from ingest.parts import Arrived, FileLoad

SOURCE = "kaggle"
_TABLE = Table(drafts.TABLE.name, (Column("review", "text"), Column("sentiment", "text")), ())
_RULES = (
    Rule("review", rules.is_blank("review"), rules.NO_VALUE),
    Rule(
        "sentiment",
        "coalesce(sentiment not in ('positive', 'negative'), true)",
        "neither positive nor negative",
    ),
)
_HASH = rules.content_hash("review")
_VALUES = {
    "source": f"'{SOURCE}'",
    "source_review_id": f"cast({_HASH} as varchar)",
    "content_hash": _HASH,
    "record_hash": rules.record_hash("review", "sentiment"),
    "sentiment_label": "sentiment",
    "body": rules.body("review"),
}


def load(
    connection: duckdb.DuckDBPyConnection,
    arrived: Arrived,
    folder: Path,
    earlier: Sequence[Settled],
) -> FileLoad:
    """Load one CSV file."""
    judged, draft = folder / ".judged.parquet", folder / ".draft.parquet"
    text = decode.measure(arrived.path, name=arrived.name, dialect=CSV)
    result = tabular.judge(
        connection, _TABLE, arrived.path, text, judged, source_file=arrived.name, dialect=CSV
    )
    records = f"""
        select
            line_number as record_number, {literal(arrived.name)} as source_file, line_number,
            raw_line, reason as problem, column_name as problem_column, review, sentiment
        from read_parquet({literal(str(judged))})
    """
    drafts.write(connection, records, _RULES, _VALUES, draft)
    judged.unlink()
    return drafts.settle(connection, arrived, draft, earlier, result.warnings)
