"""Invented dumps in IMDb's exact format, small enough to read."""

import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest import decode, rejects, tabular
from ingest.catalog import IMDB, Table

ROWS: dict[str, tuple[str, ...]] = {
    "title_basics": (
        "tt0000001\tmovie\tThe Lamp\tDie Lampe\t0\t1931\t\\N\t64\tDrama,Mystery",
        "tt0000002\tshort\tOne Reel\tOne Reel\t0\t1902\t\\N\t\\N\t\\N",
        'tt9999999\ttvSeries\t"Harbour\t"Harbour\t0\t1999\t2003\t45\tCrime',
        'tt10000000\ttvEpisode\tPilot"\tPilot"\t0\t1999\t\\N\t44\tCrime',
    ),
    "title_akas": (
        "tt0000001\t1\tDie Lampe\tDE\t\\N\toriginal\t\\N\t1",
        "tt0000001\t2\tLampa\tNA\tpl\timdbDisplay\x02festival\ta\x02b\t0",
    ),
    "title_crew": (
        "tt0000001\tnm0000001\tnm0000002,nm0000003",
        "tt0000002\t\\N\t\\N",
    ),
    "title_episode": ("tt10000000\ttt9999999\t1\t1",),
    "title_principals": (
        'tt0000001\t1\tnm0000001\tactor\t\\N\t["Herself"]',
        "tt0000001\t2\tnm0000002\twriter\tnovel\t\\N",
        'tt0000001\t3\tnm0000003\tactor\t\\N\t["Bob \\"Ace\\" Hall","None"]',
    ),
    "title_ratings": ("tt0000001\t7.4\t1200", "tt9999999\t8.0\t31"),
    "name_basics": (
        "nm0000001\tAda None\t1901\t1970\tactress,writer\ttt0000001,tt9999999",
        "nm0000002\tNA\t\\N\t\\N\t\\N\t\\N",
        "nm0000003\t\\N\t1900\t\\N\tactor\ttt0000001",
    ),
}


def header(table: Table) -> str:
    return "\t".join(column.name for column in table.columns)


def dump(table_name: str, rows: Iterable[str] | None = None, newline: str = "\n") -> bytes:
    """A whole dump as text; the invented rows unless others are given."""
    lines = (header(IMDB.table(table_name)), *(ROWS[table_name] if rows is None else rows))
    return "".join(line + newline for line in lines).encode()


def pack(text: bytes) -> bytes:
    return gzip.compress(text, 6, mtime=0)


def pack_members(*parts: bytes) -> bytes:
    return b"".join(pack(part) for part in parts)


def raw_deflate_bomb(byte_count: int) -> bytes:
    """A gzip file of that many zero bytes, about a thousandth of the size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    parts = [packer.compress(block) for _ in range(byte_count >> 20)]
    return b"".join([*parts, packer.flush()])


def write_dumps(folder: Path, suffix: str = ".gz", **rows: Iterable[str]) -> Path:
    """All seven dumps in a folder; rows given by table name replace the invented ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in IMDB.tables:
        text = dump(table.name, rows.get(table.name))
        path = folder / f"{table.file}{suffix}"
        path.write_bytes(pack(text) if suffix else text)
    return folder


Value = object
Row = tuple[Value, ...]


def parquet(path: Path, query: str = "from stored") -> list[Row]:
    """The rows of a query on one Parquet file, which it calls `stored`."""
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("set variable path = $path", {"path": str(path)})
        return connection.execute(
            f"with stored as (from read_parquet(getvariable('path'))) {query}"
        ).fetchall()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What loading one dump gave."""

    counts: tabular.Loaded
    rows: list[Row]
    rejected: list[Row]  # (line_number, column_name, reason, raw_line)


def load(folder: Path, table_name: str, text: bytes, file: str = "dump.tsv") -> Outcome:
    """Load one dump through the whole of `tabular.load` and read back what it wrote."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / file
    source.write_bytes(text)
    with duckdb.connect(config={"threads": 2}) as connection:
        counts = tabular.load(
            connection,
            IMDB.table(table_name),
            source,
            decode.measure(source),
            folder,
            source_file=file,
        )
        rows = connection.execute(
            "select * from read_parquet($file)", {"file": str(folder / f"{table_name}.parquet")}
        ).fetchall()
        rejected = connection.execute(
            "select line_number, column_name, reason, raw_line from read_parquet($file)",
            {"file": str(rejects.path(folder, table_name))},
        ).fetchall()
    return Outcome(counts, rows, rejected)
