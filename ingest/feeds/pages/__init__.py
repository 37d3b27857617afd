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
        capture = rows.key(document)
        try:
            if document.problem:
                raise NotATitlePageError(document.problem)
            self._check_repeat(capture, document, file)
            page = _page(document)
        except NotATitlePageError as error:
            self.rejected[file] += 1
            self.writer.reject("captures", _reject(document, file, error.reason))
        else:
            self._write(page, capture, document, file)

    def _check_repeat(self, capture: int, document: Document, file: str) -> None:
        place = f"{file}, document {document.number}"
        known = self.places.setdefault(capture, place)
        if known != place:
            self.repeated[file] += 1
            raise NotATitlePageError(f"the same document as {known}")

    def _write(self, page: Page, capture: int, document: Document, file: str) -> None:
        for table, row in rows.of(page, capture, document, file):
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
        page = parse_text(_decoded(document.data), document.url)
    if page.imdb_title_id is None:
        page.imdb_title_id = document.named_id
    return page


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotATitlePageError("not valid UTF-8") from error


def _reject(document: Document, file: str, reason: str) -> rows.Row:
    shown = (document.url or "").encode("utf-8", "replace") or document.data
    return {
        "source_file": file,
        "line_number": document.number,
        "column_name": None,
        "reason": reason,
        "raw_line": shown[:_SHOWN_BYTES],
    }
