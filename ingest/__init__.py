"""Feeds to lake: fetch, verify, load, commit. Knows nothing of Airflow."""
