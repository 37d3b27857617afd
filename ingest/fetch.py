"""Fetch: a feed's files into landing, whole or not at all.

A feed of dumps is read from a URL prefix or a folder, each dump under its own name; a collection
from the URL of one file, a file, or a folder with any number of files.
"""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatch
from pathlib import Path

from ingest import address, decode, lake, landing, tree
from ingest.address import Address
from ingest.catalog import Feed, Table
from ingest.download import Download, Retries
from ingest.errors import SourceDamagedError, SourceUnavailableError
from ingest.incoming import INVENTED
from ingest.landing import Landed
from ingest.partial import Partial
from ingest.progress import Bars, bars
from ingest.source import is_gzip

# Files of one refresh are minutes apart; half a day means two different refreshes.
MAX_SPREAD = timedelta(hours=12)


def fetch(home: Path, feed: Feed, location: str, retries: Retries | None = None) -> list[Landed]:
    """Land every file of a feed, in the catalogue's order. `location`: URL prefix or folder.

    Raises:
        SourceUnavailableError: a file is not there, or the files are of different refreshes.
        SourceDamagedError: a file is cut short, altered, or no dump.
    """
    landing.folder(home, feed.name).mkdir(parents=True, exist_ok=True)
    place = Address.of(location) if address.is_remote(location) else None
    if not place and not Path(location).is_dir():
        advice = f"--feed {feed.name}=… takes a folder or a URL"
        raise SourceUnavailableError(address.shown(location), "no such folder", advice)
    with bars() as progress, ThreadPoolExecutor(max_workers=2) as pool:

        def land(table: Table) -> Landed:
            if place:
                return Download(home, feed, table, place, progress, retries or Retries()).land()
            return _copy(home, feed, table, Path(location), progress)

        landed = list(pool.map(land, feed.tables))
    if place:
        _check_spread(place, landed)
        _check_age(home, feed, landed)
    return landed


def _check_spread(place: Address, landed: list[Landed]) -> None:
    instants = ((lake.http_instant(one.last_modified), one.file) for one in landed)
    times = sorted((instant, file) for instant, file in instants if instant)
    if times and times[-1][0] - times[0][0] > MAX_SPREAD:
        raise SourceUnavailableError(
            place.shown,
            f"{times[0][1]} is of {times[0][0]:%F %R}, {times[-1][1]} of {times[-1][0]:%F %R}",
            "The publisher is in the middle of a refresh: run again in an hour",
        )


def _check_age(home: Path, feed: Feed, landed: list[Landed]) -> None:
    """A mirror that lags behind must not take the lake back to an earlier night."""
    newest = lake.newest(home, feed.name)
    known = {file["location"]: file for file in newest.files()} if newest else {}
    for one in landed:
        before = known.get(one.location)
        if not newest or not before or before["sha256"] == one.sha256:
            continue
        ours = lake.http_instant(before["last_modified"])
        theirs = lake.http_instant(one.last_modified)
        # A date to come is a clock gone wrong: nothing would ever be newer.
        if ours and theirs and theirs < ours <= datetime.now(UTC).replace(tzinfo=None):
            raise SourceUnavailableError(
                one.location,
                f"it is of {theirs:%F %T}, older than that of {ours:%F %T} in the lake",
                "A mirror lags behind: run again in an hour. If the publisher did go back, "
                f"`arthouse discard {newest.name} --feed {feed.name}` first",
            )


def collect(
    home: Path, feed: Feed, location: str, retries: Retries
) -> tuple[list[Landed], list[str]]:
    """Land the files of a collection; and names of files beside them that fit no pattern.

    Raises:
        SourceUnavailableError: there is nothing to read.
    """
    landing.folder(home, feed.name).mkdir(parents=True, exist_ok=True)
    with bars() as progress:
        if address.is_remote(location):
            place, name = Address.of(location).split()
            landed = [Download(home, feed, name, place, progress, retries).land()]
            _check_age(home, feed, landed)
            return landed, []
        files, left = _found(feed, Path(location))
        return [_land_local(home, feed, None, *one, progress) for one in files], left


def _found(feed: Feed, place: Path) -> tuple[list[tuple[str, Path]], list[str]]:
    """Files and trees of a collection by name, in the order of their names, and other files."""
    if place.is_file():
        return [(place.name, place)], []
    if not place.is_dir():
        raise SourceUnavailableError(
            address.shown(str(place)),
            "no such file or folder",
            f"--feed {feed.name}=… takes a URL, too",
        )
    trees = [path for path in (place, *place.rglob("*")) if _is_tree(feed, path)]
    trees = [path for path in trees if not set(trees) & set(path.parents)]
    files = [path for path in place.rglob("*") if path.is_file() and not _is_hidden(path, place)]
    files = [file for file in files if not set(trees) & set(file.parents)]
    wanted = {file for file in files if _fits(feed, file)}
    # A link to a folder is not followed: it may lead round in a circle, or anywhere.
    links = [path for path in place.rglob("*") if path.is_symlink() and not path.is_file()]
    left = [_name(path, place) for path in (*files, *links) if path not in wanted]
    if not wanted and not trees:
        raise SourceUnavailableError(
            str(place),
            f"holds no file that {feed.name} reads",
            f"It reads {', '.join((*feed.patterns, *(f'{name}/' for name in feed.trees)))}, "
            "gzipped or not",
        )
    found = [(_name(file, place), file) for file in wanted]
    found += [(f"{_name(one, place if one != place else place.parent)}.tar", one) for one in trees]
    return sorted(found), sorted(left)


def _fits(feed: Feed, file: Path) -> bool:
    plain = file.stem if is_gzip(file) else file.name
    return any(fnmatch(plain, one) for one in feed.patterns)


def _name(file: Path, place: Path) -> str:
    r"""Its path below the location; bytes that are no UTF-8 are written as `\xe9`."""
    return os.fsencode(file.relative_to(place)).decode("utf-8", "backslashreplace")


def _is_tree(feed: Feed, path: Path) -> bool:
    return path.name in feed.trees and path.is_dir()


def _is_hidden(path: Path, place: Path) -> bool:
    """Hidden files are of the system or of a tool, and our mark of invented dumps is no dump."""
    inner = path.relative_to(place).parts
    return path.name == INVENTED or any(part.startswith(".") for part in inner)


def _copy(home: Path, feed: Feed, table: Table, source_folder: Path, bars: Bars) -> Landed:
    """Land one dump of a local folder."""
    names = (f"{table.file}.gz", table.file)
    source = next((source_folder / name for name in names if (source_folder / name).exists()), None)
    if source is None:
        raise SourceUnavailableError(
            str(source_folder),
            f"holds neither {names[0]} nor {names[1]}",
            f"The feed {feed.name} lands whole or not at all: put the file there",
        )
    return _land_local(home, feed, table, source.name, source, bars)


def _land_local(
    home: Path, feed: Feed, table: Table | None, name: str, source: Path, bars: Bars
) -> Landed:
    """Land a local file or tree; bytes that landed before are not copied again."""
    with _drafted(
        landing.folder(home, feed.name) / f"{landing.PARTIAL}{landing.short(name)}"
    ) as draft:
        if source.is_dir():
            tree.pack(source, draft)
        original = draft if source.is_dir() else source
        digest = lake.sha256(original)
        modified = datetime.fromtimestamp(source.stat().st_mtime, UTC)
        known = landing.find(home, feed.name, name, digest)
        if known:
            seen = replace(known, file=name, location=str(source), fetched_at=landing.now())
            landing.see(home, seen)
            return seen
        byte_count = original.stat().st_size
        advance = bars.start(name, byte_count)
        if original != draft:
            shutil.copyfile(original, draft)
        advance(byte_count)
        return _verified(
            home,
            draft,
            Landed(
                feed=feed.name,
                table=table.name if table else "",
                file=name,
                location=str(source),
                sha256=digest,
                byte_count=draft.stat().st_size,
                fetched_at=landing.now(),
                etag=None,
                last_modified=modified.strftime("%a, %d %b %Y %H:%M:%S GMT"),
                text=decode.measure_dump(draft, name=name) if table else None,
            ),
        )


@contextmanager
def _drafted(draft: Path) -> Iterator[Path]:
    """Where a copy is made; what does not land is gone, for no copy is ever resumed."""
    Partial.forget(draft)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _verified(home: Path, draft: Path, landed: Landed) -> Landed:
    """Hash what is on the disk, not what was meant to be written, then land it."""
    if lake.sha256(draft) != landed.sha256:
        raise SourceDamagedError(
            landed.location, "it changed while it was read", "Wait for its writer, then run again"
        )
    return landing.add(home, draft, landed)
