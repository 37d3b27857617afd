"""Bring user ratings into the lake: MovieLens releases, MovieTweetings.

A release never changes, so most nights end at once. After a failure, read the task's message and
`arthouse rejects movielens`, then clear the failed run: every step may run again.
"""

from airflow.sdk import dag

from dags import cadence, collection
from ingest.catalog import MOVIELENS


@dag(
    schedule=cadence.at(MOVIELENS.cron),
    doc_md=__doc__,
    tags=["ingest", MOVIELENS.name],
    **collection.SETTINGS,
)
def ingest_movielens() -> None:
    collection.night(MOVIELENS)


ingest_movielens()
