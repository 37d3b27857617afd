"""What a run decides to build, and what makes a candidate another candidate."""

import json
from pathlib import Path

import duckdb
import pytest

from ingest import lake
from ingest.settings import Settings
from tests.unit.warehouse.test_release import make
from warehouse import build, ledger, release, retention, sources


def land(home: Path, name: str) -> None:
    """A committed snapshot of empty tables."""
    folder = lake.folder(home, "imdb") / name
    folder.mkdir(parents=True)
    tables = {}
    with duckdb.connect() as connection:
        for table, columns in lake.columns("imdb").items():
            typed = ", ".join(f'null::{kind} as "{column}"' for column, kind in columns.items())
            target = folder / f"{table}.parquet"
            connection.execute(f"copy (select {typed}) to '{target}' (format parquet)")
            tables[table] = {
                "source_file": f"{table}.tsv.gz",
                "location": "/dumps",
                "sha256": "0",
                "byte_count": 1,
                "fetched_at": "2026-01-01T00:00:00Z",
                "last_modified": "Thu, 01 Jan 2026 00:00:00 GMT",
                "received_count": 1,
                "loaded_count": 1,
                "rejected_count": 0,
                "duplicate_count": 0,
            }
    receipt = {"committed_at": "2026-01-01T00:00:01Z", "tables": tables}
    (folder / lake.RECEIPT).write_text(json.dumps(receipt), "utf-8")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def test_the_newest_snapshot_is_pinned(settings: Settings) -> None:
    land(settings.home, "000001-20260101T000000Z")
    land(settings.home, "000002-20251231T000000Z")  # a clock that jumped back
    answer = build.plan(settings, "000001-run", ("imdb",))
    assert answer["pins"] == {"imdb": "000002-20251231T000000Z"}
    assert build.read_plan(settings.home, "000001-run").parent is None


def test_a_past_instant_pins_the_past(settings: Settings) -> None:
    land(settings.home, "000001-20260101T000000Z")
    land(settings.home, "000002-20260102T000000Z")
    answer = build.plan(settings, "r", ("imdb",), "2026-01-01T12:00:00+00:00", False)
    assert answer["pins"] == {"imdb": "000001-20260101T000000Z"}


def test_nothing_is_built_before_any_feed_landed(settings: Settings) -> None:
    answer = build.plan(settings, "r", ("imdb",))
    assert (answer["outcome"], answer["reason"]) == ("unchanged", "no feed has landed yet")
    assert not build.folder(settings.home, "r").exists()


def test_a_pruned_snapshot_cannot_be_built(settings: Settings) -> None:
    land(settings.home, "000001-20260101T000000Z")
    lake.prune(settings.home, "imdb", 1)
    snapshot = lake.newest(settings.home, "imdb")
    assert snapshot is not None
    (snapshot.path / "title_akas.parquet").unlink()
    with pytest.raises(build.BuildError, match="was pruned"):
        build.plan(settings, "r", ("imdb",))


def test_a_hold_stops_publication_before_anything_is_built(settings: Settings) -> None:
    make(settings.home, "000001-x")
    release.publish(settings.home, "000001-x", None)
    make(settings.home, "000002-x", "000001-x")
    release.publish(settings.home, "000002-x", "000001-x")
    release.rollback(settings.home)
    assert build.plan(settings, "r", ("imdb",))["outcome"] == "held"
    assert not build.folder(settings.home, "r").exists()


def test_the_fingerprint_follows_code_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "PROJECT", tmp_path)
    model = tmp_path / "dbt_project/models/a.sql"
    model.parent.mkdir(parents=True)
    model.write_text("select 1", "utf-8")
    first = build.fingerprint(("dbt_project",))
    (tmp_path / "dbt_project/target").mkdir()
    (tmp_path / "dbt_project/target/a.sql").write_text("compiled", "utf-8")
    assert build.fingerprint(("dbt_project",)) == first
    model.write_text("select 2", "utf-8")
    assert build.fingerprint(("dbt_project",)) != first


def test_other_terms_of_a_source_are_another_candidate(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release states the terms: one built before would go on to state the old ones."""
    land(settings.home, "000001-20260101T000000Z")
    monkeypatch.setattr(build, "PROJECT", settings.home / "code")
    entry = build.PROJECT / "ingest/catalog/imdb.py"
    entry.parent.mkdir(parents=True)
    codes = set()
    for said in ("may_redistribute=True", "may_redistribute=False"):
        entry.write_text(said, "utf-8")
        build.plan(settings, "r", ("imdb",))
        codes.add(build.read_plan(settings.home, "r").code)
    assert len(codes) == 2


def test_sources_have_the_same_types_whether_or_not_a_feed_landed(settings: Settings) -> None:
    land(settings.home, "000001-20260101T000000Z")
    with duckdb.connect() as connection:
        connection.execute("create schema changes")
        for name, kinds in (
            ("rating_changes", "averageRating decimal(3, 1), numVotes integer"),
            ("title_changes", "titleType varchar, primaryTitle varchar"),
        ):
            target = lake.folder(settings.home, "imdb") / f"000001-20260101T000000Z/{name}.parquet"
            connection.execute(
                f"create table changes.{name} (tconst bigint, change varchar, {kinds})"
            )
            connection.execute(f"copy changes.{name} to '{target}' (format parquet)")
        rejects = target.with_name("title_akas.rejects.parquet")
        typed = "''::varchar table_name, '' source_file, 1::bigint line_number, '' column_name, "
        connection.execute(
            f"copy (select {typed} '' reason, ''::blob raw_line) to '{rejects}' (format parquet)"
        )
    described = []
    for pins in ({}, {"imdb": "000001-20260101T000000Z"}):
        with duckdb.connect() as connection:
            sources.create(connection, settings.home, ["imdb"], pins)
            described.append(
                connection.execute(
                    "select schema_name, table_name, column_name, data_type from duckdb_columns() "
                    "where not internal order by all"
                ).fetchall()
            )
            [(files,)] = connection.execute("select count(*) from lake.files").fetchall()
            assert files == (7 if pins else 0)
    assert described[0] == described[1]
    assert len(described[0]) > 60


def test_a_night_after_one_that_a_dbt_test_refused_has_its_verdict(settings: Settings) -> None:
    result = {"name": "unique_x", "kind": "test", "status": "fail", "message": "3", "table": "m.x"}
    with pytest.raises(build.BuildRefusedError) as refused:
        build._judge([result], "r")
    run = ledger.begin(settings.home, scheduled=False)
    with ledger.recording(settings.home, run, "transform") as note:
        note.outcome, note.facts = "refused", {"verdicts": refused.value.verdicts}
    with duckdb.connect() as connection:
        sources.create(connection, settings.home, ["imdb"], {})
        rows = connection.execute(
            "select table_name, expectation, observed, judged_at is null from ledger.gate_results"
        ).fetchall()
    assert rows == [("x", "unique_x", "3", False)]


def test_leftovers_of_dead_runs_go_and_refused_ones_stay_for_a_look(settings: Settings) -> None:
    home = settings.home
    runs = {}
    for outcome in ("killed", "refused", "scheduled"):
        runs[outcome] = ledger.begin(home, scheduled=outcome == "scheduled")
        build.folder(home, runs[outcome]).mkdir(parents=True)
        lake.incoming(home, "imdb", runs[outcome]).mkdir(parents=True)
    ledger.end(home, runs["refused"], "refused")
    deleted = retention.sweep(settings)
    now = ledger.begin(home, scheduled=False)
    assert sorted(deleted) == sorted(
        [f"builds/{runs['killed']}", f"lake/imdb/.incoming-{runs['killed']}"]
    )
    retention.prune(settings, now)
    assert not build.folder(home, runs["refused"]).exists()
    assert build.folder(home, runs["scheduled"]).exists()
