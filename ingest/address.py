"""A feed's address: what a server is told of it, and what anyone may read of it.

Name, password and what a query hides go to the server. Receipts, messages and tables hold what
`shown` leaves, which is also what tells two addresses apart.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, unquote, urlsplit

from ingest.errors import SourceUnavailableError

HIDDEN = "…"
_REMOTE = ("http", "https")
_SECRET_NAME = re.compile(
    "auth|code|cred|jwt|key|otp|pass|private|pin|pw|sas|secret|session|sig|token|user",
    re.IGNORECASE,
)
# A number, a word, a date: of a signature or a key there is more.
_PLAIN_VALUE = re.compile(r"[\w.,:+-]{0,15}")
# Up to the last `@`, wherever an unescaped sign of a password ends what a URL calls userinfo.
_USERINFO = re.compile(r"(?<=:/)(/*).*@|[^/\s]*:[^/\s]*@", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """`place` has no name, password or query; `query` is empty or begins with `?`."""

    place: str
    query: str
    auth: tuple[str, str] | None

    @classmethod
    def of(cls, location: str) -> "Address":
        """The parts of a URL.

        Raises:
            SourceUnavailableError: it has parts that no address of a file has.
        """
        parts = _parts(location)
        userinfo, at, host = parts.netloc.rpartition("@") if parts else ("", "", "")
        # A password with an unescaped `#` or `?` in it looks like a host and the rest of a URL.
        if not (parts and host) or parts.fragment or ("@" in parts.query and not at):
            raise _malformed(location)
        name, _, password = userinfo.partition(":")
        return cls(
            place=f"{parts.scheme}://{host}{parts.path}",
            query=f"?{parts.query}" if parts.query else "",
            auth=(unquote(name), unquote(password)) if at else None,
        )

    @property
    def asked(self) -> str:
        """The URL that the server is asked for."""
        return self.place + self.query

    @property
    def shown(self) -> str:
        """The URL less whatever in it may be a secret."""
        pairs = [_shown_pair(pair) for pair in self.query[1:].split("&") if pair]
        return self.place + ("?" + "&".join(pairs) if pairs else "")

    def file(self, name: str) -> "Address":
        """The address of a file below this one; a query is asked of each file."""
        return replace(self, place=f"{self.place.rstrip('/')}/{name}")

    def split(self) -> tuple["Address", str]:
        """The folder of a file, and the file's own name."""
        place, _, name = self.place.rpartition("/")
        return replace(self, place=place), name


def is_remote(location: str) -> bool:
    """Whether it is a URL that a file is fetched from."""
    return location.lower().startswith(tuple(f"{scheme}://" for scheme in _REMOTE))


def shown(location: str) -> str:
    """Any location, a mistyped one too, less whatever in it may be a secret."""
    if is_remote(location):
        try:
            return Address.of(location).shown
        except SourceUnavailableError as error:
            return error.location
    return _USERINFO.sub(_without_userinfo, location)


def _parts(location: str) -> SplitResult | None:
    """The parts of a URL, if it is one: what is wrong with it may be a part of a password."""
    try:
        parts = urlsplit(location)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


def _malformed(location: str) -> SourceUnavailableError:
    place, _, _ = _USERINFO.sub(_without_userinfo, location).partition("?")
    return SourceUnavailableError(
        place.partition("#")[0],
        "this is no address of a file",
        "Write each of : / ? # @ in a name or password with its number: %3A %2F %3F %23 %40",
    )


def _without_userinfo(found: re.Match[str]) -> str:
    return f"{found[1] or ''}{HIDDEN}@"


def _shown_pair(pair: str) -> str:
    name, equals, value = pair.partition("=")
    if not equals:
        return HIDDEN
    is_plain = _PLAIN_VALUE.fullmatch(unquote(value)) and not _SECRET_NAME.search(name)
    return f"{name}={value if is_plain else HIDDEN}"
