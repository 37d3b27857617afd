"""Fetch: a feed's files from a URL prefix or a local folder into landing, whole or not at all.

Downloads ask conditionally, resume where they broke off while the publisher still has the same
version, and are checked (length, gzip checksums to the last member) before they count as landed.
"""

import hashlib
import ipaddress
import json
import shutil
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TransferSpeedColumn,
)
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from ingest import decode, lake, landing
from ingest.catalog import Feed, Table
from ingest.errors import SourceDamagedError, SourceUnavailableError
from ingest.landing import Landed

USER_AGENT = "arthouse/0.1 (a film warehouse on a person's own machine)"
# Files of one refresh are minutes apart; half a day means two different refreshes.
MAX_SPREAD = timedelta(hours=12)
_CONNECT_SECONDS = 10.0
_RETRIED_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a file is tried, and the first wait in seconds; waits double up to a minute.

    A server that sends nothing for `stall_seconds` counts as gone.
    """

    attempts: int = 5
    wait_seconds: float = 1.0
    stall_seconds: float = 30.0


class _InterruptedError(Exception):
    """A try that broke off in a way the next one may mend."""


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
    with _progress() as progress, ThreadPoolExecutor(max_workers=2) as pool:

        def land(table: Table) -> Landed:
            if is_remote:
                return _Download(home, feed, table, location, progress, retries or Retries()).land()
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


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class _Bars:
    """Progress of the files of one feed; on anything but a terminal it shows nothing."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def start(self, name: str, total: int | None, done: int = 0) -> Callable[[int], None]:
        task: TaskID = self._progress.add_task(name, total=total, completed=done)
        return lambda size: self._progress.advance(task, size)


@contextmanager
def _progress() -> Iterator[_Bars]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<24}"), BarColumn(), DownloadColumn())
    with Progress(
        *columns, TransferSpeedColumn(), console=console, disable=not console.is_terminal
    ) as progress:
        yield _Bars(progress)


def _copy(home: Path, feed: Feed, table: Table, source_folder: Path, bars: _Bars) -> Landed:
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
        seen = replace(known, location=str(source), fetched_at=_now())
        landing.see(home, seen)
        return seen
    draft = landing.folder(home, feed.name) / f".part-{source.name}"
    _Part.forget(draft)
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
            fetched_at=_now(),
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


class _Download:
    """One file from an HTTP server."""

    def __init__(
        self, home: Path, feed: Feed, table: Table, prefix: str, bars: _Bars, retries: Retries
    ) -> None:
        self._home, self._feed, self._table = home, feed, table
        address = httpx.URL(prefix.rstrip("/") + "/")
        # A password in the address goes to the server, never into receipts and messages.
        self._auth = (address.username, address.password) if address.userinfo else None
        self._address = address.copy_with(userinfo=b"")
        self._prefix = str(self._address)
        self._bars, self._retries = bars, retries

    def land(self) -> Landed:
        """The landed file: new, or unchanged since it was last seen."""
        with httpx.Client(
            follow_redirects=True,
            auth=self._auth,
            timeout=httpx.Timeout(self._retries.stall_seconds, connect=_CONNECT_SECONDS),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
            event_hooks={"request": [self._refuse_inward]},
        ) as client:
            for name in (f"{self._table.file}.gz", self._table.file):
                landed = self._try(client, name)
                if landed:
                    return landed
        raise SourceUnavailableError(
            self._prefix,
            f"has neither {self._table.file}.gz nor {self._table.file}",
            "The feed lands whole or not at all: check the address",
        )

    def _refuse_inward(self, request: httpx.Request) -> None:
        """A publisher may send us to another public place, not into the reader's own network."""
        host, scheme = request.url.host, request.url.scheme
        if (host, scheme) == (self._address.host, self._address.scheme):
            return
        if scheme != "https" and self._address.scheme == "https":
            raise SourceUnavailableError(
                self._prefix, f"it redirects to {scheme}://{host}", "Only https may follow https"
            )
        try:
            found = socket.getaddrinfo(host, None)
        except socket.gaierror as error:
            raise httpx.ConnectError(str(error), request=request) from error
        if not all(_is_public(str(address[0])) for *_, address in found):
            raise SourceUnavailableError(
                self._prefix,
                f"it redirects to {host}, which is not a public address",
                "Look at what the publisher serves; a mirror of your own is a location of its own",
            )

    def _try(self, client: httpx.Client, name: str) -> Landed | None:
        url = self._prefix + name
        retrying = Retrying(
            stop=stop_after_attempt(self._retries.attempts),
            wait=wait_exponential(self._retries.wait_seconds, max=60),
            retry=retry_if_exception_type((httpx.TransportError, _InterruptedError)),
            reraise=True,
        )
        try:
            return retrying(self._request, client, url, name)
        except (httpx.HTTPError, _InterruptedError) as error:
            raise SourceUnavailableError(
                url,
                f"{type(error).__name__}: {error} (after {self._retries.attempts} tries)",
                "Nothing of it was kept but the part that can be resumed: run again later",
            ) from error

    def _request(self, client: httpx.Client, url: str, name: str) -> Landed | None:
        draft = landing.folder(self._home, self._feed.name) / f".part-{name}"
        started = _Part.read(draft, url)
        known = landing.newest(self._home, self._feed.name, url)
        headers = started.headers() if started else _conditions(known)
        with client.stream("GET", url, headers=headers) as response:
            if response.status_code == httpx.codes.NOT_FOUND:
                return None
            if response.status_code == httpx.codes.NOT_MODIFIED and known:
                seen = replace(known, fetched_at=_now())
                landing.see(self._home, seen)
                return seen
            if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                _Part.forget(draft)
                raise _InterruptedError("the part on disk is not a part of what is served now")
            if response.status_code in _RETRIED_STATUS:
                raise _InterruptedError(f"HTTP {response.status_code}")
            if not response.is_success:
                raise SourceUnavailableError(
                    url,
                    f"the server answers HTTP {response.status_code} {response.reason_phrase}",
                    "Check the address, and whether it wants a name and a password",
                )
            digest = self._receive(response, draft, url, name)
        return self._landed(draft, url, name, digest, response)

    def _receive(self, response: httpx.Response, draft: Path, url: str, name: str) -> str:
        """Append or write anew; the digest of the whole file on disk."""
        offset = _resumed_offset(response, draft, url)
        length = response.headers.get("Content-Length")
        total = offset + int(length) if length else None
        if not offset:
            # First: a kill here must not leave old bytes beside the new version's validator.
            _Part.forget(draft)
            _Part.of(response, url).write(draft)
        advance = self._bars.start(name, total, offset)
        with draft.open("ab" if offset else "wb") as handle:
            # As it arrives: blocks of a size of ours would be lost with the connection.
            for block in response.iter_raw():
                handle.write(block)
                advance(len(block))
        if total is not None and draft.stat().st_size != total:
            raise _InterruptedError(f"{draft.stat().st_size} of {total} bytes arrived")
        with draft.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()

    def _landed(
        self, draft: Path, url: str, name: str, digest: str, response: httpx.Response
    ) -> Landed:
        known = landing.find(self._home, self._feed.name, name, digest)
        # Whole but wrong: a part that is kept would be "resumed" into the same wrong file.
        try:
            text = known.text if known else decode.measure(draft, name=url)
        except SourceDamagedError:
            _Part.forget(draft)
            raise
        landed = Landed(
            feed=self._feed.name,
            table=self._table.name,
            file=name,
            location=url,
            sha256=digest,
            byte_count=draft.stat().st_size,
            fetched_at=_now(),
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
            text=text,
        )
        _Part.forget(draft, keep_bytes=True)
        if known:
            draft.unlink()
            landing.see(self._home, landed)
            return landed
        return landing.add(self._home, draft, landed)


def _conditions(known: Landed | None) -> dict[str, str]:
    """Ask only for what is newer than what landed."""
    if not known:
        return {}
    pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_global


def _resumed_offset(response: httpx.Response, draft: Path, url: str) -> int:
    """Where the served bytes begin; 0 when the server sends the whole file."""
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return 0
    part = _Part.read(draft, url)
    size = part.size if part else 0
    if not response.headers.get("Content-Range", "").startswith(f"bytes {size}-"):
        _Part.forget(draft)
        raise _InterruptedError("the server resumed at another byte than asked")
    # Some servers heed Range and not If-Range.
    if part and part.validator != _Part.of(response, url).validator:
        _Part.forget(draft)
        raise _InterruptedError("the server resumed with another version of the file")
    return size


@dataclass(frozen=True, slots=True)
class _Part:
    """What a partial download needs to go on: the version it is a part of."""

    url: str
    validator: str | None
    size: int = 0

    @staticmethod
    def _file(draft: Path) -> Path:
        return draft.with_name(f"{draft.name}.json")

    @classmethod
    def of(cls, response: httpx.Response, url: str) -> "_Part":
        validator = response.headers.get("ETag") or response.headers.get("Last-Modified")
        # A weak tag promises equal meaning, not equal bytes: no ground to join two halves on.
        return cls(url, None if validator and validator.startswith("W/") else validator)

    @classmethod
    def read(cls, draft: Path, url: str) -> "_Part | None":
        file = cls._file(draft)
        if not (draft.exists() and file.exists() and draft.stat().st_size):
            return None
        part = cls(**json.loads(file.read_text("utf-8")), size=draft.stat().st_size)
        return part if part.url == url and part.validator else None

    def write(self, draft: Path) -> None:
        fields = {"url": self.url, "validator": self.validator}
        self._file(draft).write_text(json.dumps(fields), "utf-8")

    @classmethod
    def forget(cls, draft: Path, *, keep_bytes: bool = False) -> None:
        cls._file(draft).unlink(missing_ok=True)
        if not keep_bytes:
            draft.unlink(missing_ok=True)

    def headers(self) -> dict[str, str]:
        return {"Range": f"bytes={self.size}-", "If-Range": self.validator or ""}
