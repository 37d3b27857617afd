"""Addresses that a feed states: only those of hosts we know become links."""

import pytest

from dashboards import links


@pytest.mark.parametrize(
    "address",
    [
        "https://www.imdb.com/title/tt0133093/",
        "http://grouplens.org",
        "https://www.imdb.com/?q=a b",
    ],
)
def test_an_address_of_a_known_host_is_a_link(address: str) -> None:
    assert links.known(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "www.imdb.com",
        "//www.imdb.com",
        "javascript:alert(1)",
        "data:text/html,https://www.imdb.com",
        "ftp://www.imdb.com/",
        "https://evil.example/",
        "https://www.imdb.com@evil.example/",
        "https://www.imdb.com:80@evil.example/",
        "https://evil.example\\@www.imdb.com/",
        "https://www.imdb.com\\.evil.example/",
        "https://www.imdb.com.evil.example/",
        "https://www.imdb\u3002com/",
        "https://www.\u0456mdb.com/",
        "https://www.imdb.com:8080/",
        "https://[www.imdb.com/",
        "https://[::1]/",
        # Python and browsers drop these before they look at the host.
        "https://www.imd\nb.com/",
        "java\tscript:alert(1)",
        "\x00https://www.imdb.com/",
        "https://www.imdb.com/\u202egnp.exe",
    ],
)
def test_no_other_address_is_a_link(address: str | None) -> None:
    assert links.known(address) is None


def test_an_id_cannot_leave_its_place_in_an_address() -> None:
    assert links.issued("imdb", '../../"><script>') == (
        "https://www.imdb.com/title/..%2F..%2F%22%3E%3Cscript%3E/"
    )
    assert links.issued("nobody", "1") is None
