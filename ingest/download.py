"""One file from an HTTP server, into landing: conditional, resumed, checked.

A download resumes where it broke off while the publisher still has the same version, and counts as
landed once its length and its gzip checksums are right to the last member.
"""

import re
import ssl
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from ingest import decode, lake, landing
from ingest.address import Address
from ingest.catalog import Feed, Table
from ingest.errors import SourceDamagedError, SourceUnavailableError
from ingest.landing import Landed
from ingest.line import Line
from ingest.partial import Partial
from ingest.progress import Bars

USER_AGENT = "arthouse/0.1 (a film warehouse on a person's own machine)"
_CONNECT_SECONDS = 10.0
_RETRIED_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a file is tried, and the first wait in seconds; waits double up to a minute.

    A server that sends next to nothing for `stall_seconds` counts as gone.
    """

    attempts: int = 5
    wait_seconds: float = 1.0
    stall_seconds: float = 30.0


class _InterruptedError(Exception):
    """A try that broke off in a way the next one may mend."""


class Download:
    """One file from an HTTP server: a dump that is a table, or a file of a collection by name."""

    def __init__(
        self,
        home: Path,
        feed: Feed,
        wanted: Table | str,
        folder: Address,
        bars: Bars,
        retries: Retries,
    ) -> None:
        self._home, self._feed = home, feed
        self._table, self._names = "", [str(wanted)]
        if isinstance(wanted, Table):
            self._table, self._names = wanted.name, [f"{wanted.file}.gz", wanted.file]
        self._folder = folder
        self._bars, self._retries = bars, retries
        self._line = Line(folder.place, folder.shown, retries.stall_seconds)

    def land(self) -> Landed:
        """The landed file: new, or unchanged since it was last seen."""
        with (
            closing(self._line),
            httpx.Client(
                follow_redirects=True,
                auth=self._folder.auth,
                timeout=httpx.Timeout(self._retries.stall_seconds, connect=_CONNECT_SECONDS),
                headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
                event_hooks={"request": [self._line.look_ahead]},
                verify=_trusted(),
            ) as client,
        ):
            for name in self._names:
                landed = self._try(client, name)
                if landed:
                    return landed
        raise SourceUnavailableError(
            self._folder.shown,
            f"has no {' and no '.join(self._names)}",
            "The feed lands whole or not at all: check the address",
        )

    def _try(self, client: httpx.Client, name: str) -> Landed | None:
        address = self._folder.file(name)
        retrying = Retrying(
            stop=stop_after_attempt(self._retries.attempts),
            wait=wait_exponential(self._retries.wait_seconds, max=60),
            retry=retry_if_exception_type((httpx.TransportError, _InterruptedError)),
            reraise=True,
        )
        try:
            return retrying(self._request, client, address, name)
        except (httpx.HTTPError, httpx.InvalidURL, _InterruptedError) as error:
            raise SourceUnavailableError(
                address.shown,
                f"{type(error).__name__}: {error} (after {self._retries.attempts} tries)",
                "Nothing of it was kept but the part that can be resumed: run again later",
            ) from error

    def _request(self, client: httpx.Client, address: Address, name: str) -> Landed | None:
        url = address.shown
        draft = landing.folder(self._home, self._feed.name) / f"{landing.PARTIAL}{name}"
        started = Partial.read(draft, url)
        known = landing.newest(self._home, self._feed.name, url)
        headers = started.headers() if started else _conditions(known)
        traced = {"trace": self._line.trace}
        with (
            self._line.paced(),
            client.stream("GET", address.asked, headers=headers, extensions=traced) as response,
        ):
            if response.status_code == httpx.codes.NOT_FOUND:
                return None
            if response.status_code == httpx.codes.NOT_MODIFIED and known:
                seen = replace(known, fetched_at=landing.now())
                landing.see(self._home, seen)
                return seen
            if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                Partial.forget(draft)
                raise _InterruptedError("the part on disk is not a part of what is served now")
            if response.status_code in _RETRIED_STATUS:
                raise _InterruptedError(f"HTTP {response.status_code}")
            if not response.is_success:
                raise SourceUnavailableError(
                    url,
                    f"the server answers HTTP {response.status_code} {response.reason_phrase}",
                    "Check the address, and whether it wants a name and a password",
                )
            self._receive(response, draft, url, name)
        return self._landed(draft, url, name, response)

    def _receive(self, response: httpx.Response, draft: Path, url: str, name: str) -> None:
        """Append or write anew, until the whole file is on disk."""
        offset = _resumed_offset(response, draft, url)
        length = response.headers.get("Content-Length")
        total = _whole_size(response) or (offset + int(length) if length else None)
        if not offset:
            # First: a kill here must not leave old bytes beside the new version's validator.
            Partial.forget(draft)
            Partial.of(response, url).write(draft)
        advance = self._bars.start(name, total, offset)
        with draft.open("ab" if offset else "wb") as handle:
            # As it arrives: blocks of a size of ours would be lost with the connection.
            for block in response.iter_raw():
                handle.write(block)
                advance(len(block))
                self._line.advance(len(block))
        if total is not None and draft.stat().st_size != total:
            raise _InterruptedError(f"{draft.stat().st_size} of {total} bytes arrived")

    def _landed(self, draft: Path, url: str, name: str, response: httpx.Response) -> Landed:
        digest = lake.sha256(draft)
        known = landing.find(self._home, self._feed.name, name, digest)
        # Whole but wrong: a part that is kept would be "resumed" into the same wrong file.
        try:
            text = known.text if known else self._measured(draft, url)
        except SourceDamagedError:
            Partial.forget(draft)
            raise
        landed = Landed(
            feed=self._feed.name,
            table=self._table,
            file=name,
            location=url,
            sha256=digest,
            byte_count=draft.stat().st_size,
            fetched_at=landing.now(),
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
            text=text,
        )
        Partial.forget(draft, keep_bytes=True)
        if known:
            draft.unlink()
            landing.see(self._home, landed)
            return landed
        return landing.add(self._home, draft, landed)

    def _measured(self, draft: Path, url: str) -> decode.Text | None:
        return decode.measure_dump(draft, name=url) if self._table else None


def _conditions(known: Landed | None) -> dict[str, str]:
    """Ask only for what is newer than what landed."""
    if not known:
        return {}
    pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in pairs.items() if value}


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates trusted, read once for all files."""
    return httpx.create_ssl_context()


def _whole_size(response: httpx.Response) -> int | None:
    """The size of the file that a partial answer is a part of, if it says so."""
    found = re.fullmatch(
        r"bytes \d+-\d+/(\d+)", response.headers.get("Content-Range", ""), re.ASCII
    )
    is_part = response.status_code == httpx.codes.PARTIAL_CONTENT
    return int(found[1]) if found and is_part else None


def _resumed_offset(response: httpx.Response, draft: Path, url: str) -> int:
    """Where the served bytes begin; 0 when the server sends the whole file."""
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return 0
    part = Partial.read(draft, url)
    size = part.size if part else 0
    if not response.headers.get("Content-Range", "").startswith(f"bytes {size}-"):
        Partial.forget(draft)
        raise _InterruptedError("the server resumed at another byte than asked")
    # Some servers heed Range and not If-Range.
    if part and part.validator != Partial.of(response, url).validator:
        Partial.forget(draft)
        raise _InterruptedError("the server resumed with another version of the file")
    return size
