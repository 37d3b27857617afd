"""Build: pinned snapshots and the dbt project to a candidate, from nothing each time.

    builds/<run>/plan.json          what to build: pins, code, parent
                 candidate.duckdb   marts and ops: what would be published
                 scratch.duckdb     sources, staging and intermediate models
                 .spill/ target/    DuckDB's and dbt's own files

A build directory belongs to one run; leftovers of dead runs are deleted, never resumed.
"""

import hashlib
import importlib.metadata
import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from ingest import document, lake, verification
from ingest.settings import Settings
from warehouse import ledger, release, sources

PROJECT = Path(__file__).resolve().parents[1]
DBT_PROJECT = PROJECT / "dbt_project"
# The catalogue has the types of the lake's columns and the terms that a release states.
CODE = ("dbt_project", "expectations", "ingest/catalog", "warehouse")
_CODE_SUFFIXES = frozenset({".sql", ".yml", ".md", ".csv", ".py"})
_ENGINES = ("duckdb", "dbt-core", "dbt-duckdb", "great-expectations")
_PLAN = "plan.json"
SAME_REASON = "{} was built from the same snapshots by the same code"


class BuildError(Exception):
    """dbt, or what it runs on, broke: nothing is said about the data."""


class BuildRefusedError(Exception):
    """A dbt test found the candidate wrong. `verdicts` are rows of `ops.gate_results`."""

    def __init__(self, reason: str, verdicts: list[dict[str, Any]]) -> None:
        super().__init__(reason, verdicts)
        self.verdicts = verdicts

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run builds. `models_changed`: whether the dbt project differs from the parent's."""

    run: str
    feeds: list[str]
    pins: dict[str, str]
    code: str
    models: str
    parent: str | None
    as_of: str | None
    publish: bool
    models_changed: bool


def folder(home: Path, run: str) -> Path:
    """The directory of a build."""
    return home / "builds" / run


def candidate(home: Path, run: str) -> Path:
    """The database that would be published."""
    return folder(home, run) / "candidate.duckdb"


def read_plan(home: Path, run: str) -> Plan:
    """The plan a build was started with."""
    return Plan(**json.loads((folder(home, run) / _PLAN).read_text("utf-8")))


def is_begun(home: Path, run: str) -> bool:
    """Whether a run made a plan, and has its build directory still."""
    return (folder(home, run) / _PLAN).exists()


def plan(
    settings: Settings,
    run: str,
    feeds: tuple[str, ...],
    as_of: str | None = None,
    publish: bool = True,
) -> dict[str, Any]:
    """Decide what to build, and make the build directory; `reason` says why not.

    `as_of`: an ISO 8601 instant in UTC; snapshots after it are not read.
    """
    home = settings.home
    if publish and release.is_held(home):
        return {"outcome": "held", "reason": release.HOLD_REASON}
    instant = datetime.fromisoformat(as_of).astimezone(UTC) if as_of else None
    newest = {feed: lake.newest(home, feed, instant) for feed in feeds}
    pins = {feed: snapshot.name for feed, snapshot in newest.items() if snapshot}
    for feed, snapshot in newest.items():
        if snapshot and not snapshot.is_whole():
            raise BuildError(f"{feed}'s snapshot {snapshot.name} was pruned: its tables are gone")
    if not pins:
        return {"outcome": "unchanged", "reason": "no feed has landed yet"}
    parent = release.current(home)
    before = release.manifest(home, parent) if parent else None
    models = fingerprint(("dbt_project",))
    made = Plan(
        run=run,
        feeds=list(feeds),
        pins=pins,
        code=fingerprint(CODE),
        models=models,
        parent=parent,
        as_of=as_of,
        publish=publish,
        models_changed=before is None or before.models != models,
    )
    if parent and is_made_of(home, parent, made):
        return {"outcome": "unchanged", "reason": SAME_REASON.format(parent)}
    start(home, made)
    return {"outcome": "done", "pins": pins, "parent": parent}


def is_made_of(home: Path, run: str, made: Plan) -> bool:
    """Whether a release is what a plan would build: of the same snapshots, by the same code."""
    facts = release.manifest(home, run)
    return (facts.pins, facts.code) == (made.pins, made.code)


def alive(home: Path, but: str) -> list[Plan]:
    """The plans of other runs that are not over; call it holding the run lock."""
    plans = (path for path in (home / "builds").glob(f"*/{_PLAN}") if path.parent.name != but)
    owners = (path.parent.name for path in plans)
    return [read_plan(home, run) for run in sorted(owners) if not ledger.is_dead(home, run)]


def start(home: Path, made: Plan) -> None:
    """Make the build directory of a plan, empty but for the plan, which is there all along.

    A build that is killed while it starts anew can be tried again.
    """
    target = folder(home, made.run)
    target.mkdir(parents=True, exist_ok=True)
    document.note(target / _PLAN, asdict(made))
    for leftover in target.iterdir():
        if leftover.is_dir():
            shutil.rmtree(leftover)
        elif leftover.name != _PLAN:
            leftover.unlink()


def fingerprint(parts: tuple[str, ...]) -> str:
    """A hash of the code that makes a candidate: other code, other candidate."""
    digest = hashlib.sha256()
    for name in _ENGINES:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    for part in parts:
        for file in sorted((PROJECT / part).rglob("*")):
            if file.suffix in _CODE_SUFFIXES and not _is_generated(file):
                digest.update(f"{file.relative_to(PROJECT)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _is_generated(file: Path) -> bool:
    return not {"target", "logs", "__pycache__", "dbt_packages"}.isdisjoint(file.parts)


def transform(settings: Settings, run: str) -> dict[str, Any]:
    """Run the dbt project over the pins; seconds by model and counts by status.

    Raises:
        BuildRefusedError: a dbt test failed.
        BuildError: dbt could not do its work.
        RotError: the lake is not what was committed.
    """
    home = settings.home
    made = read_plan(home, run)
    build = folder(home, run)
    start(home, made)
    for feed, pin in made.pins.items():
        verification.require_sound(home, feed, pin)
    with duckdb.connect(build / "scratch.duckdb") as connection:
        sources.create(connection, home, made.feeds, made.pins)
    os.environ.update(_environment(settings, build))
    results = _run_dbt(made, build)
    _judge(results, run)
    models = {r["name"]: r["seconds"] for r in results if r["kind"] == "model"}
    return {
        "models": models,
        "test_count": sum(r["kind"] == "test" for r in results),
        "unit_test_count": sum(r["kind"] == "unit_test" for r in results),
    }


def _environment(settings: Settings, build: Path) -> dict[str, str]:
    return {
        "ARTHOUSE_CANDIDATE": str(build / "candidate.duckdb"),
        "ARTHOUSE_SCRATCH": str(build / "scratch.duckdb"),
        "ARTHOUSE_SPILL": str(build / ".spill"),
        "ARTHOUSE_MEMORY_LIMIT": settings.memory_limit,
        "ARTHOUSE_THREADS": str(settings.threads),
        "DBT_TARGET_PATH": str(build / "target"),
        "DBT_LOG_PATH": str(build / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }


def _run_dbt(made: Plan, build: Path) -> list[dict[str, Any]]:
    from dbt.cli.main import dbtRunner  # two seconds, and only this step needs it

    arguments = ["build", "--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    arguments += ["--vars", json.dumps({"run_id": made.run})]
    arguments += ["--log-level", "none", "--log-level-file", "info", "--no-use-colors"]
    # Exposures name who reads what: there is nothing in them to run.
    arguments += ["--exclude-resource-type", "exposure"]
    if not made.models_changed:
        # They judge the code alone, and this code passed them when it built the parent.
        arguments += ["--exclude-resource-type", "unit_test"]
    outcome = dbtRunner().invoke(arguments)
    if outcome.result is None or not hasattr(outcome.result, "results"):
        raise BuildError(
            f"dbt did not start: {outcome.exception}; see {build / 'logs' / 'dbt.log'}"
        )
    return [
        {
            "name": result.node.name,
            "kind": str(result.node.resource_type),
            "status": str(result.status),
            "seconds": round(result.execution_time, 3),
            "message": result.message or "",
            "table": getattr(result.node, "attached_node", None) or "",
        }
        for result in outcome.result.results
    ]


def _judge(results: list[dict[str, Any]], run: str) -> None:
    bad = [r for r in results if r["status"] not in ("success", "pass")]
    errors = [r for r in bad if r["status"] in ("error", "runtime error")]
    if errors:
        first = errors[0]
        raise BuildError(f"dbt: {first['name']}: {first['message'].strip()} (run {run})")
    failed = [r for r in bad if r["status"] == "fail"]
    if failed:
        names = ", ".join(r["name"] for r in failed)
        raise BuildRefusedError(f"dbt test failed: {names}", [_verdict(r) for r in failed])
    if bad or not results:
        raise BuildError(f"dbt did not run {', '.join(r['name'] for r in bad) or 'anything'}")


def _verdict(result: dict[str, Any]) -> dict[str, Any]:
    table = result["table"].rsplit(".", 1)[-1]
    return {
        "gate": "dbt",
        "suite": result["kind"],
        "table_name": table,
        "column_name": "",
        "expectation": result["name"],
        "severity": "refuse",
        "verdict": "refused",
        "expected": "no row",
        "observed": result["message"],
        "sample": "",
    }
