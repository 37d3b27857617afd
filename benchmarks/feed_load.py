"""Our load of another feed: `python -m benchmarks.feed_load FEED FOLDER HOME REPORT`, a child.

Fetch copies and hashes; load decodes each text twice, to count it and to read it.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import duckdb

from benchmarks.load import Clock, Part
from ingest import collection, lake
from ingest.settings import Settings

_RUN = "benchmark"


def run(feed: str, folder: Path, home: Path) -> dict[str, Part]:
    """Fetch, load and commit on a fresh home; what each part took."""
    settings, clock = Settings(home=home), Clock()
    with clock.timing("fetch"):
        collection.fetch(settings, _RUN, feed, str(folder))
    with clock.timing("load"):
        collection.load(settings, _RUN, feed)
    with clock.timing("commit"):
        collection.commit(settings, _RUN, feed)
    return clock.parts


def row_count(feed: str, table: str, home: Path) -> int:
    """Rows of a table of the newest snapshot, counted in its file; -1 without a snapshot."""
    snapshot = lake.newest(home, feed)
    if snapshot is None:
        return -1
    with duckdb.connect() as connection:
        return len(connection.read_parquet(str(snapshot.path / f"{table}.parquet")))


def main() -> None:
    """Run on what the command names."""
    feed, (folder, home, report) = sys.argv[1], (Path(argument) for argument in sys.argv[2:])
    parts = run(feed, folder, home)
    report.write_text(json.dumps({name: asdict(part) for name, part in parts.items()}), "utf-8")


if __name__ == "__main__":
    main()
