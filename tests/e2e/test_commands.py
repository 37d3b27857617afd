"""The smaller commands, as a person types them."""

import gzip
import json
import shutil
from pathlib import Path

import pytest

from ingest.catalog import FEEDS
from tests.arthouse import Arthouse

pytestmark = pytest.mark.slow


@pytest.fixture
def empty(tmp_path: Path) -> Arthouse:
    return Arthouse(tmp_path / "data")


def test_a_home_without_a_release_says_what_to_do(empty: Arthouse) -> None:
    for command in (("status",), ("releases",), ("feeds",), ("rejects",)):
        assert empty(*command).returncode == 0, command
    asked = empty("sql", "select 1")
    assert asked.returncode == 2
    assert "arthouse run" in asked.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "--feed", "netflix=/x"), "no feed is called netflix"),
        (("run", "--only", "netflix"), "there are: imdb"),
        (("run", "--feed", "imdb"), "NAME=LOCATION"),
        (("sql", "select 1", "--format", "xlsx"), "table, csv, json or parquet"),
        (("build", "--as-of", "yesterday"), "--as-of"),
    ],
)
def test_bad_usage_is_two_and_says_what_was_meant(
    empty: Arthouse, arguments: tuple[str, ...], words: str
) -> None:
    done = empty(*arguments)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.replace("│", " ").split())


def test_a_folder_without_dumps_is_three_and_named(empty: Arthouse, tmp_path: Path) -> None:
    done = empty("run", "--only", "imdb", "--feed", f"imdb={tmp_path}")
    assert done.returncode == 3
    assert "title.principals.tsv.gz" in done.stdout
    assert empty("status").returncode == 3


def test_sample_is_the_same_for_the_same_seed(empty: Arthouse, tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = empty("sample", "--out", str(tmp_path / name), "--scale", "0.0002")
        assert done.returncode == 0, done.stderr
    written = [file for file in (tmp_path / "one").rglob("*") if file.is_file()]
    for file in written:
        other = tmp_path / "two" / file.relative_to(tmp_path / "one")
        assert file.read_bytes() == other.read_bytes()
    assert {file.parent.name for file in written} >= set(FEEDS)
    first = gzip.decompress((tmp_path / "one/imdb/title.ratings.tsv.gz").read_bytes())
    assert first.startswith(b"tconst\taverageRating\tnumVotes\n")


def test_doctor_finds_this_machine_fit_for_the_sample(empty: Arthouse) -> None:
    done = empty("doctor")
    assert "hard links and symbolic links" in done.stdout
    assert "duckdb 2.0.0" in done.stdout


def test_feeds_show_terms_and_attribution(first_night: Arthouse) -> None:
    shown = first_night("feeds").stdout
    assert "000001-" in shown
    assert "Information courtesy of IMDb" in shown


def test_sql_writes_each_format(first_night: Arthouse, tmp_path: Path) -> None:
    query = "select genre_name, genre_id from dim_genres order by genre_id limit 2"
    rows = json.loads(f"[{','.join(first_night('sql', query, '--format', 'json').stdout.split())}]")
    assert [row["genre_id"] for row in rows] == ["action", "adult"]
    csv = first_night("sql", query, "--format", "csv").stdout.splitlines()
    assert csv[0] == "genre_name,genre_id"
    assert len(csv) == 3
    out = tmp_path / "genres.parquet"
    assert first_night("sql", query, "--format", "parquet", "--out", str(out)).returncode == 0
    assert out.read_bytes()[:4] == b"PAR1"
    assert "genre_name" in first_night("sql", query).stdout


@pytest.mark.parametrize(
    "statement",
    [
        "drop table marts.dim_titles",
        "select 1; select 2",
        "copy marts.dim_titles to 'x.csv'",
        "select * from read_text('/etc/hostname')",
        "select * from no_such_table",
    ],
)
def test_sql_refuses_what_is_not_one_query(first_night: Arthouse, statement: str) -> None:
    done = first_night("sql", statement)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr


def test_discarding_the_only_snapshot_leaves_an_empty_lake(
    first_night: Arthouse, tmp_path: Path
) -> None:
    shutil.copytree(first_night.home, tmp_path / "data", symlinks=True)
    house = Arthouse(tmp_path / "data")
    [snapshot] = [path.name for path in (house.home / "lake/imdb").iterdir()]
    done = house("discard", snapshot)
    assert done.returncode == 0, done.stderr
    assert snapshot in done.stdout
    assert house("discard", snapshot).returncode == 3
    assert "never" in house("feeds").stdout
