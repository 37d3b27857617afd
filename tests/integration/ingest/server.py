"""An HTTP server on loopback that serves dumps the way bad nights do."""

import hashlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

MODIFIED = 1_795_327_200.0  # 2026-11-22 06:00 UTC


@dataclass(slots=True)
class Request:
    """What a client asked for."""

    path: str
    headers: dict[str, str]


Answer = Callable[["Handler", "Served", int], None]


@dataclass(slots=True)
class Served:
    """One file: its bytes, what is said of them, and how the n-th request is answered."""

    content: bytes
    etag: str | None = None
    modified: float | None = MODIFIED
    answers: dict[int, Answer] = field(default_factory=dict)
    heeds_range: bool = True
    heeds_if_range: bool = True

    def __post_init__(self) -> None:
        if self.etag is None:
            self.etag = f'"{hashlib.md5(self.content, usedforsecurity=False).hexdigest()}"'


class Handler(BaseHTTPRequestHandler):
    """Honest by default; `Served.answers` are the exceptions."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the test's output quiet."""

    @property
    def publisher(self) -> "Publisher":
        return cast("Publisher", self.server)

    def do_GET(self) -> None:  # the name http.server looks for
        name = self.path.partition("?")[0].rpartition("/")[2]
        self.publisher.requests.append(Request(self.path, dict(self.headers)))
        served = self.publisher.files.get(name)
        if served is None:
            self.plain(404, b"no such file")
            return
        number = sum(request.path == self.path for request in self.publisher.requests)
        served.answers.get(number, honest)(self, served, number)

    def plain(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def begin(self, served: Served, status: int, start: int, length: int | None) -> None:
        self.send_response(status)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if status == 206:
            whole = len(served.content)
            self.send_header("Content-Range", f"bytes {start}-{whole - 1}/{whole}")
        if served.etag:
            self.send_header("ETag", served.etag)
        if served.modified is not None:
            self.send_header("Last-Modified", formatdate(served.modified, usegmt=True))
        self.end_headers()

    def reset(self) -> None:
        """Drop the connection with a reset, as a broken line does."""
        self.wfile.flush()
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()
        self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            return  # the client, or this test, closed it first


def honest(handler: Handler, served: Served, _: int) -> None:
    """304, 206 or 200, as the standard wants it."""
    asked = handler.headers
    date = formatdate(served.modified, usegmt=True) if served.modified is not None else None
    if served.etag and "If-None-Match" in asked:
        unchanged = asked["If-None-Match"] == served.etag
    else:
        unchanged = date is not None and asked.get("If-Modified-Since") == date
    if unchanged:
        handler.plain(304, b"")
        return
    start = 0
    wanted = asked.get("Range", "")
    same = asked.get("If-Range") in {served.etag, date} or not served.heeds_if_range
    if served.heeds_range and wanted.startswith("bytes=") and same:
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        if start >= len(served.content):
            handler.plain(416, b"")
            return
    handler.begin(served, 206 if start else 200, start, len(served.content) - start)
    handler.wfile.write(served.content[start:])


def dropped(after: int) -> Answer:
    """Promise everything, send so many bytes, and reset the connection."""

    def answer(handler: Handler, served: Served, _: int) -> None:
        handler.begin(served, 200, 0, len(served.content))
        handler.wfile.write(served.content[:after])
        handler.wfile.flush()
        time.sleep(0.05)
        handler.reset()

    return answer


def short(after: int) -> Answer:
    """Promise everything, send so many bytes, and close politely."""

    def answer(handler: Handler, served: Served, _: int) -> None:
        handler.begin(served, 200, 0, len(served.content))
        handler.wfile.write(served.content[:after])
        handler.close_connection = True

    return answer


def stalled(after: int, seconds: float) -> Answer:
    """Send so many bytes, then nothing for a while."""

    def answer(handler: Handler, served: Served, _: int) -> None:
        handler.begin(served, 200, 0, len(served.content))
        handler.wfile.write(served.content[:after])
        handler.wfile.flush()
        handler.publisher.stopped.wait(seconds)
        handler.reset()

    return answer


def status(code: int, headers: dict[str, str] | None = None) -> Answer:
    """An answer without a file."""
    return lambda handler, _, __: handler.plain(code, b"sorry", headers)


class Publisher(ThreadingHTTPServer):
    """Serves `files` by name under any folder, and remembers what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, Served] = {}
        self.requests: list[Request] = []
        self.stopped = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that left is no news."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/dumps/"

    def asked(self, name: str) -> list[dict[str, str]]:
        """The headers of each request for a file."""
        return [one.headers for one in self.requests if one.path.endswith(f"/{name}")]


@contextmanager
def publishing() -> Iterator[Publisher]:
    with Publisher() as publisher:
        thread = threading.Thread(target=publisher.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield publisher
        finally:
            publisher.stopped.set()
            publisher.shutdown()
            thread.join()
