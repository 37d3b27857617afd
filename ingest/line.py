"""Line: the connection to a publisher, only where it may lead, and hung up when it dribbles."""

import ipaddress
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx

from ingest.errors import SourceUnavailableError

# Bytes a second; a telephone's modem brings five times as many.
SLOWEST = 1000
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# Where a network has IPv6 alone, an IPv4 address is reached within one of these.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Line:
    """The connections of one client, one at a time.

    `home`: the address a person named, which may be anywhere; `shown` is what messages call it.
    """

    def __init__(self, home: str, shown: str, stall_seconds: float) -> None:
        self._home, self._shown = httpx.URL(home), shown
        self._stall_seconds = stall_seconds
        self._socket: socket.socket | None = None
        self._must_be_public = False
        self._arrived = 0
        self._has_hung_up = False

    def look_ahead(self, request: httpx.Request) -> None:
        """Before each request: a publisher may send us to another public place, and not inward.

        Raises:
            SourceUnavailableError: it redirects into the reader's own network, or to no server.
        """
        url = request.url
        self._must_be_public = _origin(url) != _origin(self._home)
        if not self._must_be_public:
            return
        if url.scheme not in ("http", "https"):
            raise self._refused(f"{url.scheme}:", "Only http and https are followed")
        if url.scheme != "https" and self._home.scheme == "https":
            raise self._refused(f"{url.scheme}://{url.host}", "Only https may follow https")
        try:
            found = socket.getaddrinfo(url.host, None)
        except (socket.gaierror, UnicodeError) as error:
            raise httpx.ConnectError(str(error), request=request) from error
        if not all(_is_public(str(address[0])) for *_, address in found):
            raise self._inward(f"{url.host}:{url.port}" if url.port else url.host)

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """What the transport tells: each new connection, before anything is sent over it."""
        if event != "connection.connect_tcp.complete":
            return
        self.close()
        # A handle of our own: TLS takes the other one over.
        self._socket = info["return_value"].get_extra_info("socket").dup()
        if not self._must_be_public or urllib.request.getproxies().keys() - {"no"}:
            return  # a proxy, which may be inside, asks for names itself
        # The name may have another address by now than when it was looked up.
        peer = str(self._socket.getpeername()[0])
        if not _is_public(peer):
            raise self._inward(peer)

    @contextmanager
    def paced(self) -> Iterator[None]:
        """Hang up on a server that brings next to nothing, header lines or body, for too long.

        Raises:
            httpx.ReadTimeout: it was hung up.
        """
        self._arrived, self._has_hung_up = 0, False
        is_over = threading.Event()
        watch = threading.Thread(target=self._watch, args=(is_over,), daemon=True)
        watch.start()
        try:
            yield
        except httpx.TransportError as error:
            if self._has_hung_up:
                raise self._too_slow() from error
            raise
        finally:
            is_over.set()
            watch.join()
        # A body without a length ends like one that was cut.
        if self._has_hung_up:
            raise self._too_slow()

    def advance(self, byte_count: int) -> None:
        """Some more of the body arrived."""
        self._arrived += byte_count

    def close(self) -> None:
        """Let go of the last connection."""
        if self._socket:
            self._socket.close()
        self._socket = None

    def _watch(self, is_over: threading.Event) -> None:
        seen = 0
        while not is_over.wait(self._stall_seconds):
            if self._socket and self._arrived - seen < SLOWEST * self._stall_seconds:
                self._has_hung_up = True
                with suppress(OSError):  # it broke off by itself meanwhile
                    self._socket.shutdown(socket.SHUT_RDWR)
                return
            seen = self._arrived

    def _too_slow(self) -> httpx.ReadTimeout:
        least = SLOWEST * self._stall_seconds
        return httpx.ReadTimeout(f"fewer than {least:.0f} bytes in {self._stall_seconds:g} s")

    def _refused(self, where: str, advice: str) -> SourceUnavailableError:
        return SourceUnavailableError(self._shown, f"it redirects to {where}", advice)

    def _inward(self, where: str) -> SourceUnavailableError:
        return self._refused(
            f"{where}, which is not a public address",
            "Look at what the publisher serves; a mirror of your own is a location of its own",
        )


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        if not inner:
            return found in _GLOBAL_UNICAST and found.is_global
        found = inner
    return found.is_global and not found.is_multicast
