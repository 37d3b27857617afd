"""Answers of a server that lies: of lengths, types, versions and places, or that dribbles."""

import time
from collections.abc import Sequence

from tests.integration.ingest.server import Answer, Handler, Served, status


def shown(*bodies: bytes, kind: str = "application/gzip", claimed: int | None = None) -> Answer:
    """200 and a body in so many writes, whatever the file is; `claimed` is its Content-Length."""

    def answer(handler: Handler, _: Served, __: int) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(claimed or sum(map(len, bodies))))
        handler.end_headers()
        for body in bodies:
            handler.wfile.write(body)
        handler.close_connection = True

    return answer


def unsized(content: bytes) -> Answer:
    """A body without length, which ends where the connection does."""

    def answer(handler: Handler, served: Served, _: int) -> None:
        handler.begin(served, 200, 0, None)
        handler.wfile.write(content)
        handler.close_connection = True

    return answer


def part(start: int, end: int, etag: str | None = None) -> Answer:
    """206 with these bytes, asked or not; under another ETag if one is given."""

    def answer(handler: Handler, served: Served, _: int) -> None:
        body = served.content[start:end]
        said = f"bytes {start}-{end - 1}/{len(served.content)}"
        tag = etag or served.etag or ""
        handler.plain(206, body, {"Content-Range": said, "ETag": tag})

    return answer


def dribbled(byte_pause: float, *, head: bool = False) -> Answer:
    """One byte after another, for ever: of the header lines or of the body."""

    def answer(handler: Handler, served: Served, _: int) -> None:
        if not head:
            handler.begin(served, 200, 0, len(served.content))
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        try:
            for byte in served.content:
                handler.wfile.write(b"x" if head else bytes([byte]))
                if handler.publisher.stopped.wait(byte_pause):
                    return
        except OSError:
            return  # at last somebody hung up

    return answer


def slowly(pieces: Sequence[bytes], pause: float) -> Answer:
    """The whole file, piece by piece: slow, and no lie."""

    def answer(handler: Handler, served: Served, _: int) -> None:
        handler.begin(served, 200, 0, len(served.content))
        for piece in pieces:
            handler.wfile.write(piece)
            time.sleep(pause)

    return answer


def moved(place: str) -> Answer:
    """A redirect."""
    return status(302, {"Location": place})
