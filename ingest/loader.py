"""The code that turns a feed's bytes into tables: when it changes, unchanged bytes load anew."""

import hashlib
from pathlib import Path

import duckdb

_OURS = Path(__file__).parent
# Currencies and countries, as loaders know them.
_SEEDS = _OURS.parent / "dbt_project" / "seeds"


def fingerprint(feed: str) -> str:
    """A hash of that code, of DuckDB's version, and of the seeds that loaders read."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for file in sorted(files(feed)):
        digest.update(f"{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def files(feed: str) -> list[Path]:
    """Modules all feeds share, those of the feed, and the seeds."""
    own = _OURS / "feeds" / feed
    return [
        *_OURS.glob("*.py"),
        _OURS / "catalog" / "entry.py",
        _OURS / "catalog" / f"{feed}.py",
        *(own.rglob("*.py") if own.is_dir() else [own.with_suffix(".py")]),
        *(_SEEDS.glob("c*.csv") if feed != "imdb" else []),
    ]
