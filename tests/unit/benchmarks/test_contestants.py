"""The contestants read the same dumps and end with all of their rows, or the run stops."""

import os
from pathlib import Path

import duckdb
import pytest

from benchmarks import contestants, dumps, floor, load
from benchmarks.contestants import Stage, WrongResultError
from ingest import decode
from ingest.catalog import IMDB
from sample import imdb

SCALE = imdb.SMALLEST


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dumps.Dumps:
    return dumps.prepare(tmp_path_factory.mktemp("dumps"), SCALE)


@pytest.fixture
def stage(made: dumps.Dumps, tmp_path: Path) -> Stage:
    folder = tmp_path / "folder"
    folder.mkdir()
    return Stage(made, folder, tmp_path / "logs" / "round", tmp_path / "tools")


def test_dumps_are_the_seven_files_and_their_rows(made: dumps.Dumps) -> None:
    assert made.rows["title_akas"] == round(imdb.FULL_SIZE["title.akas"] * SCALE)
    for table in IMDB.tables:
        text = decode.measure(made.folder / f"{table.file}.gz")
        assert text.line_count - 1 == made.rows[table.name]


def test_dumps_are_made_once_until_the_generator_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = dumps.prepare(tmp_path, SCALE)
    times = {path: path.stat().st_mtime_ns for path in first.folder.iterdir()}
    again = dumps.prepare(tmp_path, SCALE)
    assert (again, {path: path.stat().st_mtime_ns for path in times}) == (first, times)
    monkeypatch.setattr(dumps, "_generator_fingerprint", lambda: "another")
    assert dumps.prepare(tmp_path, SCALE).folder != first.folder
    assert not first.folder.exists()


def test_the_floor_holds_every_row_as_text(stage: Stage) -> None:
    database = stage.folder / "floor.duckdb"
    floor.load(stage.dumps.folder, database)
    assert floor.rows(database) == stage.dumps.rows
    with duckdb.connect(str(database), read_only=True) as connection:
        types = connection.sql(
            "select distinct data_type from duckdb_columns() where not internal"
        ).fetchall()
        [counts] = connection.sql(
            r"""
            select count(endYear) < count(*), count(*) filter (endYear = '\N')
            from title_basics
            """
        ).fetchall()
    assert types == [("VARCHAR",)]
    assert counts == (True, 0)


def test_the_floor_is_measured_in_a_process_of_its_own(stage: Stage) -> None:
    figure = contestants.run_floor(stage).figures["floor"]
    assert figure.wall_seconds > 0
    assert figure.disk_bytes == sum(path.stat().st_blocks * 512 for path in stage.folder.iterdir())


def test_our_load_is_told_with_and_without_copying(stage: Stage) -> None:
    measured = contestants.run_load(stage)
    steps = measured.steps["load"]
    assert list(steps) == ["start of Python", "fetch", "verify", "load", "commit"]
    total = sum(steps.values())
    figures = measured.figures
    assert figures["load"].wall_seconds == pytest.approx(total - steps["fetch"])
    assert figures["load_fetched"].wall_seconds == pytest.approx(total - steps["verify"])
    assert (figures["load_fetched"].disk_bytes or 0) > (figures["load"].disk_bytes or 0)


def test_our_load_verifies_what_landed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    measure = decode.measure

    def spy(path: Path, *, name: str | None = None) -> decode.Text:
        seen.append(path.parent.name)
        return measure(path, name=name)

    monkeypatch.setattr(decode, "measure", spy)
    home = stage.folder / "home"
    load.run(stage.dumps.folder, home)
    assert seen == ["imdb"] * 14
    assert load.rows(home) == stage.dumps.rows


def test_a_contestant_that_lost_a_row_stops_the_run(stage: Stage) -> None:
    rows = {**stage.dumps.rows, "title_crew": stage.dumps.rows["title_crew"] + 1}
    greedy = Stage(dumps.Dumps(stage.dumps.folder, rows), stage.folder, stage.logs, stage.tools)
    with pytest.raises(WrongResultError, match="floor: title_crew has"):
        contestants.run_floor(greedy)


def test_a_persons_settings_do_not_reach_the_contestants(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTHOUSE_THREADS", "1")
    monkeypatch.setenv("AIRFLOW_HOME", "/nowhere")
    stage.measure("environment", ["/usr/bin/env"], ARTHOUSE_HOME="here")
    said = stage.logs.with_name("round-environment.log").read_text("utf-8").splitlines()
    names = {line.partition("=")[0] for line in said}
    assert "ARTHOUSE_HOME=here" in said
    assert not names & {"ARTHOUSE_THREADS", "AIRFLOW_HOME"}
    assert names >= {"PATH"} & set(os.environ)
