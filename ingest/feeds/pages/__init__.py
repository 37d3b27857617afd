"""Title pages: captures as text, HTML, or records of an archive of the web.

Every document is a capture or is rejected with the reason why it is no title page. A capture is one
document at one address: the same one again, in whatever file, is a repeat.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import duckdb

from ingest.catalog import PAGES
from ingest.feeds.pages import documents, rows
from ingest.feeds.pages.documents import Document
from ingest.feeds.pages.page import NotATitlePageError, Page
from ingest.feeds.pages.parse import parse_html, parse_text
from ingest.parts import Arrived, FileLoad, Parts

__all__ = ["load"]

_NOT_UTF_8 = "not valid UTF-8"
# A document is told by its address, or by how it begins.
_SHOWN_BYTES = 300


@dataclass(slots=True)
class _Load:
    """The load of all files: which captures there are, and what became of each file's documents."""

    writer: rows.Writer
    places: dict[int, str] = field(default_factory=dict)
    received: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)

    def take(self, document: Document, file: str) -> None:
        """Write a document's rows, or its reject."""
        self.received[file] += 1
        reason = document.problem or self._repeat(document, file)
        if reason is None:
            try:
                page = _page(document)
            except (NotATitlePageError, UnicodeDecodeError) as error:
                is_page = isinstance(error, NotATitlePageError)
                reason = error.reason if is_page else _NOT_UTF_8
            else:
                self._write(page, document, file)
                return
        self.rejected[file] += 1
        self.writer.reject("captures", _reject(document, file, reason))

    def _repeat(self, document: Document, file: str) -> str | None:
        """Why the document is no capture of its own, if it is none."""
        capture, place = rows.key(document), f"{file}, document {document.number}"
        known = self.places.setdefault(capture, place)
        if known == place:
            return None
        self.repeated[file] += 1
        return f"the same document as {known}"

    def _write(self, page: Page, document: Document, file: str) -> None:
        for table, row in rows.of(page, document, file):
            self.writer.add(table, row)
        for refused in page.rejected_amounts:
            raw = refused.text.encode("utf-8", "replace")
            row = {"column_name": "amount", "reason": refused.reason, "raw_line": raw}
            place = {"source_file": file, "line_number": document.number}
            self.writer.reject("amounts", place | row)

    def loads(self) -> Iterator[FileLoad]:
        """Counts of documents by file, and of what the pages unfold into."""
        for file, received in self.received.items():
            yield FileLoad(
                "captures",
                received_count=received,
                loaded_count=received - self.rejected[file],
                rejected_count=self.rejected[file],
                duplicate_count=self.repeated[file],
                file=file,
            )
        for table in PAGES.tables[1:]:
            loaded = self.writer.counts[table.name]
            refused = self.writer.counts[f"{table.name}.rejects"]
            yield FileLoad(table.name, loaded + refused, loaded, refused)


def load(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Arrived], parts: Parts
) -> list[FileLoad]:
    """Load every document of every file.

    Raises:
        SourceChangedError: a file of no known kind.
        SourceDamagedError: a file that is cut short or altered.
    """
    del connection
    with rows.Writer(parts.new()) as writer:
        loading = _Load(writer)
        for arrived in sorted(files, key=lambda file: file.name):
            for document in documents.read(arrived):
                loading.take(document, arrived.name)
                writer.end(document)
        return list(loading.loads())


def _page(document: Document) -> Page:
    if document.is_html:
        page = parse_html(document.data, document.url)
    else:
        page = parse_text(document.data.decode("utf-8-sig"), document.url)
    if page.imdb_title_id is None:
        page.imdb_title_id = document.named_id
    return page


def _reject(document: Document, file: str, reason: str) -> rows.Row:
    shown = (document.url or "").encode("utf-8", "replace") or document.data
    return {
        "source_file": file,
        "line_number": document.number,
        "column_name": None,
        "reason": reason,
        "raw_line": shown[:_SHOWN_BYTES],
    }
