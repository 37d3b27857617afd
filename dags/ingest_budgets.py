"""Bring budgets and box office into the lake: Wikidata, The Numbers, TMDB extracts.

Nothing is fetched until a location is set; `docs/budgets.md` has Wikidata's query. After a
failure, read the task's message and `arthouse rejects budgets`, then clear the failed run.
"""

from airflow.sdk import dag

from dags import cadence, collection
from ingest.catalog import BUDGETS


@dag(
    schedule=cadence.at(BUDGETS.cron),
    doc_md=__doc__,
    tags=["ingest", BUDGETS.name],
    **collection.SETTINGS,
)
def ingest_budgets() -> None:
    collection.night(BUDGETS)


ingest_budgets()
