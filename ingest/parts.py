"""Parts: what the files of a feed become, and how they join into one table each.

A feed whose location holds any number of files loads each of them into a folder of its own, under
the names that a snapshot uses (`<table>.parquet`, `<table>.rejects.parquet`). At the end the
parts of a table are joined, and its key is proven.
"""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ingest import lake, rejects
from ingest.catalog import Feed, Table
from ingest.errors import SourceChangedError
from ingest.tabular import PARQUET


@dataclass(frozen=True, slots=True)
class Arrived:
    """One landed file: its name, relative to the location it came from, and its bytes."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class FileLoad:
    """What became of one file for one table, in records: received = loaded + rejected.

    `duplicate_count` is how many of the rejected repeat a key. `file` is the name in `Arrived`;
    `source_file` may go on into an archive. Tables that only unfold other records have no `file`.
    """

    table: str
    received_count: int
    loaded_count: int
    rejected_count: int
    duplicate_count: int = 0
    file: str | None = None
    source_file: str | None = None
    warnings: list[str] = field(default_factory=list)


class Parts:
    """The parts of one incoming snapshot."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, feed: Feed, incoming: Path) -> None:
        self._connection, self._feed, self._incoming = connection, feed, incoming
        self._root = incoming / ".parts"
        self._count = 0

    def new(self) -> Path:
        """A fresh folder for the tables of one file."""
        self._count += 1
        folder = self._root / f"{self._count:06d}"
        folder.mkdir(parents=True)
        return folder

    def join(self) -> None:
        """Write every table of the feed and its rejects; the parts are gone afterwards.

        Raises:
            SourceChangedError: rows of two files share a key: the loader let them through.
        """
        for table in self._feed.tables:
            self._join(table)
        shutil.rmtree(self._root, ignore_errors=True)

    def _join(self, table: Table) -> None:
        target = self._incoming / f"{table.name}.parquet"
        columns = {column.name: column.type for column in table.columns}
        _copy(self._connection, self._found(target.name), columns, target)
        ledger = rejects.path(self._incoming, table.name)
        _copy(self._connection, self._found(ledger.name), lake.REJECT_COLUMNS, ledger)
        key = ", ".join(f'"{name}"' for name in table.key)
        repeated = self._connection.execute(
            f"select {key} from read_parquet($1) group by all having count(*) > 1 limit 1",
            [str(target)],
        ).fetchall()
        if repeated:
            raise SourceChangedError(
                self._feed.name,
                f"{table.name}: more than one row has {key} = {repeated[0]}",
                "Two of the files hold the same records: point the feed at one of them",
            )

    def _found(self, name: str) -> list[Path]:
        return sorted(self._root.glob(f"*/{name}"))


def _copy(
    connection: duckdb.DuckDBPyConnection,
    parts: list[Path],
    columns: dict[str, str],
    target: Path,
) -> None:
    if len(parts) == 1 and _is_shaped(connection, parts[0], columns):
        parts[0].rename(target)
        return
    typed = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in columns.items())
    empty = ", ".join(f'cast(null as {kind}) as "{name}"' for name, kind in columns.items())
    rows = f"select {empty} where false"
    if parts:
        # A thousand files open at once is what some systems refuse: DuckDB closes as it goes.
        listed = ", ".join("'" + str(part).replace("'", "''") + "'" for part in parts)
        rows = f"select {typed} from read_parquet([{listed}])"
    connection.execute(f"copy ({rows}) to $target ({PARQUET})", {"target": str(target)})


def _is_shaped(connection: duckdb.DuckDBPyConnection, part: Path, columns: dict[str, str]) -> bool:
    described = connection.execute("describe from read_parquet($1)", [str(part)]).fetchall()
    found = {str(name): str(kind).lower().replace(",", ", ") for name, kind, *_ in described}
    return found == columns
