"""What a server is asked, and what anyone may read of an address."""

import pytest

from ingest import address
from ingest.address import Address
from ingest.errors import SourceUnavailableError


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("https://files.example/dumps/", "https://files.example/dumps/"),
        ("https://reader:sesam@files.example/a.zip", "https://files.example/a.zip"),
        ("https://sesam@files.example:8443/a.zip", "https://files.example:8443/a.zip"),
        ("HTTPS://r:s%40e%2Fsam@files.example/a", "https://files.example/a"),
        ("https://files.example/@people/a.zip", "https://files.example/@people/a.zip"),
        ("https://files.example/a?day=2026-11-25&part=2", None),
        ("https://files.example/a?token=sesam", "https://files.example/a?token=…"),
        ("https://files.example/a?sesam", "https://files.example/a?…"),
        (
            "https://files.example/a?part=2&X-Amz-Signature=5e5a&x=a1b2c3d4e5f6a7b8",
            "https://files.example/a?part=2&X-Amz-Signature=…&x=…",
        ),
        # An unescaped sign in a password: no URL says where the password ends.
        ("https://reader:se/sam@files.example/a", "https://…@files.example/a"),
        ("https://reader:12#sesam@files.example/a", "https://…@files.example/a"),
        ("https://reader:12?sesam@files.example/a?part=2", "https://…@files.example/a"),
        ("https://reader:se@sam@files.example/a", "https://files.example/a"),
        # No address of ours, yet somebody's password.
        ("ftp://reader:sesam@files.example/a", "ftp://…@files.example/a"),
        ("https:/reader:sesam@files.example/a", "https:/…@files.example/a"),
        ("reader:sesam@files.example/a", "…@files.example/a"),
        ("/srv/dumps@home", "/srv/dumps@home"),
    ],
)
def test_no_secret_of_an_address_is_shown(location: str, shown: str | None) -> None:
    assert address.shown(location) == (shown or location)
    assert "sam" not in address.shown(location)


def test_the_server_gets_all_of_it() -> None:
    place, name = Address.of("https://r:s%40m@files.example:1/a%20b/c.zip?key=x/y&n=1").split()
    assert place.auth == ("r", "s@m")
    assert name == "c.zip"
    assert place.file(name).asked == "https://files.example:1/a%20b/c.zip?key=x/y&n=1"
    dumps = Address.of("https://files.example/dumps?key=x")
    assert dumps.auth is None
    assert dumps.file("title.tsv.gz").asked == "https://files.example/dumps/title.tsv.gz?key=x"


@pytest.mark.parametrize(
    "location",
    [
        "https://",
        "https:///a",
        "https://reader:se/sam@files.example/a",
        "https://reader:1#sesam@files.example/a",
        "https://reader:1?sesam@files.example/a",
        "https://[::1/sesam@x",
        "http://host:0/a",
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(location: str) -> None:
    with pytest.raises(SourceUnavailableError, match="%40") as refused:
        Address.of(location)
    assert "sam" not in repr(refused.value)
    assert refused.value.__context__ is None
