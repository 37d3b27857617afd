"""The feed `imdb` as a night goes: fetch, load, commit."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest import decode, lake, landing, loader, tabular, text_files
from ingest.catalog import FEEDS, IMDB
from ingest.errors import LakeConflictError, SourceDamagedError, SourceUnavailableError
from ingest.feeds import imdb
from ingest.settings import Settings
from tests.unit.ingest.builders import ROWS, Row, dump, pack, parquet, write_dumps

SNAPSHOT_FILES = {
    *(f"{table.name}.parquet" for table in IMDB.tables),
    *(f"{table.name}.rejects.parquet" for table in IMDB.tables),
    "rating_changes.parquet",
    "title_changes.parquet",
    "receipt.json",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", threads=1, memory_limit="500MB")


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    return write_dumps(tmp_path / "dumps")


def night(settings: Settings, run: str, dumps: Path) -> dict[str, Any]:
    done = imdb.fetch(settings, run, str(dumps))
    if done["outcome"] == "done":
        imdb.load(settings, run)
        imdb.commit(settings, run)
    return done


def newest(settings: Settings) -> lake.Snapshot:
    found = lake.newest(settings.home, "imdb")
    assert found
    return found


def changed(snapshot: lake.Snapshot, name: str) -> list[Row]:
    query = "select tconst, change from stored order by all"
    return parquet(snapshot.path / f"{name}.parquet", query)


def test_a_first_night_commits_all_seven_tables(settings: Settings, dumps: Path) -> None:
    assert night(settings, "r1", dumps)["outcome"] == "done"
    snapshot = newest(settings)
    assert {path.name for path in snapshot.path.iterdir()} == SNAPSHOT_FILES
    receipt = snapshot.receipt()
    assert (receipt["feed"], receipt["run"], receipt["previous"]) == ("imdb", "r1", None)
    assert receipt["loader"] == loader.fingerprint("imdb")
    for table in IMDB.tables:
        facts = receipt["tables"][table.name]
        assert facts["received_count"] == facts["loaded_count"] == len(ROWS[table.name])
        assert facts["rejected_count"] == facts["duplicate_count"] == 0
        assert facts["source_file"] == f"{table.file}.gz"
        assert facts["sha256"] == lake.sha256(dumps / f"{table.file}.gz")
        assert facts["byte_count"] == (dumps / f"{table.file}.gz").stat().st_size
    assert lake.all_incoming(settings.home) == []


def test_an_unchanged_night_decodes_nothing_and_commits_nothing(
    settings: Settings, dumps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(settings, "r1", dumps)
    before = newest(settings)

    def decoded(*_: object, **__: object) -> None:
        raise AssertionError("an unchanged file was decoded")

    for module in (decode, text_files):
        monkeypatch.setattr(module, "opened", decoded)
    done = night(settings, "r2", dumps)
    assert done["outcome"] == "unchanged"
    assert before.name in done["reason"]
    assert newest(settings) == before
    assert lake.all_incoming(settings.home) == []


def test_one_changed_file_is_decoded_and_the_others_are_linked(
    settings: Settings, dumps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(settings, "r1", dumps)
    first = newest(settings)
    rows = ["tt0000001\t7.5\t1201", "tt0000002\t1.0\t5"]
    (dumps / "title.ratings.tsv.gz").write_bytes(pack(dump("title_ratings", rows)))
    loaded: list[str] = []
    whole = tabular.load

    def noted(*arguments: Any, **names: Any) -> tabular.Loaded:
        loaded.append(arguments[1].name)
        return whole(*arguments, **names)

    monkeypatch.setattr(tabular, "load", noted)
    assert night(settings, "r2", dumps)["changed"] == ["title_ratings"]
    second = newest(settings)
    assert loaded == ["title_ratings"]
    for table in IMDB.tables:
        for name in (f"{table.name}.parquet", f"{table.name}.rejects.parquet"):
            linked = (second.path / name).samefile(first.path / name)
            assert linked == (table.name != "title_ratings")
    assert changed(second, "rating_changes") == [
        (1, "changed"),
        (2, "added"),
        (9999999, "gone"),
    ]
    assert changed(second, "title_changes") == []
    assert second.receipt()["previous"] == first.name
    assert second.receipt()["tables"]["title_crew"]["loaded_count"] == 2


def test_another_loader_loads_everything_again(
    settings: Settings, dumps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(settings, "r1", dumps)
    monkeypatch.setattr(loader, "fingerprint", lambda _: "another")
    assert len(night(settings, "r2", dumps)["changed"]) == 7
    snapshot = newest(settings)
    assert snapshot.receipt()["loader"] == "another"
    # The same rows in other files are no changes.
    assert changed(snapshot, "rating_changes") == changed(snapshot, "title_changes") == []


def test_plain_text_loads_as_the_packed_files_do(settings: Settings, tmp_path: Path) -> None:
    night(settings, "r1", write_dumps(tmp_path / "plain", suffix=""))
    receipt = newest(settings).receipt()
    assert receipt["tables"]["name_basics"]["source_file"] == "name.basics.tsv"
    assert receipt["tables"]["name_basics"]["loaded_count"] == 3


def test_packed_files_go_before_plain_ones(settings: Settings, dumps: Path) -> None:
    (dumps / "title.crew.tsv").write_bytes(dump("title_crew", []))
    night(settings, "r1", dumps)
    assert newest(settings).receipt()["tables"]["title_crew"]["received_count"] == 2


def test_a_missing_file_is_named_and_nothing_is_loaded(settings: Settings, dumps: Path) -> None:
    (dumps / "title.episode.tsv.gz").unlink()
    with pytest.raises(SourceUnavailableError, match=r"title\.episode\.tsv\.gz nor title\.episode"):
        imdb.fetch(settings, "r1", str(dumps))
    assert lake.all_incoming(settings.home) == []


def test_a_folder_that_is_not_there_is_said_so(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailableError, match="no such folder"):
        imdb.fetch(settings, "r1", str(tmp_path / "nowhere"))


def test_one_damaged_file_stops_the_night_and_changes_nothing(
    settings: Settings, dumps: Path
) -> None:
    night(settings, "r1", dumps)
    before = newest(settings)
    packed = pack(dump("title_crew", [f"tt{n:07d}\t\\N\t\\N" for n in range(1, 99)]))
    (dumps / "title.crew.tsv.gz").write_bytes(packed[:-5])
    with pytest.raises(SourceDamagedError, match=r"title\.crew\.tsv\.gz"):
        imdb.fetch(settings, "r2", str(dumps))
    assert newest(settings) == before
    landed = landing.folder(settings.home, "imdb")
    assert len(list(landed.glob("[!.]*title.crew.tsv.gz"))) == 1


def test_landed_bytes_are_those_of_the_folder_and_read_only(
    settings: Settings, dumps: Path
) -> None:
    night(settings, "r1", dumps)
    landed = list(landing.folder(settings.home, "imdb").glob("[!.]*.gz"))
    assert len(landed) == 7
    for path in landed:
        assert path.read_bytes() == (dumps / path.name.split("-", 1)[1]).read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_the_source_folder_is_left_as_it_was(settings: Settings, dumps: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mode) for path in dumps.iterdir()}
    night(settings, "r1", dumps)
    assert {path: (path.read_bytes(), path.stat().st_mode) for path in dumps.iterdir()} == before


def test_a_rejected_line_is_in_the_ledger_and_in_the_counts(
    settings: Settings, tmp_path: Path
) -> None:
    rows = [*ROWS["title_ratings"], "tt0000002\tseven\t5", "tt0000001\t7.4\t1200"]
    night(settings, "r1", write_dumps(tmp_path / "odd", title_ratings=rows))
    snapshot = newest(settings)
    facts = snapshot.receipt()["tables"]["title_ratings"]
    counts = [facts[name] for name in ("received_count", "loaded_count", "rejected_count")]
    assert (counts, facts["duplicate_count"]) == ([4, 2, 2], 1)
    assert parquet(snapshot.path / "title_ratings.rejects.parquet") == [
        (
            "title_ratings",
            "title.ratings.tsv.gz",
            4,
            "averageRating",
            "not a rating with at most one decimal",
            b"tt0000002\tseven\t5",
        ),
        (
            "title_ratings",
            "title.ratings.tsv.gz",
            5,
            "tconst",
            "the same as line 2",
            b"tt0000001\t7.4\t1200",
        ),
    ]


def test_loading_and_committing_twice_is_doing_it_once(settings: Settings, dumps: Path) -> None:
    imdb.fetch(settings, "r1", str(dumps))
    first = imdb.load(settings, "r1")
    draft = lake.incoming(settings.home, "imdb", "r1")
    (draft / ".spill").mkdir()
    (draft / ".spill" / "block").write_bytes(b"left by a killed load")
    (draft / ".title_crew.judged.parquet").write_bytes(b"left by a killed load")
    assert imdb.load(settings, "r1") == first
    name = imdb.commit(settings, "r1")
    assert imdb.commit(settings, "r1") == name
    assert [one.name for one in lake.snapshots(settings.home, "imdb")] == [name["snapshot"]]
    assert {path.name for path in newest(settings).path.iterdir()} == SNAPSHOT_FILES


def test_committing_a_run_that_never_loaded_is_an_error(settings: Settings, dumps: Path) -> None:
    night(settings, "r1", dumps)
    with pytest.raises(FileNotFoundError):
        imdb.commit(settings, "r2")


def test_a_second_load_leaves_committed_tables_alone(settings: Settings, dumps: Path) -> None:
    """Linked tables share their bytes with a snapshot: they are never written into."""
    night(settings, "r1", dumps)
    first = newest(settings)
    kept = {path.name: path.read_bytes() for path in first.path.iterdir()}
    (dumps / "title.ratings.tsv.gz").write_bytes(
        pack(dump("title_ratings", ["tt0000001\t7.4\t1200"]))
    )
    imdb.fetch(settings, "r2", str(dumps))
    imdb.load(settings, "r2")
    lake.discard(settings.home, "imdb", first.name)
    imdb.load(settings, "r2")
    [discarded] = lake.folder(settings.home, "imdb").glob(".discarded-*")
    assert {path.name: path.read_bytes() for path in discarded.iterdir()} == kept


def test_a_run_that_was_overtaken_does_not_commit(settings: Settings, dumps: Path) -> None:
    imdb.fetch(settings, "slow", str(dumps))
    imdb.load(settings, "slow")
    night(settings, "fast", dumps)
    with pytest.raises(LakeConflictError, match="Another run committed first"):
        imdb.commit(settings, "slow")
    assert newest(settings).receipt()["run"] == "fast"


def test_a_pruned_snapshot_is_loaded_anew_only_when_needed(settings: Settings, dumps: Path) -> None:
    for number in range(3):
        rows = [f"tt0000001\t7.0\t{number}"]
        (dumps / "title.ratings.tsv.gz").write_bytes(pack(dump("title_ratings", rows)))
        night(settings, f"r{number}", dumps)
    lake.prune(settings.home, "imdb", keep=1)
    history = [changed(one, "rating_changes") for one in lake.snapshots(settings.home, "imdb")]
    assert history == [[(1, "added")], [(1, "changed")], [(1, "changed")]]
    assert night(settings, "r3", dumps)["outcome"] == "unchanged"


def test_the_fingerprint_follows_the_loaders_code(monkeypatch: pytest.MonkeyPatch) -> None:
    before = loader.fingerprint("imdb")
    assert before == loader.fingerprint("imdb")
    monkeypatch.setattr(duckdb, "__version__", "9.9.9")
    assert loader.fingerprint("imdb") != before


@pytest.mark.parametrize("feed", FEEDS)
def test_every_feed_has_code_to_follow(feed: str) -> None:
    names = {file.name for file in loader.files(feed)}
    assert {"tabular.py", "entry.py", f"{feed}.py"} <= names
    assert all(file.exists() for file in loader.files(feed))


def test_the_receipt_is_plain_json_that_others_can_read(settings: Settings, dumps: Path) -> None:
    night(settings, "r1", dumps)
    receipt = json.loads((newest(settings).path / "receipt.json").read_text("utf-8"))
    assert receipt["tables"]["title_ratings"]["location"] == str(dumps / "title.ratings.tsv.gz")
    assert os.environ["HOME"] != receipt["tables"]["title_ratings"]["location"]
