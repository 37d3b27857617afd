"""Older DuckDB clients open what we publish: each in an environment of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.arthouse import PROJECT, Arthouse

pytestmark = pytest.mark.slow

QUERY = """
import duckdb, json, sys
con = duckdb.connect(sys.argv[1], read_only=True)
tables = [row[0] for row in con.execute(
    "select schema_name || '.' || table_name from duckdb_tables() order by 1").fetchall()]
print(json.dumps({
    "version": duckdb.__version__,
    "rows": {name: con.execute("select count(*) from " + name).fetchone()[0] for name in tables},
    "comment": con.execute("select comment from duckdb_columns() where table_name = 'dim_titles' "
                           "and column_name = 'weighted_rating'").fetchone()[0],
}))
"""


@pytest.fixture(params=["1.4.5", "1.5.6"])
def client(request: pytest.FixtureRequest) -> Path:
    """The Python of an environment that holds that DuckDB and nothing else; made once."""
    version = str(request.param)
    folder = PROJECT / ".venv" / f".duckdb-{version}"
    python = folder / "bin" / "python"
    if not (folder / "done").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", f"duckdb=={version}"]
        subprocess.run(pip, check=True)
        (folder / "done").touch()
    return python


def test_an_older_client_reads_every_table(first_night: Arthouse, client: Path) -> None:
    run = first_night.published()
    # A copy elsewhere: the file must not need anything that lies around it.
    answered = subprocess.run(
        [str(client), "-c", QUERY, str(first_night.home / "releases" / f"{run}.duckdb")],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
    )
    answer = json.loads(answered.stdout)
    assert answer["version"] in str(client)
    assert len(answer["rows"]) > 15
    ours = first_night.query("select count(*) from fct_credits")
    assert answer["rows"]["marts.fct_credits"] == ours[0][0]
    assert "votes" in answer["comment"] or "rating" in answer["comment"]
