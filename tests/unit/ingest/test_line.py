"""`ingest.line`: where a publisher may send a client, and where not."""

import socket
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from ingest.errors import SourceUnavailableError
from ingest.line import Line

HOME = "https://dumps.test/imdb/"
CONNECTED = "connection.connect_tcp.complete"


@pytest.fixture
def line() -> Line:
    return Line(HOME, HOME, 30.0)


def look(line: Line, url: str) -> None:
    line.look_ahead(httpx.Request("GET", url))


@pytest.mark.parametrize(
    "url",
    [
        f"{HOME}title.ratings.tsv.gz",
        "https://8.8.8.8/x",
        "https://[2606:4700::1111]/x",
        "https://[64:ff9b::808:808]/x",
        "https://[::ffff:8.8.8.8]/x",
    ],
)
def test_the_same_server_and_public_ones_may_be_asked(line: Line, url: str) -> None:
    look(line, url)


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.1/x",
        "https://[64:ff9b::a00:1]/x",
        "https://[64:ff9b:1::a00:1]/x",
        "https://[2002:a00:1::]/x",
        "https://[fec0::1]/x",
        "https://224.0.0.1/x",
    ],
)
def test_the_readers_own_network_may_not(line: Line, url: str) -> None:
    with pytest.raises(SourceUnavailableError, match="which is not a public address"):
        look(line, url)


@pytest.mark.parametrize("url", ["http://dumps.test/imdb/x", "http://8.8.8.8/x"])
def test_only_https_follows_https(line: Line, url: str) -> None:
    with pytest.raises(SourceUnavailableError, match="Only https may follow https"):
        look(line, url)


def test_a_file_is_no_server(line: Line) -> None:
    with pytest.raises(SourceUnavailableError, match="redirects to file:"):
        look(line, "file:///etc/passwd")


def connected(line: Line) -> None:
    """Tell a line of a connection to a server of ours."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        stream: Any = SimpleNamespace(get_extra_info=lambda _: client)
        line.trace(CONNECTED, {"return_value": stream})


@pytest.mark.parametrize("variable", ["", "https_proxy"])
def test_who_is_at_the_other_end_is_looked_at_but_of_a_proxy(
    line: Line, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    connected(line)  # the person's own server may be anywhere
    look(line, "https://8.8.8.8/x")
    if variable:
        monkeypatch.setenv(variable, "http://proxy.test:3128")
        connected(line)
    else:
        with pytest.raises(SourceUnavailableError, match=r"127\.0\.0\.1, which is not a public"):
            connected(line)
    line.close()
