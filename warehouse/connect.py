"""How anyone reads the published warehouse: read-only, one release a connection."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse import release

# Of two threads that open one release, the second must find it confined: DuckDB shares it.
_OPENING = threading.Lock()


class NotPublishedError(Exception):
    """There is no release yet."""


def published(home: Path) -> Path:
    """The current release's own path.

    The link is resolved here, so that a path is one release for ever: DuckDB keeps databases by
    their path inside a process, and the dashboards their answers.
    """
    link = home / release.LINK
    if not link.exists():
        raise NotPublishedError(
            f"nothing is published in {home} yet: `arthouse run` makes a first release"
        )
    return link.resolve()


def opened(
    path: Path, *, memory_limit: str = "1GB", threads: int = 2, may_write: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach no file but the release, and change no setting.

    `may_write`: the one folder that it can copy to, for our own exports; never for a person's SQL.
    A release that this process has open is opened as it was, and tables need their schema's name.
    """
    with _OPENING:
        connection = duckdb.connect(
            path, read_only=True, config={"memory_limit": memory_limit, "threads": threads}
        )
        _confine(connection, may_write)
    return connection


def _confine(connection: duckdb.DuckDBPyConnection, may_write: Path | None) -> None:
    [(is_locked,)] = connection.execute("select current_setting('lock_configuration')").fetchall()
    if is_locked:
        return
    connection.execute("set enable_progress_bar = false")
    # A read-only release cannot spill beside itself: no file is written where it lies.
    connection.execute("set temp_directory = ''")
    connection.execute("set search_path = 'marts,ops'")
    if may_write:
        connection.execute("set allowed_directories = [$folder]", {"folder": str(may_write)})
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


@contextmanager
def reading(home: Path, *, may_write: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the current release, closed at the end of the block."""
    with opened(published(home), may_write=may_write) as connection:
        yield connection
