"""Measure identity on truth: `python -m benchmarks.identity` (`docs/identity.md`).

Records whose IMDb id is known are given to the dbt project without it, over IMDb's dumps as our own
loader commits them. Precision counts every match made; recall the records whose title is in the
dumps. Nothing here decides a match: the models do.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from benchmarks import identity_records
from benchmarks.identity_records import Trial
from ingest import lake
from ingest.catalog import FEEDS
from ingest.feeds import imdb
from ingest.settings import Settings
from sample import imdb as invented_imdb
from warehouse import sources

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
_RUN = "benchmark"
_SNAPSHOT = "000001-20260101T043000Z"
_WRONG = 20

_SUMMARY = """
    select
        {group},
        count(*) as records,
        count(*) filter (where is_known) as known,
        count(*) filter (where outcome = 'matched') as matched,
        count(*) filter (where outcome = 'matched' and found_id = true_id) as correct,
        count(*) filter (where outcome = 'ambiguous') as ambiguous,
        round(correct / nullif(matched, 0), 4) as precision,
        round(count(*) filter (where is_known and outcome = 'matched' and found_id = true_id)
            / nullif(known, 0), 4) as recall
    from judged group by all order by all
"""


def measure(work: Path, trials: list[Trial]) -> None:
    """Judge the project's matches of every trial's records over the dumps it names."""
    for trial in trials:
        home = work / trial.name
        pins = {"imdb": load(home, trial.dumps)}
        with duckdb.connect(str(home / "truth.duckdb")) as connection:
            trial.write(connection, home)
            pins |= commit(connection, home)
            connection.execute("create table known as select tconst from dumps")
        transform(home, pins)
        _report(home, trial.name)


def load(home: Path, dumps: Path) -> str:
    """Load IMDb's dumps into a home's lake; the snapshot's name."""
    settings = Settings(home=home)
    imdb.fetch(settings, _RUN, str(dumps))
    imdb.load(settings, _RUN)
    imdb.commit(settings, _RUN)
    return max((home / "lake" / "imdb").iterdir()).name


def commit(connection: duckdb.DuckDBPyConnection, home: Path) -> dict[str, str]:
    """Write the trial's tables `<feed>_<table>` into the lake; a missing one is empty."""
    made = {
        name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
    }
    pins = {}
    for feed, entry in FEEDS.items():
        if feed == "imdb":
            continue
        folder = home / "lake" / feed / _SNAPSHOT
        folder.mkdir(parents=True)
        for table in entry.tables:
            declared = ", ".join(f'"{one.name}" {one.type}' for one in table.columns)
            connection.execute(f"create or replace temp table written ({declared})")
            if f"{feed}_{table.name}" in made:
                connection.execute(f"insert into written by name from {feed}_{table.name}")
            connection.execute(f"copy written to '{folder / f'{table.name}.parquet'}'")
        nothing = ", ".join(
            f"null::{type_} as {name}" for name, type_ in lake.REJECT_COLUMNS.items()
        )
        rejects = folder / "none.rejects.parquet"
        connection.execute(f"copy (select {nothing} where false) to '{rejects}'")
        receipt = {"committed_at": "2026-01-01T04:30:00Z", "tables": {}, "files": []}
        (folder / lake.RECEIPT).write_text(json.dumps(receipt), "utf-8")
        pins[feed] = _SNAPSHOT
    return pins


def transform(home: Path, pins: dict[str, str]) -> None:
    """Build identity's models and all that they need from the snapshots named by feed."""
    scratch = home / "scratch.duckdb"
    with duckdb.connect(str(scratch)) as connection:
        sources.create(connection, home, list(FEEDS), pins)
    environment = {
        **os.environ,
        "ARTHOUSE_CANDIDATE": str(home / "candidate.duckdb"),
        "ARTHOUSE_SCRATCH": str(scratch),
        "DBT_TARGET_PATH": str(home / "target"),
        "DBT_LOG_PATH": str(home / "logs"),
    }
    dbt = Path(sys.executable).parent / "dbt"
    project = str(ROOT / "dbt_project")
    places = ["--project-dir", project, "--profiles-dir", project]
    subprocess.run(
        [str(dbt), "run", "--quiet", *places, "--select", "+int_records_matched"],
        env=environment,
        check=True,
    )


def _report(home: Path, name: str) -> None:
    with duckdb.connect(str(home / "truth.duckdb")) as connection:
        connection.execute(f"attach '{home / 'scratch.duckdb'}' as scratch (read_only)")
        connection.execute("""
            create table judged as
            select
                truth.*,
                truth.true_id in (select tconst from known) as is_known,
                matched.outcome,
                case when matched.outcome = 'matched' then matched.method end as method,
                case when matched.outcome = 'matched' then matched.title_id end as found_id,
                matched.score,
                matched.evidence
            from truth
            inner join scratch.intermediate.int_records_matched as matched
                using (feed, source, source_record_id)
        """)
        for group in ("trial", "kind", "trial, kind", "trial, method"):
            print(f"\n{name}: by {group}", flush=True)
            connection.sql(_SUMMARY.format(group=group)).show(max_rows=60, max_width=140)
        print(f"{name}: wrong matches", flush=True)
        connection.sql(
            "select trial, kind, title, release_year, true_id, found_id, round(score, 3) as score,"
            " evidence from judged where outcome = 'matched' and found_id <> true_id"
            f" limit {_WRONG}"
        ).show(max_width=200)


def main(
    data: Annotated[Path, typer.Option(help="Folder with imdb/, ratings/ and budgets/.")] = SHARED,
    scale: Annotated[float, typer.Option(help="Of the invented dumps; 0 leaves them out.")] = 0.01,
    seed: Annotated[int, typer.Option(help="Another seed, other records.")] = 1,
    work: Annotated[Path | None, typer.Option(help="Kept; without it a temporary folder.")] = None,
) -> None:
    """Hide the ids of records that have them, match by name and year, and count."""
    with tempfile.TemporaryDirectory(prefix="arthouse-identity-") as temporary:
        folder = work or Path(temporary)
        trials = []
        if (data / "imdb").is_dir():
            trials.append(identity_records.published(data))
        if scale:
            dumps = folder / "dumps"
            invented_imdb.generate(dumps, scale=scale, seed=seed)
            trials.append(identity_records.invented(dumps, seed))
            trials.append(identity_records.rivals(dumps, seed))
        measure(folder, trials)


if __name__ == "__main__":
    typer.run(main)
