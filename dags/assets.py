"""The names DAGs hand to one another."""

from airflow.sdk import Asset

from ingest.catalog import FEEDS

LAKE = {feed: Asset(f"{feed}_lake", uri=f"arthouse://lake/{feed}") for feed in FEEDS}
WAREHOUSE = Asset("warehouse", uri="arthouse://warehouse")
