"""Feeds and sources: what can be ingested, in which shape, how often and on which terms.

Standard library only: DAG files import it each time Airflow parses them.
"""

from ingest.catalog.budgets import BUDGETS
from ingest.catalog.entry import MADE, TYPES, Column, Feed, Source, Table, columns
from ingest.catalog.imdb import IMDB
from ingest.catalog.movielens import MOVIELENS
from ingest.catalog.pages import PAGES
from ingest.catalog.reviews import REVIEWS

__all__ = [
    "BUDGETS",
    "FEEDS",
    "IMDB",
    "MADE",
    "MOVIELENS",
    "PAGES",
    "REVIEWS",
    "TYPES",
    "Column",
    "Feed",
    "Source",
    "Table",
    "columns",
]

FEEDS: dict[str, Feed] = {feed.name: feed for feed in (IMDB, MOVIELENS, REVIEWS, BUDGETS, PAGES)}
