"""Bring reviews into the lake: Stanford's archive, IEEE's arrays, the Spoiler lines, Kaggle's CSV.

Nothing is fetched until a location is set: their publishers ask for a login or a click. After a
failure, read the task's message and `arthouse rejects reviews`, then clear the failed run.
"""

from airflow.sdk import dag

from dags import cadence, collection
from ingest.catalog import REVIEWS


@dag(
    schedule=cadence.at(REVIEWS.cron),
    doc_md=__doc__,
    tags=["ingest", REVIEWS.name],
    **collection.SETTINGS,
)
def ingest_reviews() -> None:
    collection.night(REVIEWS)


ingest_reviews()
