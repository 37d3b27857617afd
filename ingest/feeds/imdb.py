"""IMDb's seven dumps: gzipped TSV, each replaced in place once a day.

A night is fetch → load → (the raw gate, elsewhere) → commit. The steps hand one another files in
the run's incoming folder, never rows, so each may run in a process of its own and may run twice.
"""

import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from ingest import changes, document, incoming, lake, landing, loader, rejects, tabular
from ingest import fetch as fetching
from ingest.catalog import IMDB, Table
from ingest.download import Retries
from ingest.landing import Landed
from ingest.settings import Settings


def fetch(settings: Settings, run: str, location: str | None = None) -> dict[str, Any]:
    """Land the dumps; which tables differ from the lake's, by their bytes or by their loader."""
    place = location or settings.feeds.get(IMDB.name) or IMDB.location
    retries = Retries(settings.fetch_attempts, settings.fetch_wait_seconds)
    landed = fetching.fetch(settings.home, IMDB, place, retries)
    incoming.refuse_invented(settings.home, IMDB.name, place)
    changed = sorted(_changed_tables(settings.home, landed))
    if not changed:
        newest = lake.newest(settings.home, IMDB.name)
        reason = f"all {len(landed)} files are those of snapshot {newest.name if newest else ''}"
        return {"outcome": "unchanged", "reason": reason, "changed": []}
    draft = _draft(settings.home, run)
    incoming.begin(draft, landed, invented=incoming.says_invented(place))
    byte_counts = {one.file: one.byte_count for one in landed}
    return {"outcome": "done", "changed": changed, "byte_counts": byte_counts}


def load(settings: Settings, run: str) -> dict[str, Any]:
    """Decode what changed, link what did not, and compare; counts by table, in lines."""
    draft = _draft(settings.home, run)
    invented, landed = incoming.read(draft)
    incoming.clean(draft)
    before = lake.newest(settings.home, IMDB.name)
    changed = _changed_tables(settings.home, landed)
    with incoming.connect(settings, draft) as connection:
        tables = {
            one.table: _load_table(settings, connection, draft, one)
            if one.table in changed
            else _link_table(draft, before, one)
            for one in landed
        }
        is_superseded = not invented and _is_superseded(connection, draft, before)
        previous = None if is_superseded else before
        for comparison in (changes.RATINGS, changes.TITLES):
            changes.write(connection, comparison, draft, previous.path if previous else None)
    receipt = {
        "run": run,
        "previous": previous.name if previous else None,
        "supersedes": before.name if before and is_superseded else None,
        "invented": invented or incoming.is_invented(previous),
        "loader": loader.fingerprint(IMDB.name),
        "tables": tables,
    }
    document.note(draft / lake.RECEIPT, receipt)
    names = ("received_count", "loaded_count", "rejected_count")
    return {
        "tables": {table: {name: facts[name] for name in names} for table, facts in tables.items()},
        "warnings": [
            f"{facts['source_file']}: {words}"
            for facts in tables.values()
            for words in facts["warnings"]
        ],
    }


def commit(settings: Settings, run: str) -> dict[str, Any]:
    """Commit the judged incoming folder as the next snapshot."""
    return incoming.commit(settings, IMDB.name, run)


def _draft(home: Path, run: str) -> Path:
    return lake.incoming(home, IMDB.name, run)


def _is_superseded(
    connection: duckdb.DuckDBPyConnection, draft: Path, before: lake.Snapshot | None
) -> bool:
    """Whether these dumps are the first real ones after a sample: no baseline, no history.

    A copy of the sample that somebody changed still shares its titles, and is its next night.
    """
    if before is None or not before.is_whole() or not incoming.is_invented(before):
        return False
    return not changes.are_related(connection, changes.TITLES, draft, before.path)


def _changed_tables(home: Path, landed: list[Landed]) -> set[str]:
    """Tables whose bytes or whose loader differ from the newest snapshot's."""
    before = lake.newest(home, IMDB.name)
    if before is None or not before.is_whole():
        return {one.table for one in landed}
    receipt = before.receipt()
    if receipt["loader"] != loader.fingerprint(IMDB.name):
        return {one.table for one in landed}
    known: dict[str, Any] = receipt["tables"]
    return {one.table for one in landed if known[one.table]["sha256"] != one.sha256}


def _source(one: Landed) -> dict[str, Any]:
    return {
        "source_file": one.file,
        "location": one.location,
        "sha256": one.sha256,
        "byte_count": one.byte_count,
        "fetched_at": one.fetched_at,
        "last_modified": one.last_modified,
    }


def _load_table(
    settings: Settings, connection: duckdb.DuckDBPyConnection, draft: Path, one: Landed
) -> dict[str, Any]:
    table: Table = IMDB.table(one.table)
    loaded = tabular.load(
        connection,
        table,
        landing.path(settings.home, one),
        one.counted,
        draft,
        source_file=one.file,
    )
    return {**_source(one), **asdict(loaded)}


def _link_table(draft: Path, before: lake.Snapshot | None, one: Landed) -> dict[str, Any]:
    """Take an unchanged table over: the same bytes under a second name."""
    if before is None:
        raise FileNotFoundError(one.table)
    table = Path(f"{one.table}.parquet")
    for source in (before.path / table, rejects.path(before.path, one.table)):
        target = draft / source.name
        target.unlink(missing_ok=True)
        os.link(source, target)
    return {**before.receipt()["tables"][one.table], **_source(one)}
