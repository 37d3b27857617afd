"""What a run brings: an incoming folder from the first landed file to the rename that commits.

lake/<feed>/.incoming-<run>/landed.json    what landed, and whether it is invented
<table>.parquet, <table>.rejects.parquet, receipt.json
"""

import json
import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from ingest import document, lake, landing
from ingest.errors import SourceChangedError
from ingest.landing import Landed
from ingest.settings import Settings

_LANDED = "landed.json"
# `sample` leaves this beside invented dumps.
INVENTED = "arthouse-sample.json"


def begin(draft: Path, landed: list[Landed], *, invented: bool) -> None:
    """Make the folder anew, with what landed."""
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(parents=True)
    entry = {"invented": invented, "files": [asdict(one) for one in landed]}
    document.note(draft / _LANDED, entry)


def read(draft: Path) -> tuple[bool, list[Landed]]:
    """Whether the dumps are invented, and their receipts."""
    entry = json.loads((draft / _LANDED).read_text("utf-8"))
    return entry["invented"], [landing.from_json(file) for file in entry["files"]]


def clean(draft: Path) -> None:
    """Leave only what landed.

    What a killed load left may be spilled rows, or links to tables of a committed snapshot.
    """
    for path in draft.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != _LANDED:
            path.unlink()


def connect(settings: Settings, spill: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB within the settings' limits, spilling beside the run's files."""
    connection = duckdb.connect(
        config={
            "memory_limit": settings.memory_limit,
            "threads": settings.threads,
            "temp_directory": str(spill / ".spill"),
            "preserve_insertion_order": False,
        }
    )
    connection.execute("set enable_progress_bar = false")
    return connection


def commit(settings: Settings, feed: str, run: str) -> dict[str, Any]:
    """Commit the judged incoming folder as the next snapshot; what landed for older ones goes."""
    draft = lake.incoming(settings.home, feed, run)
    snapshot = lake.newest(settings.home, feed)
    if not snapshot or draft.exists() or snapshot.receipt()["run"] != run:
        snapshot = _commit(settings, feed, draft)  # else it was killed after the rename
    _prune_landing(settings, feed, draft)
    return {"snapshot": snapshot.name}


def _commit(settings: Settings, feed: str, draft: Path) -> lake.Snapshot:
    receipt = lake.read_receipt(draft)
    now = datetime.now(UTC)
    receipt["committed_at"] = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    (draft / _LANDED).unlink(missing_ok=True)
    return lake.commit(draft, feed, settings.home, receipt, now)


def _prune_landing(settings: Settings, feed: str, draft: Path) -> None:
    kept = lake.snapshots(settings.home, feed)[-settings.keep_snapshots :]
    files = {file["sha256"] for one in kept for file in one.files() if file["sha256"]}
    # Another run of this feed may have landed its files, and not loaded them yet.
    others = (other for other in lake.all_incoming(settings.home) if other.parent == draft.parent)
    landed = (one for other in others if (other / _LANDED).exists() for one in read(other)[1])
    landing.prune(settings.home, feed, files | {one.sha256 for one in landed})


def is_invented(snapshot: lake.Snapshot | None) -> bool:
    """Whether a snapshot holds what `sample` made."""
    return snapshot is not None and bool(snapshot.receipt().get("invented", False))


def says_invented(place: str) -> bool:
    """Whether a local folder, or that of a local file, is marked as invented."""
    path = Path(place)
    return (path / INVENTED).exists() or (path.is_file() and (path.parent / INVENTED).exists())


def refuse_invented(home: Path, feed: str, place: str) -> None:
    """Keep invented dumps from becoming the next night of real ones.

    Raises:
        SourceChangedError: they are, and the lake's newest snapshot of the feed is real.
    """
    before = lake.newest(home, feed)
    if says_invented(place) and before and not is_invented(before):
        raise SourceChangedError(
            place,
            f"these dumps are invented, but the lake in {home} holds real ones",
            "Set ARTHOUSE_HOME to another folder for the sample",
        )
