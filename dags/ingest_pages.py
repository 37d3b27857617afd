"""Bring saved title pages into the lake: text, HTML, WET and WARC.

Nothing is fetched until a location is set. Pages of anything else are rejected, and no fault.
After a failure, read the task's message and `arthouse rejects pages`, then clear the failed run.
"""

from airflow.sdk import dag

from dags import cadence, collection
from ingest.catalog import PAGES


@dag(
    schedule=cadence.at(PAGES.cron),
    doc_md=__doc__,
    tags=["ingest", PAGES.name],
    **collection.SETTINGS,
)
def ingest_pages() -> None:
    collection.night(PAGES)


ingest_pages()
