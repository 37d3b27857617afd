"""Where a run that a person starts reads its feed.

Airflow keeps what is typed here in its metadata and shows it to every user, so an address with a
name and a password or with a query is not taken: `ARTHOUSE_FEEDS` and `arthouse.toml` are for it.
"""

from airflow.sdk import Param

# Airflow checks it before a run exists; what does not fit is stored nowhere.
_PUBLIC = r"^(?![A-Za-z]+:/)|^https?://([\w.-]+|\[[\da-fA-F:.]+\])(:\d+)?(/[^@?#]*)?$"

PARAM = Param(
    None,
    type=["null", "string"],
    pattern=_PUBLIC,
    description="URL or folder. A URL with a password or a query goes into ARTHOUSE_FEEDS instead",
)
