"""Dumps: the invented files that every contestant reads, made once for each scale."""

import hashlib
import json
import multiprocessing
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import sample
from ingest.catalog import IMDB
from sample import imdb

_COUNTS = "counts.json"
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Dumps:
    """A folder with the seven gzipped files, and their data lines by table."""

    folder: Path
    rows: dict[str, int]

    @property
    def row_count(self) -> int:
        return sum(self.rows.values())

    @property
    def byte_count(self) -> int:
        """Bytes of gzip."""
        return sum(path.stat().st_size for path in self.folder.glob("*.gz"))

    def warm(self) -> None:
        """Read every byte, so that no contestant is the one that waits for the disk."""
        for path in self.folder.glob("*.gz"):
            with path.open("rb", buffering=0) as handle:
                while handle.read(_BLOCK_BYTES):
                    pass


def prepare(cache: Path, scale: float) -> Dumps:
    """The dumps of a scale, from the cache if the generator has not changed since."""
    folder = cache / f"{scale:g}-{_generator_fingerprint()}"
    if not folder.exists():
        for stale in cache.glob(f"{scale:g}-*"):
            shutil.rmtree(stale)
        _generate(folder, scale)
    rows: dict[str, int] = json.loads((folder / _COUNTS).read_text("utf-8"))
    return Dumps(folder, rows)


def _generate(folder: Path, scale: float) -> None:
    draft = folder.with_name(f".{folder.name}")
    shutil.rmtree(draft, ignore_errors=True)
    # In a process of its own, whose memory is free again when the measuring starts.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        counts = pool.submit(imdb.generate, draft, scale=scale).result()
    rows = {table.name: counts[f"{table.file}.gz"] for table in IMDB.tables}
    (draft / _COUNTS).write_text(json.dumps(rows, indent=2), "utf-8")
    draft.rename(folder)


def _generator_fingerprint() -> str:
    root = Path(str(sample.__file__)).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".sql", ".toml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
