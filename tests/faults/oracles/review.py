"""One review as the lake has it, and what any format says of it."""

import re
from dataclasses import dataclass, field
from typing import Any

from ingest import digest
from tests.faults.oracles.verdict import GAP

Row = dict[str, Any]


@dataclass(slots=True)
class Read:
    """What one file has: records, by their number, that fit; the others by number and column."""

    rows: list[tuple[int, Row]] = field(default_factory=list)
    rejects: list[tuple[int, str | None]] = field(default_factory=list)
    files: dict[int, str] = field(default_factory=dict)

    def take(self, place: int, verdict: object) -> None:
        """A record that fits is a row; of another, the column that does not."""
        if isinstance(verdict, dict):
            self.rows.append((place, verdict))
        else:
            self.rejects.append((place, None if verdict is None else str(verdict)))


def row(source: str, key: str, said: str, **more: object) -> Row:
    """A row with that text, and what else is known."""
    return {"source": source, "source_review_id": key, "body": said,
            "content_hash": digest.content(said), **more}  # fmt: skip


def is_blank(text: str | None) -> bool:
    """Whether a text says nothing."""
    return not re.search("[^\t\n\f\r ]", text or "")


def body(text: str) -> str:
    """A review's text, with line ends where HTML breaks."""
    return re.sub(rf"<br{GAP}*/?>", "\n", text, flags=re.IGNORECASE | re.ASCII)


def rating(text: str | None) -> int | None:
    """A whole number of stars."""
    return int(text) if text and re.fullmatch("[1-9]|10", text) else None
