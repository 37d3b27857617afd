"""Feeds that land as a collection: any number of files, in several formats, at one location.

A night is fetch → load → (the raw gate, elsewhere) → commit. What is particular to a feed is its
module `ingest.feeds.<feed>`, whose `load` turns files into parts (`docs/adding_a_feed.md`).
"""

import importlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from ingest import document, incoming, lake, landing, loader
from ingest import fetch as fetching
from ingest.catalog import FEEDS, Feed
from ingest.download import Retries
from ingest.errors import SourceDamagedError
from ingest.landing import Landed
from ingest.parts import Arrived, FileLoad, Parts
from ingest.settings import Settings

_COUNTS = ("received_count", "loaded_count", "rejected_count", "duplicate_count")


def fetch(settings: Settings, run: str, name: str, location: str | None = None) -> dict[str, Any]:
    """Land every file of the collection; nothing to do when all are those of the lake."""
    feed = FEEDS[name]
    place = location or settings.feeds.get(name) or feed.location
    if not place:
        reason = f"no location: `arthouse run --feed {name}=FOLDER`, or ARTHOUSE_FEEDS"
        return {"outcome": "unchanged", "reason": reason}
    incoming.refuse_invented(settings.home, name, place)
    retries = Retries(settings.fetch_attempts, settings.fetch_wait_seconds)
    landed, left = fetching.collect(settings.home, feed, place, retries)
    before = lake.newest(settings.home, name)
    if before and before.is_whole() and _is_same(before, feed, landed):
        reason = f"all {len(landed)} files are those of snapshot {before.name}"
        return {"outcome": "unchanged", "reason": reason}
    draft = lake.incoming(settings.home, name, run)
    incoming.begin(draft, landed, invented=incoming.says_invented(place))
    return {"outcome": "done", "file_count": len(landed), "left_alone": left}


def load(settings: Settings, run: str, name: str) -> dict[str, Any]:
    """Turn the files into the feed's tables; counts by table, in records."""
    feed = FEEDS[name]
    draft = lake.incoming(settings.home, name, run)
    invented, landed = incoming.read(draft)
    incoming.clean(draft)
    before = lake.newest(settings.home, name)
    is_superseded = not invented and incoming.is_invented(before)
    try:
        with incoming.connect(settings, draft) as connection:
            loads = _load(connection, feed, draft, settings.home, landed)
    except SourceDamagedError:
        # A server that has no newer version would answer "unchanged" for ever.
        landing.forget(settings.home, landed)
        raise
    tables = {table.name: _totals(loads, table.name) for table in feed.tables}
    receipt = {
        "run": run,
        "previous": before.name if before and not is_superseded else None,
        "supersedes": before.name if before and is_superseded else None,
        "invented": invented,
        "loader": loader.fingerprint(feed.name),
        "landed": [{"file": one.file, "sha256": one.sha256} for one in landed],
        "tables": tables,
        "files": _files(loads, landed),
    }
    document.note(draft / lake.RECEIPT, receipt)
    warnings = [words for one in loads for words in one.warnings]
    return {"tables": tables, "warnings": warnings}


def commit(settings: Settings, run: str, name: str) -> dict[str, Any]:
    """Commit the judged incoming folder as the next snapshot."""
    return incoming.commit(settings, name, run)


def _is_same(before: lake.Snapshot, feed: Feed, landed: Sequence[Landed]) -> bool:
    receipt = before.receipt()
    known = sorted((one["file"], one["sha256"]) for one in receipt["landed"])
    found = sorted((one.file, one.sha256) for one in landed)
    return known == found and receipt["loader"] == loader.fingerprint(feed.name)


def _load(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    draft: Path,
    home: Path,
    landed: Sequence[Landed],
) -> list[FileLoad]:
    module = importlib.import_module(f"ingest.feeds.{feed.name}")
    parts = Parts(connection, feed, draft)
    arrived = [Arrived(one.file, landing.path(home, one)) for one in landed]
    loads: list[FileLoad] = module.load(connection, arrived, parts)
    parts.join()
    return loads


def _totals(loads: Sequence[FileLoad], table: str) -> dict[str, int]:
    mine = [one for one in loads if one.table == table]
    return {name: sum(getattr(one, name) for one in mine) for name in _COUNTS}


def _files(loads: Sequence[FileLoad], landed: Sequence[Landed]) -> list[dict[str, Any]]:
    """Rows of `ops.table_counts`: one per file and table, with where the file came from."""
    by_name = {one.file: one for one in landed}
    rows = []
    for load in loads:
        one = by_name[load.file] if load.file else None
        facts = {name: value for name, value in asdict(load).items() if name != "file"}
        facts["table_name"] = facts.pop("table")
        facts["source_file"] = load.source_file or load.file
        for name in ("location", "sha256", "byte_count", "fetched_at", "last_modified"):
            facts[name] = getattr(one, name) if one else None
        rows.append(facts)
    return rows
