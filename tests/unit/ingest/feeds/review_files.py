"""Reviews in each format, and the feed's loader over them."""

import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ingest.catalog import REVIEWS
from ingest.feeds import reviews
from ingest.parts import Arrived, FileLoad, Parts

IEEE = {
    "review_id": "rw1",
    "reviewer": "somebody",
    "movie": "Lamp: Part Two (2004)",
    "rating": "8",
    "review_summary": "A lamp",
    "review_date": "24 July 2005",
    "spoiler_tag": 0,
    "review_detail": "It shines.",
    "helpful": ["3", "1,004"],
}
SPOILER = {
    "review_date": "10 February 2006",
    "movie_id": "tt0000012",
    "user_id": "ur7",
    "is_spoiler": True,
    "review_text": "It shines.",
    "rating": "10",
    "review_summary": "A lamp",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    loads: list[FileLoad]
    rows: list[dict[str, Any]]
    rejected: list[tuple[Any, ...]]

    @property
    def reasons(self) -> list[str]:
        return [str(reject[3]) for reject in self.rejected]


def load(folder: Path, files: Mapping[str, bytes]) -> Outcome:
    """Load files by name; every record must be a row or a reject."""
    arrived = []
    for name, data in files.items():
        (folder / name).write_bytes(data)
        arrived.append(Arrived(name, folder / name))
    return load_files(folder, arrived)


def load_files(folder: Path, arrived: Sequence[Arrived]) -> Outcome:
    incoming = folder / "incoming"
    incoming.mkdir()
    with duckdb.connect() as connection:
        parts = Parts(connection, REVIEWS, incoming)
        loads = reviews.load(connection, arrived, parts)
        parts.join()
        found = connection.execute(
            "from read_parquet($1) order by source, source_review_id",
            [str(incoming / "reviews.parquet")],
        )
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        rejected = connection.execute(
            "select source_file, line_number, column_name, reason, raw_line "
            "from read_parquet($1) order by all",
            [str(incoming / "reviews.rejects.parquet")],
        ).fetchall()
    for one in loads:
        assert one.received_count == one.loaded_count + one.rejected_count
    assert sum(one.loaded_count for one in loads) == len(rows)
    assert sum(one.rejected_count for one in loads) == len(rejected)
    return Outcome(loads, rows, rejected)


def array(*records: Mapping[str, Any]) -> bytes:
    return json.dumps(records).encode()


def lines(*records: Mapping[str, Any]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def archive(members: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    """A tar of those members, by path."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode=mode) as opened:  # type: ignore[call-overload]
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            opened.addfile(member, io.BytesIO(data))
    return raw.getvalue()
