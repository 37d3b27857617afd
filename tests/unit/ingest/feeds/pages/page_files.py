"""The feed's loader over files by name, and what it made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ingest.catalog import PAGES
from ingest.feeds import pages
from ingest.parts import Arrived, FileLoad, Parts


@dataclass(frozen=True, slots=True)
class Outcome:
    loads: list[FileLoad]
    tables: dict[str, list[dict[str, Any]]]
    rejected: list[tuple[Any, ...]]

    @property
    def captures(self) -> list[dict[str, Any]]:
        return self.tables["captures"]

    @property
    def reasons(self) -> list[str]:
        return [str(reject[2]) for reject in self.rejected]

    def of(self, table: str, capture_id: int) -> list[dict[str, Any]]:
        return [row for row in self.tables[table] if row["capture_id"] == capture_id]


def load(folder: Path, files: Mapping[str, bytes]) -> Outcome:
    """Load files by name; every document must be a capture or a reject."""
    arrived = []
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        arrived.append(Arrived(name, folder / name))
    return load_files(folder, arrived)


def load_files(folder: Path, arrived: Sequence[Arrived]) -> Outcome:
    incoming = folder / ".incoming"
    incoming.mkdir()
    with duckdb.connect() as connection:
        parts = Parts(connection, PAGES, incoming)
        loads = pages.load(connection, arrived, parts)
        parts.join()
        tables = {}
        for table in PAGES.tables:
            keys = ", ".join(table.key)
            found = connection.execute(
                f"from read_parquet($1) order by {keys}", [str(incoming / f"{table.name}.parquet")]
            )
            names = [column[0] for column in found.description or ()]
            tables[table.name] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        rejected = connection.execute(
            "select source_file, line_number, reason, raw_line, table_name "
            "from read_parquet($1) order by all",
            [[str(path) for path in incoming.glob("*.rejects.parquet")]],
        ).fetchall()
    for one in loads:
        assert one.received_count == one.loaded_count + one.rejected_count
    for table in PAGES.tables:
        mine = [one for one in loads if one.table == table.name]
        assert sum(one.loaded_count for one in mine) == len(tables[table.name])
    return Outcome(loads, tables, rejected)
