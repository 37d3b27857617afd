"""The names DAGs hand to one another."""

from airflow.sdk import Asset

IMDB_LAKE = Asset("imdb_lake", uri="arthouse://lake/imdb")
WAREHOUSE = Asset("warehouse", uri="arthouse://warehouse")
