"""Seal: a gated candidate to a file that nobody writes again, checked by a process that did not.

`close` writes the run's own rows and checkpoints; `inspect` must run in a fresh process: DuckDB
drops its lock when the process that writes a file opens it a second time.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from ingest import document, lake
from ingest.settings import Settings
from warehouse import build, gate, ledger, release, sources
from warehouse.release import Manifest, ReleaseHeldError

_SCHEMAS = {"marts", "ops"}


class SealError(Exception):
    """The candidate is not what a release must be."""


def close(settings: Settings, run: str) -> dict[str, Any]:
    """Append the run's rows to `ops`, checkpoint and close."""
    home = settings.home
    receipts = ledger.read(home, run)
    row = {
        "run_id": run,
        "started_at": _instant(receipts[0].started_at),
        "finished_at": _instant(ledger.stamp()),
        "outcome": "done",
        "reason": "",
        "release": run,
    }
    with duckdb.connect(
        config={"memory_limit": settings.memory_limit, "threads": settings.threads}
    ) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach '{build.candidate(home, run)}' as candidate")
        connection.execute("use candidate")
        # A step that is run again replaces its rows.
        connection.execute("delete from ops.runs where run_id = ?", [run])
        connection.execute("delete from ops.gate_results where run_id = ?", [run])
        sources.insert(connection, "ops.runs", sources.RUNS, [row])
        verdicts = sources.verdict_rows(home, run)
        sources.insert(connection, "ops.gate_results", sources.GATE_RESULTS, verdicts)
        connection.execute("checkpoint candidate")
        connection.execute("use memory")
        connection.execute("detach candidate")
    return {"verdict_count": len(verdicts)}


def inspect(settings: Settings, run: str) -> dict[str, Any]:
    """Read every value of the closed candidate; its manifest, also written beside it.

    Raises:
        SealError: a file beside the candidate, a schema or view that does not belong, no rows.
    """
    home = settings.home
    file = build.candidate(home, run)
    _require_alone(file)
    tables = scan(settings, file, file.parent / ".spill")
    made = build.read_plan(home, run)
    facts = Manifest(
        run=run,
        parent=made.parent,
        created_at=ledger.stamp(),
        as_of=made.as_of,
        pins=made.pins,
        code=made.code,
        models=made.models,
        sha256=lake.sha256(file),
        byte_count=file.stat().st_size,
        tables=tables,
        profile=gate.read_profile(home, run),
    )
    document.note(file.parent / "manifest.json", asdict(facts))
    rows = {name: table["row_count"] for name, table in tables.items()}
    return {"byte_count": facts.byte_count, "sha256": facts.sha256, "tables": rows}


def publish(settings: Settings, run: str) -> dict[str, Any]:
    """Turn the inspected candidate into a release, and let readers see it if the plan says so.

    Raises:
        SealError: the file is not the one that was inspected, or somebody opened it since.
        ReleaseConflictError: the link moved since the plan was made.
    """
    home = settings.home
    seen = release.current(home)
    if seen == run or (run in release.releases(home) and not build.folder(home, run).exists()):
        # An earlier try came this far and was killed, or even deleted its build first.
        parent = release.manifest(home, run).parent
        return {"release": run, "published": seen == run, "parent": parent}
    made = build.read_plan(home, run)
    if made.publish and seen and seen != made.parent and build.is_made_of(home, seen, made):
        # Two runs built the same beside one another, and this one was the slower.
        return {"outcome": "unchanged", "reason": build.SAME_REASON.format(seen)}
    if made.publish:
        release.require_parent(home, run, made.parent)
    file = build.candidate(home, run)
    if file.exists():  # else this step was killed after moving it, and is run again
        release.add(home, file, _inspected(file))
    if made.publish:
        try:
            release.publish(home, run, made.parent)
        except ReleaseHeldError as held:
            return {"outcome": "held", "reason": str(held)}
    return {"release": run, "published": made.publish, "parent": made.parent}


def _require_alone(file: Path) -> None:
    beside = [path.name for path in file.parent.glob(f"{file.name}*") if path != file]
    if beside:
        raise SealError(f"{file} has {', '.join(beside)} beside it: it was not closed cleanly")


def _inspected(file: Path) -> Manifest:
    _require_alone(file)
    facts = Manifest(**json.loads((file.parent / "manifest.json").read_text("utf-8")))
    if lake.sha256(file) != facts.sha256:
        raise SealError(f"{file} changed after it was inspected: it was not published")
    return facts


def scan(settings: Settings, file: Path, spill: Path) -> dict[str, dict[str, Any]]:
    """Row count and content hash by `schema.table`; every block of the file is read.

    Raises:
        SealError: it holds what a release does not.
    """
    with duckdb.connect(
        file,
        read_only=True,
        config={
            "memory_limit": settings.memory_limit,
            "threads": settings.threads,
            "temp_directory": str(spill),
        },
    ) as connection:
        connection.execute("set enable_progress_bar = false")
        _refuse_foreign(connection, file)
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() order by all"
        ).fetchall()
        return {name: _fingerprint(connection, name) for (name,) in names}


def _refuse_foreign(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    schemas = {
        name
        for (name,) in connection.execute(
            "select schema_name from duckdb_tables() union select schema_name from duckdb_views() "
            "where not internal"
        ).fetchall()
    }
    if schemas != _SCHEMAS:
        raise SealError(f"{file} holds the schemas {sorted(schemas)}, not {sorted(_SCHEMAS)}")
    outside = connection.execute(
        "select view_name from duckdb_views() where not internal and (sql ilike '%read_%(%' "
        "or sql ilike '%.parquet%' or sql ilike '%scratch.%' or sql ilike '%candidate.%')"
    ).fetchall()
    if outside:
        raise SealError(f"{file}: the view {outside[0][0]} reads from outside the file")


def _fingerprint(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    # A sum of hashes does not depend on the order of rows; hugeint, because 64 bits overflow.
    [(row_count, content)] = connection.execute(
        f"select count(*), coalesce(sum(hash(facts)::hugeint), 0)::varchar from {name} as facts"
    ).fetchall()
    return {"row_count": row_count, "content_hash": content}


def _instant(text: str) -> str:
    return text.replace("T", " ").removesuffix("Z")
