"""Rows: what a page says as rows of the lake, by table, and the files they are written to."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest import digest, rejects
from ingest.catalog import PAGES, Column
from ingest.feeds.pages.documents import Document
from ingest.feeds.pages.page import Page
from ingest.lake import REJECT_COLUMNS

Row = Mapping[str, Any]
_TYPES = {
    "varchar": pa.string(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "smallint": pa.int16(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "decimal(3, 1)": pa.decimal128(3, 1),
    "decimal(18, 2)": pa.decimal128(18, 2),
    "varchar[]": pa.list_(pa.field("element", pa.string())),
    "blob": pa.binary(),
}
# Tables of a page's records, each with the column that numbers them.
_ORDERED = {
    "credits": "credit_order",
    "names": "name_order",
    "releases": "release_order",
    "also_liked": "liked_order",
    "reviews": "review_order",
}
_LISTS = {*_ORDERED, "facts", "keywords", "amounts", "rejected_amounts"}
# What waits before it is written as one group: rows, and bytes of the documents they are from.
_WAITING = 20_000
_WAITING_BYTES = 64_000_000


def key(document: Document) -> int:
    """The capture's key: negative, so that it may be that of a title which no dump knows."""
    address = (document.url or "").encode("utf-8", "replace")
    return -digest.number(address + b" " + document.data)


def of(page: Page, capture: int, document: Document, source_file: str) -> Iterator[tuple[str, Row]]:
    """Every row that a page makes, with its table; `capture` is the document's key."""
    single = {one.name: getattr(page, one.name) for one in fields(page) if one.name not in _LISTS}
    yield (
        "captures",
        {
            **single,
            "capture_id": capture,
            "source_file": source_file,
            "record_number": document.number,
            "url": document.url,
            "captured_at": document.captured_at,
            **{name: single[name] or None for name in ("genres", "countries", "languages")},
        },
    )
    yield from _facts(page, capture)
    for place, keyword in enumerate(page.keywords, 1):
        yield "keywords", {"capture_id": capture, "keyword_order": place, "keyword": keyword}
    for amount in page.amounts:
        yield "amounts", {"capture_id": capture, **asdict(amount)}
    for table, order in _ORDERED.items():
        for place, record in enumerate(getattr(page, table), 1):
            row = {"capture_id": capture, order: place, **asdict(record)}
            if table == "credits":
                row["person_key"] = _person_key(capture, row["person_name"])
            yield table, row


def _facts(page: Page, capture: int) -> Iterator[tuple[str, Row]]:
    places: Counter[str] = Counter()
    for fact in page.facts:
        places[fact.fact_kind] += 1
        row = {"capture_id": capture, "fact_order": places[fact.fact_kind], **asdict(fact)}
        yield "facts", row


def _person_key(capture: int, name: str | None) -> int | None:
    return -digest.number(f"{capture} {_encodable(name)}") if name else None


class Writer:
    """The part of every table, and its rejects, while pages come in."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            **{
                table.name: (folder / f"{table.name}.parquet", _schema(table.columns))
                for table in PAGES.tables
            },
            **{
                f"{table}.rejects": (rejects.path(folder, table), _REJECTS)
                for table in ("captures", "amounts")
            },
        }
        self._writers = {
            name: pq.ParquetWriter(path, schema, compression="zstd", compression_level=1)
            for name, (path, schema) in self._files.items()
        }
        self._waiting: dict[str, list[Row]] = {name: [] for name in self._files}
        self._waiting_bytes = 0
        self.counts: Counter[str] = Counter()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        for name, writer in self._writers.items():
            if kind is None:
                self._flush(name)
            writer.close()

    def add(self, table: str, row: Row) -> None:
        """Add a row to a table, or to `<table>.rejects`."""
        self.counts[table] += 1
        self._waiting[table].append(row)
        if len(self._waiting[table]) >= _WAITING:
            self._flush(table)

    def reject(self, table: str, row: Row) -> None:
        """Add a row to a table's ledger."""
        self.add(f"{table}.rejects", {"table_name": table, **row})

    def end(self, document: Document) -> None:
        """Say that every row of a document was added: large ones must not wait together."""
        self._waiting_bytes += len(document.data)
        if self._waiting_bytes >= _WAITING_BYTES:
            for name in self._files:
                self._flush(name)
            self._waiting_bytes = 0

    def _flush(self, table: str) -> None:
        waiting, self._waiting[table] = self._waiting[table], []
        if waiting:
            schema = self._files[table][1]
            columns = [
                pa.array([_stored(row.get(field.name)) for row in waiting], field.type)
                for field in schema
            ]
            self._writers[table].write_table(pa.Table.from_arrays(columns, schema=schema))


def _schema(columns: tuple[Column, ...]) -> pa.Schema:
    return pa.schema([(column.name, _TYPES[column.type]) for column in columns])


_REJECTS = pa.schema([(name, _TYPES[kind]) for name, kind in REJECT_COLUMNS.items()])


def _stored(value: object) -> object:
    if isinstance(value, str):
        return _encodable(value)
    if isinstance(value, tuple | list):
        return [_stored(item) for item in value]
    return value


def _encodable(text: str) -> str:
    """Half a surrogate pair, which JSON may name, is no character, and no UTF-8."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
