"""Each unit test of dbt with one expected value altered: dbt must find that it fails.

A copy of the project has every unit test twice, as it is and altered; dbt runs both at once.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import yaml

from tests.faults.gates import Gated
from tests.faults.proofs import Proof, columns, count
from warehouse import build

ALTERED = "__altered"
NUMBERS = ("BIGINT", "INTEGER", "SMALLINT", "DOUBLE", "DECIMAL")
_OTHER = {"BOOLEAN": 'not "{}"', "VARCHAR": "\"{}\" || '~'"}


def write_project(folder: Path, chosen: Iterable[str]) -> dict[str, Proof]:
    """A copy of the project with the chosen unit tests, and what was altered in each."""
    project = shutil.copytree(build.DBT_PROJECT, folder / "project")
    names, planted = set(chosen), {}
    for file in sorted(project.rglob("*.yml")):
        document = yaml.safe_load(file.read_text("utf-8")) or {}
        if "unit_tests" not in document:
            continue
        kept = [one for one in document["unit_tests"] if one["name"] in names]
        changed = []
        for one in kept:
            expected, words = altered(one["expect"])
            changed.append({**one, "name": one["name"] + ALTERED, "expect": expected})
            planted[one["name"]] = Proof("dbt unit test", one["model"], one["name"], words)
        document["unit_tests"] = kept + changed
        file.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    return planted


def altered(expect: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """What is expected, but for one value; and which.

    Raises:
        ValueError: nothing in it can be altered.
    """
    rows = expect["rows"]
    if isinstance(rows, str):
        sql, words = _altered_sql(rows)
        return {**expect, "rows": sql}, words
    for column, value in sorted(rows[0].items(), key=lambda pair: isinstance(pair[1], str)):
        other = _other(value)
        if other is not None:
            first = {**rows[0], column: other}
            return {**expect, "rows": [first, *rows[1:]]}, f"{column}: {value} expected as {other}"
    raise ValueError(f"no value of {rows[0]} can be altered")


def _other(value: object) -> object:
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case str():
            return _day_after(value) or f"{value}~"
        case _:
            return None


def _day_after(text: str) -> str | None:
    try:
        return str(date.fromisoformat(text) + timedelta(days=1))
    except ValueError:
        return None


def _altered_sql(rows: str) -> tuple[str, str]:
    with duckdb.connect() as session:
        kinds = columns(session, f"({rows})")
        filled = [c for c in kinds if count(session, f'from ({rows}) where "{c}" is not null')]
    plain = [c for c in filled if kinds[c].startswith(NUMBERS) and not kinds[c].endswith("[]")]
    column = next(iter(plain), None) or next(c for c in filled if kinds[c] in _OTHER)
    other = _OTHER.get(kinds[column], '"{}" + 1').format(column)
    sql = f'select * replace (({other})::{kinds[column]} as "{column}") from (\n{rows}\n)'
    return sql, f"{column}: {other.replace(chr(34), '')} expected"


def run(gated: Gated, folder: Path) -> dict[str, str]:
    """What dbt says of each unit test of the project, by name."""
    for database in ("candidate", "scratch"):
        shutil.copy(gated.build / f"{database}.duckdb", folder)
    project = folder / "project"
    places = ["--project-dir", str(project), "--profiles-dir", str(project)]
    given = ["--vars", json.dumps({"run_id": gated.plan.run}), "--select", "test_type:unit"]
    dbt = Path(sys.executable).parent / "dbt"
    subprocess.run(
        [str(dbt), "test", "--quiet", *places, *given],
        env={
            **os.environ,
            "ARTHOUSE_CANDIDATE": str(folder / "candidate.duckdb"),
            "ARTHOUSE_SCRATCH": str(folder / "scratch.duckdb"),
            "DBT_TARGET_PATH": str(folder / "target"),
            "DBT_LOG_PATH": str(folder / "logs"),
        },
        capture_output=True,
        check=False,
    )
    text = (folder / "target" / "run_results.json").read_text("utf-8")
    return {
        one["unique_id"].rpartition(".")[2]: one["status"] for one in json.loads(text)["results"]
    }


def proofs(planted: dict[str, Proof], said: dict[str, str]) -> Iterator[Proof]:
    """Each unit test must pass as it is, and fail altered."""
    for name, one in planted.items():
        pair = (said.get(name), said.get(name + ALTERED))
        lie = "" if pair == ("pass", "fail") else f"it was {pair[0]}, and {pair[1]} when altered"
        yield Proof(one.gate, one.place, one.check, one.planted, lie)
