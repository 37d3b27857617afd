import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.catalog import FEEDS
from tests.integration.dbt.lake import ROWS, write_lake
from tests.integration.dbt.lake_feeds import Rows, write_feeds
from warehouse import sources

PROJECT = Path(__file__).resolve().parents[3] / "dbt_project"


@dataclass(frozen=True, slots=True)
class Built:
    """What one `dbt build` in a child process left behind."""

    exit_code: int
    output: str
    candidate: Path
    results: dict[str, str]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(self.candidate, read_only=True) as connection:
            return connection.execute(query).fetchall()


def build(
    folder: Path,
    rows: Mapping[str, str],
    *arguments: str,
    feeds: Mapping[str, Rows] | None = None,
) -> Built:
    """Build the project over a lake of these rows; `feeds`: those of the feeds beside imdb."""
    pins = write_lake(folder, rows) | write_feeds(folder, feeds or {})
    scratch = folder / "scratch.duckdb"
    with duckdb.connect(scratch) as connection:
        sources.create(connection, folder, list(FEEDS), pins)
    candidate = folder / "candidate.duckdb"
    environment = {
        **os.environ,
        "ARTHOUSE_CANDIDATE": str(candidate),
        "ARTHOUSE_SCRATCH": str(scratch),
        "ARTHOUSE_MEMORY_LIMIT": "1GB",
        "ARTHOUSE_THREADS": "2",
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    dbt = Path(sys.executable).parent / "dbt"
    places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    places += ["--exclude-resource-type", "exposure"]
    given = ["--vars", json.dumps({"run_id": "000001-20260102T050000Z"}), *arguments]
    done = subprocess.run(
        [str(dbt), "build", "--quiet", *places, *given],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    outcomes = json.loads((folder / "target" / "run_results.json").read_text("utf-8"))
    results = {one["unique_id"]: one["status"] for one in outcomes["results"]}
    return Built(done.returncode, done.stdout + done.stderr, candidate, results)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project built once over the invented lake, unit tests included."""
    return build(tmp_path_factory.mktemp("built"), ROWS)
