"""Fetch: a feed's files from a URL prefix or a local folder into landing, whole or not at all."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest import decode, lake, landing
from ingest.catalog import Feed, Table
from ingest.download import Download, Retries
from ingest.errors import SourceDamagedError, SourceUnavailableError
from ingest.landing import Landed
from ingest.part import Part
from ingest.progress import Bars, bars

# Files of one refresh are minutes apart; half a day means two different refreshes.
MAX_SPREAD = timedelta(hours=12)


def fetch(home: Path, feed: Feed, location: str, retries: Retries | None = None) -> list[Landed]:
    """Land every file of a feed, in the catalogue's order. `location`: URL prefix or folder.

    Raises:
        SourceUnavailableError: a file is not there, or the files are of different refreshes.
        SourceDamagedError: a file is cut short, altered, or no dump.
    """
    landing.folder(home, feed.name).mkdir(parents=True, exist_ok=True)
    is_remote = location.lower().startswith(("http://", "https://"))
    if not is_remote and not Path(location).is_dir():
        raise SourceUnavailableError(
            location, "no such folder", f"--feed {feed.name}=… takes a folder or a URL"
        )
    with bars() as progress, ThreadPoolExecutor(max_workers=2) as pool:

        def land(table: Table) -> Landed:
            if is_remote:
                return Download(home, feed, table, location, progress, retries or Retries()).land()
            return _copy(home, feed, table, Path(location), progress)

        landed = list(pool.map(land, feed.tables))
    if is_remote:
        _check_spread(landed)
    return landed


def _check_spread(landed: list[Landed]) -> None:
    instants = ((lake.http_instant(one.last_modified), one.file) for one in landed)
    times = sorted((instant, file) for instant, file in instants if instant)
    if times and times[-1][0] - times[0][0] > MAX_SPREAD:
        raise SourceUnavailableError(
            landed[0].location.removesuffix(landed[0].file),
            f"{times[0][1]} is of {times[0][0]:%F %R}, {times[-1][1]} of {times[-1][0]:%F %R}",
            "The publisher is in the middle of a refresh: run again in an hour",
        )


def _copy(home: Path, feed: Feed, table: Table, source_folder: Path, bars: Bars) -> Landed:
    """Land one file of a local folder; bytes that landed before are not copied again."""
    names = (f"{table.file}.gz", table.file)
    source = next((source_folder / name for name in names if (source_folder / name).exists()), None)
    if source is None:
        raise SourceUnavailableError(
            str(source_folder),
            f"holds neither {names[0]} nor {names[1]}",
            f"The feed {feed.name} lands whole or not at all: put the file there",
        )
    modified = datetime.fromtimestamp(source.stat().st_mtime, UTC)
    digest = lake.sha256(source)
    known = landing.find(home, feed.name, source.name, digest)
    if known:
        seen = replace(known, location=str(source), fetched_at=landing.now())
        landing.see(home, seen)
        return seen
    draft = landing.folder(home, feed.name) / f".part-{source.name}"
    Part.forget(draft)
    advance = bars.start(source.name, source.stat().st_size)
    shutil.copyfile(source, draft)
    advance(source.stat().st_size)
    return _verified(
        home,
        draft,
        Landed(
            feed=feed.name,
            table=table.name,
            file=source.name,
            location=str(source),
            sha256=digest,
            byte_count=draft.stat().st_size,
            fetched_at=landing.now(),
            etag=None,
            last_modified=modified.strftime("%a, %d %b %Y %H:%M:%S GMT"),
            text=decode.measure(draft, name=source.name),
        ),
    )


def _verified(home: Path, draft: Path, landed: Landed) -> Landed:
    """Hash what is on the disk, not what was meant to be written, then land it."""
    if lake.sha256(draft) != landed.sha256:
        raise SourceDamagedError(
            landed.location, "it changed while it was read", "Wait for its writer, then run again"
        )
    return landing.add(home, draft, landed)
