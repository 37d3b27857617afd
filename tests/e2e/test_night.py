"""Nights as a person lives them: the first, the same again, the next, and the bad ones."""

import gzip
import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import lake
from sample import imdb
from tests.arthouse import PROJECT, Arthouse
from warehouse import ledger, release

pytestmark = pytest.mark.slow

Nights = Callable[[int], Path]


@pytest.fixture
def house(first_night: Arthouse, tmp_path: Path) -> Arthouse:
    """A copy of the home after its first night."""
    shutil.copytree(first_night.home, tmp_path / "data", symlinks=True)
    return Arthouse(tmp_path / "data")


@pytest.fixture
def dumps(nights: Nights, tmp_path: Path) -> Path:
    """A copy of the first night's dumps, to be spoilt."""
    return Path(shutil.copytree(nights(0), tmp_path / "dumps"))


def rewrite(dump: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Change the lines of a dump; the header is the first of them."""
    lines = gzip.decompress(dump.read_bytes()).splitlines(keepends=True)
    dump.write_bytes(gzip.compress(b"".join(change(lines))))


def test_the_first_night_accounts_for_every_line(first_night: Arthouse, nights: Nights) -> None:
    received = {
        path.name: gzip.decompress(path.read_bytes()).count(b"\n") - 1
        for path in nights(0).glob("*.tsv.gz")
    }
    counts = first_night.query(
        "select source_file, received_count, loaded_count + rejected_count from ops.table_counts"
    )
    assert {file: count for file, count, _ in counts} == received
    assert {file: count for file, _, count in counts} == received
    [(rejected,)] = first_night.query("select sum(rejected_count) from ops.table_counts")
    assert rejected == 3


def test_rejected_lines_are_named_with_file_line_and_reason(first_night: Arthouse) -> None:
    shown = first_night("rejects").stdout
    for words in ("title.akas.tsv.gz", "fields, expected 8", "startYear", "nconst", "not a person"):
        assert words in shown


def test_a_release_is_sealed(first_night: Arthouse) -> None:
    run = first_night.published()
    assert run is not None
    file = release.path(first_night.home, run)
    assert stat.S_IMODE(file.stat().st_mode) == 0o444
    assert [path.name for path in file.parent.glob("*.duckdb*")] == [file.name]
    assert (first_night.home / "warehouse.duckdb").readlink() == Path(f"releases/{file.name}")
    schemas = first_night.query("select distinct schema_name from duckdb_tables() order by all")
    assert schemas == [("marts",), ("ops",)]
    assert not list((first_night.home / "builds").iterdir())


def test_the_run_and_its_gates_are_in_the_release(first_night: Arthouse) -> None:
    run = first_night.published()
    assert first_night.query(f"select outcome, release from ops.runs where run_id = '{run}'") == [
        ("done", run)
    ]
    gates = first_night.query("select distinct gate from ops.gate_results order by all")
    assert gates == [("candidate",), ("raw",)]


def test_status_and_sql_answer(first_night: Arthouse) -> None:
    status = first_night("status")
    assert status.returncode == 0
    assert str(first_night.published()) in status.stdout
    answer = first_night("sql", "select count(*) as titles from dim_titles", "--format", "csv")
    assert int(answer.stdout.splitlines()[1]) > 6000


def test_the_same_night_again_decodes_nothing_and_says_why(house: Arthouse, nights: Nights) -> None:
    before = house.published()
    again = house.night(nights(0))
    assert again.returncode == 0
    assert "all 7 files are those of snapshot 000001-" in again.stdout
    assert "was built from the same snapshots by the same code" in again.stdout
    assert house.published() == before
    tasks = [one.task for one in ledger.read(house.home, ledger.runs(house.home)[-1])]
    assert tasks == ["begin", "fetch_imdb", "plan", "end"]


def test_a_changed_model_is_rebuilt_from_the_lake_alone(
    house: Arthouse, nights: Nights, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    parts = ("cli", "dags", "dbt_project", "expectations", "ingest", "sample", "warehouse")
    for part in parts:
        ignored = shutil.ignore_patterns("target", "logs", "__pycache__")
        shutil.copytree(PROJECT / part, project / part, ignore=ignored)
    model = project / "dbt_project/models/marts/catalogue/dim_genres.sql"
    model.write_text(f"{model.read_text('utf-8')}\n-- another thought\n", "utf-8")
    edited = Arthouse(house.home, project)
    content = house.content()
    done = edited.night(nights(0))
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(lake.snapshots(house.home, "imdb")) == 1
    assert len(release.releases(house.home)) == 2
    assert house.content() == content


def test_the_next_night_is_a_new_release_that_can_be_rolled_back(
    house: Arthouse, nights: Nights
) -> None:
    first = house.published()
    done = house.night(nights(1))
    assert done.returncode == 0, done.stdout + done.stderr
    second = house.published()
    assert second is not None
    assert release.manifest(house.home, second).parent == first
    [(added, changed)] = house.query(
        "select count(*) filter (where first_seen_at = newest), count(*) filter "
        "(where first_seen_at <> newest) from dim_titles, "
        "(select max(first_seen_at) as newest from dim_titles) where not is_inferred"
    )
    assert isinstance(added, int)
    assert isinstance(changed, int)
    assert 0 < added < changed
    assert house("rollback").returncode == 0
    assert house.published() == first
    held = house("build")
    assert "arthouse resume" in held.stdout
    assert house.published() == first
    assert house("resume").returncode == 0
    assert house("build").returncode == 0
    assert house.published() not in (first, second)


def test_a_cut_gzip_stops_the_night_and_readers_keep_theirs(house: Arthouse, dumps: Path) -> None:
    before = house.published()
    dump = dumps / "title.akas.tsv.gz"
    dump.write_bytes(dump.read_bytes()[:-4000])
    done = house.night(dumps)
    assert done.returncode == 3
    assert "title.akas.tsv.gz" in done.stdout
    assert "not a whole gzip file" in done.stdout
    assert house.published() == before
    assert house("status").returncode == 3


def test_a_missing_column_is_named(house: Arthouse, dumps: Path) -> None:
    def drop(lines: list[bytes]) -> list[bytes]:
        return [line.rstrip(b"\n").rpartition(b"\t")[0] + b"\n" for line in lines]

    rewrite(dumps / "title.ratings.tsv.gz", drop)
    done = house.night(dumps)
    assert done.returncode == 3
    assert "its header lacks numVotes" in done.stdout


def test_a_dump_a_fifth_shorter_is_refused_with_the_counts(house: Arthouse, dumps: Path) -> None:
    before = house.published()
    rewrite(dumps / "title.akas.tsv.gz", lambda lines: lines[: len(lines) * 4 // 5])
    done = house.night(dumps)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "title_akas" in done.stdout
    assert house.published() == before
    assert len(lake.snapshots(house.home, "imdb")) == 1


def test_a_new_title_type_is_reported_and_published(house: Arthouse, dumps: Path) -> None:
    before = house.published()

    def invent(lines: list[bytes]) -> list[bytes]:
        fields = lines[1].split(b"\t")
        return [lines[0], b"\t".join([fields[0], b"hologram", *fields[2:]]), *lines[2:]]

    rewrite(dumps / "title.basics.tsv.gz", invent)
    done = house.night(dumps)
    assert done.returncode == 0, done.stdout + done.stderr
    assert house.published() != before
    reported = house.query(
        "select observed || coalesce(sample, '') from ops.gate_results "
        "where verdict = 'reported' and column_name ilike '%type%'"
    )
    assert any("hologram" in str(words) for (words,) in reported)


def test_a_second_run_at_the_same_time_says_that_it_is_locked_out(
    house: Arthouse, nights: Nights
) -> None:
    running = house.start("run", "--only", "imdb", "--feed", f"imdb={nights(1)}")
    ledger_folder = house.home / "ledger"
    while len(list(ledger_folder.iterdir())) < 2:
        assert running.poll() is None
    locked = house.night(nights(1))
    assert locked.returncode == 5
    assert str(running.pid) in locked.stderr
    running.kill()
    running.communicate()


def test_export_needs_a_word_about_the_terms_and_documents_itself(
    first_night: Arthouse, tmp_path: Path
) -> None:
    refused = first_night("export", str(tmp_path / "marts"))
    assert refused.returncode == 2
    assert "--private" in refused.stderr
    done = first_night("export", str(tmp_path / "marts"), "--private")
    assert done.returncode == 0, done.stderr
    dictionary = json.loads((tmp_path / "marts/dictionary.json").read_text("utf-8"))
    assert dictionary["dim_titles"]["columns"][0]["description"]
    assert (tmp_path / "marts/dim_titles.parquet").exists()


def test_real_dumps_after_the_sample_begin_anew(
    house: Arthouse, nights: Nights, tmp_path: Path
) -> None:
    real = tmp_path / "real"
    imdb.generate(real, scale=0.0003, seed=7)
    (real / imdb.MARK).unlink()  # what nobody marked as invented is taken for real
    done = house.night(real)
    assert done.returncode == 0, done.stdout + done.stderr
    [snapshot] = lake.snapshots(house.home, "imdb")
    assert snapshot.name.startswith("000002-")
    assert house.query("select count(*) from dim_titles where is_inferred") < [(100,)]
    before = house.published()
    back = house.night(nights(0))
    assert back.returncode == 3
    assert "these dumps are invented" in back.stdout
    assert house.published() == before
