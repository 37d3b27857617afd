"""Our load in parts: `python -m benchmarks.load DUMPS HOME REPORT`, a child process.

`fetch` copies and verifies at once, two files at a time. To tell what verifying costs without the
copying, the same pass over the same bytes runs once more, by itself, as `verify`.
"""

import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from ingest import decode, lake, landing
from ingest.catalog import IMDB
from ingest.feeds import imdb
from ingest.settings import Settings

_RUN = "benchmark"
# As many as `ingest.fetch` lands at a time.
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the process: wall clock, and processor time of all its threads."""

    wall_seconds: float
    cpu_seconds: float


class Clock:
    """Times the parts of this process."""

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}

    @contextmanager
    def timing(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.parts[name] = Part(time.perf_counter() - wall, time.process_time() - cpu)


def run(dumps: Path, home: Path) -> dict[str, Part]:
    """Fetch, verify once more, load and commit on a fresh home; what each part took."""
    settings, clock = Settings(home=home), Clock()
    with clock.timing("fetch"):
        imdb.fetch(settings, _RUN, str(dumps))
    with clock.timing("verify"):
        _verify(home)
    with clock.timing("load"):
        imdb.load(settings, _RUN)
    with clock.timing("commit"):
        imdb.commit(settings, _RUN)
    return clock.parts


def _verify(home: Path) -> None:
    receipts = map(landing.read, landing.folder(home, IMDB.name).glob("*.json"))
    landed = {one.table: landing.path(home, one) for one in receipts}
    with ThreadPoolExecutor(_WORKERS) as pool:
        list(pool.map(decode.measure, [landed[table.name] for table in IMDB.tables]))


def rows(home: Path) -> dict[str, int]:
    """Rows by table of the newest snapshot, counted in its files."""
    snapshot = lake.newest(home, IMDB.name)
    if snapshot is None:
        return {}
    with duckdb.connect() as connection:
        return {
            table.name: len(connection.read_parquet(str(snapshot.path / f"{table.name}.parquet")))
            for table in IMDB.tables
        }


def read(report: Path) -> dict[str, Part]:
    """The parts that a child process wrote."""
    return {name: Part(**part) for name, part in json.loads(report.read_text("utf-8")).items()}


def main() -> None:
    """Run on the paths that the command names."""
    dumps, home, report = (Path(argument) for argument in sys.argv[1:])
    parts = run(dumps, home)
    report.write_text(json.dumps({name: asdict(part) for name, part in parts.items()}), "utf-8")


if __name__ == "__main__":
    main()
