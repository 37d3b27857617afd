"""A backup is a home of its own, of one moment, and says what was damaged in the first."""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from ingest.settings import Settings
from tests.faults import small_home
from warehouse import backup, connect, lock, release, verification


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home after two nights, with a run under way."""
    made = small_home.make(tmp_path / "data")
    for name in ("landing/imdb/.part-x", "lake/imdb/.incoming-000003/x", "builds/000003/x"):
        (made.home / name).parent.mkdir(exist_ok=True)
        (made.home / name).write_text("half", "utf-8")
    return made


def test_a_backup_is_a_home(settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "disk" / "backup"
    findings = backup.write(settings, target)
    assert findings.damages == []
    assert release.current(target) == release.current(settings.home)
    with connect.reading(target) as connection:
        assert connection.execute("select count(*) from marts.facts").fetchall() == [(1000,)]
    assert verification.verify(settings.model_copy(update={"home": target})).damages == []
    kept = {one.name for one in target.iterdir()}
    assert kept == {"landing", "lake", "ledger", "releases", "warehouse.duckdb"}
    assert list(target.rglob(".*")) == []
    assert [one.name for one in target.parent.iterdir()] == ["backup"]
    first, second = sorted(target.glob("lake/imdb/*/title_basics.parquet"))
    assert first.samefile(second), "a table of two snapshots is one file"
    assert not first.samefile(next(settings.home.glob("lake/imdb/*/title_basics.parquet")))


def test_what_is_damaged_is_damaged_in_the_backup_and_said(
    settings: Settings, tmp_path: Path
) -> None:
    file = next(settings.home.glob("lake/imdb/000002*/title_ratings.parquet"))
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[::-1])
    [damage] = backup.write(settings, tmp_path / "backup").damages
    assert damage.file.name == "title_ratings.parquet"


def test_a_backup_that_was_cut_off_is_made_anew(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backup"
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copy2", lambda *_: os.close(-1))
        with pytest.raises(OSError, match="file descriptor"):
            backup.write(settings, target)
    assert not target.exists()
    assert backup.write(settings, target).damages == []


def test_there_is_no_backup_of_a_home_at_work(settings: Settings, tmp_path: Path) -> None:
    with lock.run(settings.home), pytest.raises(lock.LockedError):
        backup.write(settings, tmp_path / "backup")


def test_a_place_that_is_none_is_refused(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear", "utf-8")
    for place, words in ((settings.home / "backup", "inside"), (tmp_path / "full", "holds")):
        with pytest.raises(backup.BackupError, match=words):
            backup.write(settings, place)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
    with pytest.raises(backup.BackupError, match="10 free"):
        backup.write(settings, tmp_path / "backup")
    assert not list(tmp_path.glob("*backup*"))
