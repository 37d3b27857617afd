"""Rows of the feed pages, as its loader writes them, from pages that the parser has read."""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ingest.feeds.pages.page import Page
from tests.integration.dbt.lake_feeds import Rows

_LISTS = {
    "credits": "credit_order",
    "names": "name_order",
    "releases": "release_order",
    "amounts": None,
    "also_liked": "liked_order",
    "reviews": "review_order",
}
_SINGLE = {field.name for field in dataclasses.fields(Page)} - {
    *_LISTS,
    "facts",
    "keywords",
    "rejected_amounts",
}


def rows_of(page: Page, capture_id: int, **more: Any) -> Rows:
    """Rows of one capture, by table; `more`: columns of the capture that no page states."""
    capture = {name: getattr(page, name) for name in _SINGLE}
    capture |= {name: capture[name] or None for name in ("genres", "countries", "languages")}
    rows: dict[str, list[dict[str, Any]]] = {
        "captures": [{"capture_id": capture_id, "source_file": "f", "record_number": 1} | capture]
    }
    rows["captures"][0] |= more
    for table, order in _LISTS.items():
        rows[table] = [
            {"capture_id": capture_id} | ({order: place} if order else {}) | _values(record)
            for place, record in enumerate(getattr(page, table), 1)
        ]
    for credit in rows["credits"]:
        if credit["person_name"]:
            credit["person_key"] = capture_id * 100 - credit["credit_order"]
    rows["keywords"] = [
        {"capture_id": capture_id, "keyword_order": place, "keyword": keyword}
        for place, keyword in enumerate(page.keywords, 1)
    ]
    rows["facts"] = _facts(page, capture_id)
    return rows


def together(*captures: Rows) -> Rows:
    """Rows of several captures as one feed's."""
    tables: dict[str, Sequence[Mapping[str, Any]]] = {}
    for rows in captures:
        for table, given in rows.items():
            tables[table] = [*tables.get(table, ()), *given]
    return tables


def _facts(page: Page, capture_id: int) -> list[dict[str, Any]]:
    places: Counter[str] = Counter()
    rows = []
    for fact in page.facts:
        places[fact.fact_kind] += 1
        order = places[fact.fact_kind]
        rows.append({"capture_id": capture_id, "fact_order": order} | dataclasses.asdict(fact))
    return rows


def _values(record: Any) -> dict[str, Any]:
    values = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    return {
        name: (list(value) or None) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
