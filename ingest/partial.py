"""A partial download: bytes that wait for the rest of the same version of a file."""

import json
from dataclasses import dataclass
from pathlib import Path

import httpx

from ingest import document


@dataclass(frozen=True, slots=True)
class Partial:
    """What a partial download needs to go on: the version it is a part of."""

    url: str
    validator: str | None
    size: int = 0

    @staticmethod
    def _file(draft: Path) -> Path:
        return draft.with_name(f"{draft.name}.json")

    @classmethod
    def of(cls, response: httpx.Response, url: str) -> "Partial":
        validator = response.headers.get("ETag") or response.headers.get("Last-Modified")
        # A weak tag promises equal meaning, not equal bytes: no ground to join two halves on.
        return cls(url, None if validator and validator.startswith("W/") else validator)

    @classmethod
    def read(cls, draft: Path, url: str) -> "Partial | None":
        file = cls._file(draft)
        if not (draft.exists() and file.exists() and draft.stat().st_size):
            return None
        part = cls(**json.loads(file.read_text("utf-8")), size=draft.stat().st_size)
        return part if part.url == url and part.validator else None

    def write(self, draft: Path) -> None:
        fields = {"url": self.url, "validator": self.validator}
        document.note(self._file(draft), fields)

    @classmethod
    def forget(cls, draft: Path, *, keep_bytes: bool = False) -> None:
        cls._file(draft).unlink(missing_ok=True)
        if not keep_bytes:
            draft.unlink(missing_ok=True)

    def headers(self) -> dict[str, str]:
        return {"Range": f"bytes={self.size}-", "If-Range": self.validator or ""}
