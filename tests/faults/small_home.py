"""A home as two nights leave it, in a moment: landing, lake, releases and ledger by the product."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from ingest import lake, landing
from ingest.landing import Landed
from ingest.settings import Settings
from warehouse import build, ledger, release, seal, sources

FEED = "imdb"
NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
_TABLES = ("title_basics", "title_ratings", "title_basics.rejects", *lake.CHANGES[FEED])


def make(home: Path) -> Settings:
    """Two nights; on the second, one of the two tables is the first night's."""
    settings = Settings(home=home, threads=1)
    for number in (1, 2):
        _night(settings, number)
    return settings


def _night(settings: Settings, number: int) -> None:
    home = settings.home
    run = ledger.begin(home, scheduled=False)
    with ledger.recording(home, run, "fetch_imdb"):
        landed = [_land(home, f"title.{name}.tsv.gz", number) for name in ("basics", "ratings")]
    with ledger.recording(home, run, "commit_imdb"):
        snapshot = _commit(home, run, landed, number)
    build.start(home, _plan(home, run, snapshot.name))
    _transform(build.candidate(home, run), number)
    (build.folder(home, run) / "profile.json").write_text("{}", "utf-8")
    for step in (seal.close, seal.inspect, seal.publish):
        with ledger.recording(home, run, step.__name__) as note:
            note.facts = step(settings, run)
    ledger.end(home, run, "done")


def _land(home: Path, file: str, number: int) -> Landed:
    draft = landing.folder(home, FEED) / f".part-{file}"
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_bytes(f"{file} of night {number}\n".encode() * 200)
    facts: dict[str, Any] = {"sha256": lake.sha256(draft), "byte_count": draft.stat().st_size}
    at = f"2026-11-2{number}T04:30:00Z"
    one = Landed(FEED, "", file, f"/dumps/{file}", **facts, fetched_at=at, etag=None,
                 last_modified=None, text=None)  # fmt: skip
    return landing.add(home, draft, one)


def _commit(home: Path, run: str, landed: list[Landed], number: int) -> lake.Snapshot:
    before = lake.newest(home, FEED)
    draft = lake.incoming(home, FEED, run)
    draft.mkdir(parents=True)
    for name in _TABLES:
        if before and name == "title_basics":
            (draft / f"{name}.parquet").hardlink_to(before.path / f"{name}.parquet")
        else:
            _table(draft / f"{name}.parquet", number)
    files = {"title_basics": landed[0], "title_ratings": landed[1]}
    receipt = {
        "run": run,
        "previous": before.name if before else None,
        "committed_at": "2026-11-22T04:30:00Z",
        "tables": {name: {"sha256": one.sha256} for name, one in files.items()},
    }
    return lake.commit(draft, FEED, home, receipt, NOW)


def _table(file: Path, number: int) -> None:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(f"copy (select range + {number} as n from range(500)) to '{file}'")


def _plan(home: Path, run: str, pin: str) -> build.Plan:
    seen = release.current(home)
    return build.Plan(run, [FEED], {FEED: pin}, "code", "models", seen, None, True, True)


def _transform(candidate: Path, number: int) -> None:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(f"attach '{candidate}' as made (storage_version 'v1.4.0')")
        connection.execute("create schema made.marts; create schema made.ops")
        connection.execute(
            f"create table made.marts.facts as select range + {number} as n from range(1000)"
        )
        for table, columns in (("runs", sources.RUNS), ("gate_results", sources.GATE_RESULTS)):
            declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
            connection.execute(f"create table made.ops.{table} ({declared})")
