"""What a release must be before anybody sees it."""

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import duckdb
import pytest

from ingest.settings import Settings
from warehouse import build, ledger, release, retention, seal, sources
from warehouse.build import Plan


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture
def run(settings: Settings) -> str:
    """A gated candidate that is not closed yet."""
    home = settings.home
    name = ledger.begin(home, scheduled=False)
    made = Plan(name, ["imdb"], {}, "code", "models", None, None, True, True)
    build.start(home, made)
    (build.folder(home, name) / "profile.json").write_text("{}", "utf-8")
    with duckdb.connect() as connection:
        connection.execute(
            f"attach '{build.candidate(home, name)}' as c (storage_version 'v1.4.0')"
        )
        connection.execute("create schema c.marts; create schema c.ops")
        connection.execute("create table c.marts.facts as select range as n from range(1000)")
        for table, columns in (("runs", sources.RUNS), ("gate_results", sources.GATE_RESULTS)):
            declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
            connection.execute(f"create table c.ops.{table} ({declared})")
    return name


def change(settings: Settings, run: str, statement: str) -> None:
    with duckdb.connect(build.candidate(settings.home, run)) as connection:
        connection.execute(statement)


def test_a_sealed_candidate_is_published_with_its_own_run(settings: Settings, run: str) -> None:
    seal.close(settings, run)
    seal.close(settings, run)  # a step may run twice
    facts = seal.inspect(settings, run)
    assert facts["tables"] == {"marts.facts": 1000, "ops.gate_results": 0, "ops.runs": 1}
    seal.publish(settings, run)
    seal.publish(settings, run)
    assert release.current(settings.home) == run


def test_the_content_hash_does_not_depend_on_the_order_of_rows(
    settings: Settings, run: str
) -> None:
    seal.inspect(settings, run)
    manifest = build.folder(settings.home, run) / "manifest.json"
    before = json.loads(manifest.read_text("utf-8"))["tables"]["marts.facts"]
    change(settings, run, "create or replace table marts.facts as from marts.facts order by n desc")
    seal.inspect(settings, run)
    assert json.loads(manifest.read_text("utf-8"))["tables"]["marts.facts"] == before
    change(settings, run, "update marts.facts set n = 7 where n = 8")
    seal.inspect(settings, run)
    assert json.loads(manifest.read_text("utf-8"))["tables"]["marts.facts"] != before


def test_a_file_beside_the_candidate_is_refused(settings: Settings, run: str) -> None:
    build.candidate(settings.home, run).with_name("candidate.duckdb.wal").touch()
    with pytest.raises(seal.SealError, match=r"candidate\.duckdb\.wal beside it"):
        seal.inspect(settings, run)


def test_a_file_beside_the_inspected_candidate_keeps_it_from_readers(
    settings: Settings, run: str
) -> None:
    seal.inspect(settings, run)
    build.candidate(settings.home, run).with_name("candidate.duckdb.wal").touch()
    with pytest.raises(seal.SealError, match=r"candidate\.duckdb\.wal beside it"):
        seal.publish(settings, run)


def test_a_schema_of_ours_that_does_not_belong_is_refused(settings: Settings, run: str) -> None:
    change(settings, run, "create schema staging; create table staging.rows as select 1")
    with pytest.raises(seal.SealError, match="staging"):
        seal.inspect(settings, run)


def test_a_view_on_a_file_outside_is_refused(settings: Settings, run: str, tmp_path: Path) -> None:
    change(settings, run, f"copy (select 1 as n) to '{tmp_path}/x.parquet' (format parquet)")
    change(settings, run, f"create view marts.far as from read_parquet('{tmp_path}/x.parquet')")
    with pytest.raises(seal.SealError, match="far reads from outside"):
        seal.inspect(settings, run)


@pytest.mark.parametrize("place", [0, 5000, -1])
def test_a_candidate_that_changed_after_inspection_is_not_published(
    settings: Settings, run: str, place: int
) -> None:
    seal.close(settings, run)
    seal.inspect(settings, run)
    file = build.candidate(settings.home, run)
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    with pytest.raises(seal.SealError, match="changed after it was inspected"):
        seal.publish(settings, run)
    assert release.current(settings.home) is None


def test_a_publication_killed_before_its_candidate_moved_goes_on(
    settings: Settings, run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal.close(settings, run)
    seal.inspect(settings, run)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            seal.publish(settings, run)
    assert release.current(settings.home) is None
    seal.publish(settings, run)
    release.require_sound(settings.home, run)
    assert release.current(settings.home) == run


def test_a_run_that_lost_the_race_is_not_published(settings: Settings, run: str) -> None:
    seal.close(settings, run)
    seal.inspect(settings, run)
    made = build.read_plan(settings.home, run)
    plan = build.folder(settings.home, run) / "plan.json"
    plan.write_text(json.dumps({**asdict(made), "parent": "000009-gone"}), "utf-8")
    with pytest.raises(release.ReleaseConflictError):
        seal.publish(settings, run)
    assert build.candidate(settings.home, run).exists()


def test_a_publication_that_was_killed_before_its_run_was_closed_is_tried_again(
    settings: Settings, run: str
) -> None:
    home = settings.home
    seal.close(settings, run)
    seal.inspect(settings, run)
    assert seal.publish(settings, run)["published"]
    retention.prune(settings, run)
    assert not build.folder(home, run).exists()
    assert seal.publish(settings, run)["published"]


def test_of_two_runs_that_built_the_same_the_slower_one_says_so(
    settings: Settings, run: str
) -> None:
    home = settings.home
    seal.inspect(settings, run)
    file = build.candidate(home, run)
    twin = ledger.begin(home, scheduled=True)
    release.add(home, _copy(file), replace(_manifest(file), run=twin))
    release.publish(home, twin, None)
    answer = seal.publish(settings, run)
    assert answer["outcome"] == "unchanged"
    assert answer["reason"].startswith(f"{twin} was built from the same snapshots")
    assert release.current(home) == twin


def test_a_candidate_is_not_published_while_a_person_holds_publication(
    settings: Settings, run: str
) -> None:
    seal.inspect(settings, run)
    hold = release.folder(settings.home) / "hold.json"
    hold.parent.mkdir()
    hold.write_text('{"since": null, "instead_of": null}', "utf-8")
    answer = seal.publish(settings, run)
    assert (answer["outcome"], release.current(settings.home)) == ("held", None)
    assert "arthouse resume" in answer["reason"]


def _copy(file: Path) -> Path:
    return Path(shutil.copyfile(file, file.with_name("twin.duckdb")))


def _manifest(file: Path) -> release.Manifest:
    return release.Manifest(**json.loads(file.with_name("manifest.json").read_text("utf-8")))
