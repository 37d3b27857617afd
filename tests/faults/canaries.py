"""Canaries: secrets that are nobody's, and the search for them in all that a home holds."""

import base64
import gzip
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import duckdb


def _canary() -> str:
    # With a sign that a URL must write otherwise, so that either way is looked for.
    return f"canary/{secrets.token_hex(6)}"


@dataclass(frozen=True, slots=True)
class Canaries:
    """One for each place where a person may keep a secret."""

    environment: str = field(default_factory=_canary)
    userinfo: str = field(default_factory=_canary)
    query: str = field(default_factory=_canary)
    parameter: str = field(default_factory=_canary)
    file: str = field(default_factory=_canary)
    connection: str = field(default_factory=_canary)
    notification: str = field(default_factory=_canary)

    def url(self, base: str, file: str) -> str:
        """An address that needs a password and a signature."""
        scheme, _, rest = base.partition("://")
        return f"{scheme}://reader:{quote(self.userinfo, safe='')}@{rest}{file}?sig={self.query}"

    def forms(self, canary: str) -> set[bytes]:
        """How it may be written: as it is, in a URL, in a header."""
        basic = base64.b64encode(f"reader:{canary}".encode()).decode()
        return {text.encode() for text in (canary, quote(canary, safe=""), basic)}


def told(place: Path) -> Iterator[tuple[str, bytes]]:
    """All that a folder says, by file: names, bytes, and what is packed in them."""
    for file in sorted(place.rglob("*")):
        name = str(file.relative_to(place))
        yield name, name.encode()
        if not file.is_file() or file.is_symlink():
            continue
        content = file.read_bytes()
        yield name, content
        if content[:2] == b"\x1f\x8b":
            yield name, gzip.decompress(content)
        if file.suffix in (".parquet", ".duckdb"):
            yield name, "\n".join(_texts(file)).encode()


def _texts(file: Path) -> Iterator[str]:
    """Every row of every table as text: DuckDB and Parquet pack what they hold."""
    with duckdb.connect(config={"threads": 1}) as connection:
        if file.suffix == ".parquet":
            names = [f"read_parquet('{file}')"]
        else:
            connection.execute(f"attach '{file}' as kept (read_only)")
            tables = connection.execute(
                "select schema_name, table_name, coalesce(comment, '') from duckdb_tables() "
                "where database_name = 'kept'"
            ).fetchall()
            names = [f'kept."{schema}"."{table}"' for schema, table, _ in tables]
            yield from (comment for *_, comment in tables)
        for name in names:
            yield from (
                row
                for (row,) in connection.execute(f"select t::varchar from {name} as t").fetchall()
            )


def places(home: Path, forms: set[bytes]) -> list[str]:
    """The files of a home in which a canary is."""
    return sorted({name for name, content in told(home) if any(one in content for one in forms)})
