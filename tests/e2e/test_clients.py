"""Older DuckDBs open what we publish, and what docs/clients.md says of others is so."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.arthouse import PROJECT, Arthouse
from warehouse import connect

pytestmark = pytest.mark.slow

PAGE = (PROJECT / "docs" / "clients.md").read_text("utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
SHELL = re.findall(r"```sh\n(arthouse .*?)```", PAGE, re.DOTALL)
# One column of each type that the page's table names.
TYPED = {
    "bigint": "title_id",
    "smallint": "release_year",
    "integer": "vote_count",
    "boolean": "is_adult",
    "double": "weighted_rating",
    "decimal(3,1)": "rating_average",
    "varchar": "primary_title",
    "date": "first_seen_at::date as first_seen_on",
    "timestamp": "first_seen_at",
    "varchar[]": "genres",
}

QUERY = """
import duckdb, json, sys
con = duckdb.connect(sys.argv[1], read_only=True)
tables = [row[0] for row in con.execute(
    "select schema_name || '.' || table_name from duckdb_tables() union all "
    "select schema_name || '.' || view_name from duckdb_views() where not internal "
    "order by 1").fetchall()]
print(json.dumps({
    "version": duckdb.__version__,
    "rows": {name: con.execute("select count(*) from " + name).fetchone()[0] for name in tables},
    "comment": con.execute("select comment from duckdb_columns() where table_name = 'dim_titles' "
                           "and column_name = 'weighted_rating'").fetchone()[0],
}))
"""


@pytest.fixture(params=["1.4.0", "1.5.6"])
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


@pytest.fixture
def desk(sample_night: Arthouse, tmp_path: Path) -> Path:
    """A folder in which `data` is a home with a release, as the page has it."""
    (tmp_path / "data").symlink_to(sample_night.home.resolve())
    return tmp_path


@pytest.mark.parametrize("block", [block for block in PYTHON if ".pl()" not in block])
def test_the_python_of_the_page_runs(desk: Path, block: str) -> None:
    ran = subprocess.run([sys.executable, "-c", block], cwd=desk, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "Warning" not in ran.stderr
    assert ran.stdout


def test_only_polars_is_not_run_because_it_is_not_in_the_lock() -> None:
    assert sum(".pl()" in block for block in PYTHON) == 1
    assert len(PYTHON) == 3
    assert 'name = "polars"' not in (PROJECT / "uv.lock").read_text("utf-8")


@pytest.mark.parametrize("block", SHELL)
def test_the_lines_of_the_command_run(sample_night: Arthouse, desk: Path, block: str) -> None:
    folder = Path(sys.executable).parent
    environment = {**sample_night.environment(), "PATH": f"{folder}:{os.environ['PATH']}"}
    words = ["bash", "-euc", block]
    ran = subprocess.run(words, cwd=desk, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    written = {file.name for file in desk.iterdir()} - {"data"}
    assert written in ({"films.csv"}, {"careers.parquet", "marts"})
    assert all(file.stat().st_size > 100 for name in written for file in desk.glob(f"{name}*"))


def test_pandas_has_the_types_that_the_page_says(sample_night: Arthouse) -> None:
    said = dict(re.findall(r"^\| `([\w(),\[\]]+)`[^|]* \| `(.+)` \|$", PAGE, re.MULTILINE))
    assert said.keys() == TYPED.keys()
    with duckdb.connect(connect.published(sample_night.home), read_only=True) as warehouse:
        titles = warehouse.sql(f"select {', '.join(TYPED.values())} from marts.dim_titles")
        names = [str(kind).lower() for kind in titles.types]
        frame = titles.df()
    assert names == list(TYPED)
    assert [str(kind) for kind in frame.dtypes] == list(said.values())
    assert len(frame) == sample_night.query("select count(*) from dim_titles")[0][0]
    assert frame["vote_count"].isna().any()
