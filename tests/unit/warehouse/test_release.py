"""The link that readers follow, and what may move it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from ingest import lake
from ingest.errors import RotError
from warehouse import connect, lock, release


def make(
    home: Path, run: str, parent: str | None = None, *, made_at: str = "2026-01-02T03:04:05Z"
) -> None:
    """A tiny sealed release that nobody sees yet."""
    candidate = home / "builds" / run / "candidate.duckdb"
    candidate.parent.mkdir(parents=True)
    with duckdb.connect(candidate) as connection:
        connection.execute("create schema marts; create schema ops")
        connection.execute(f"create table marts.facts as select '{run}' as run")
    facts = release.Manifest(
        run=run,
        parent=parent,
        created_at=made_at,
        as_of=None,
        pins={},
        code="code",
        models="models",
        sha256=lake.sha256(candidate),
        byte_count=candidate.stat().st_size,
        tables={"marts.facts": {"row_count": 1, "content_hash": "1"}},
        profile={},
    )
    release.add(home, candidate, facts)


def seen(home: Path) -> str:
    """The run in the release that a reader sees now."""
    with connect.reading(home) as connection:
        return str(connection.execute("select run from facts").fetchall()[0][0])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three releases, the last of them current."""
    for run, parent in (("000001-x", None), ("000002-x", "000001-x"), ("000003-x", "000002-x")):
        make(tmp_path, run, parent)
        release.publish(tmp_path, run, parent)
    return tmp_path


def test_nothing_published_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(connect.NotPublishedError, match="nothing is published"):
        connect.published(tmp_path)


def test_readers_follow_the_link_in_one_process(home: Path) -> None:
    assert seen(home) == "000003-x"
    assert connect.published(home) == home / "releases" / "000003-x.duckdb"
    release.rollback(home)
    assert seen(home) == "000002-x"


def test_a_release_is_opened_again_in_a_process_that_has_it_open(home: Path) -> None:
    with connect.reading(home), connect.reading(home) as second:
        assert second.execute("select run from marts.facts").fetchall() == [("000003-x",)]
        with pytest.raises(duckdb.PermissionException):
            second.execute("select * from read_text('/etc/hostname')")


def test_an_open_reader_keeps_its_release(home: Path) -> None:
    with connect.reading(home) as connection:
        make(home, "000004-x", "000003-x")
        release.publish(home, "000004-x", "000003-x")
        release.prune(home, 1)
        assert connection.execute("select run from facts").fetchall() == [("000003-x",)]
        assert seen(home) == "000004-x", "another reader, in the same process, sees the new one"


def test_a_run_whose_parent_is_no_longer_current_is_not_published(home: Path) -> None:
    make(home, "000004-x", "000002-x")
    with pytest.raises(release.ReleaseConflictError, match="readers see 000003-x now"):
        release.publish(home, "000004-x", "000002-x")
    assert seen(home) == "000003-x"


def test_rollback_holds_publication_until_resumed(home: Path) -> None:
    assert release.rollback(home, "000001-x") == "000001-x"
    assert release.is_held(home)
    assert release.resume(home)
    assert not release.resume(home)


def test_rollback_before_the_first_release_is_refused(home: Path) -> None:
    release.rollback(home, "000001-x")
    with pytest.raises(release.ReleaseConflictError, match="kept: 000001-x, 000002-x, 000003-x"):
        release.rollback(home)


def test_a_rollback_goes_to_what_readers_saw_before_and_not_to_what_nobody_published(
    home: Path,
) -> None:
    make(home, "000004-x", "000003-x")  # `arthouse build`, without --publish
    make(home, "000005-x", "000003-x")
    release.publish(home, "000005-x", "000003-x")
    assert release.rollback(home) == "000003-x"
    assert release.rollback(home) == "000002-x"
    release.resume(home)
    make(home, "000006-x", "000002-x")
    release.publish(home, "000006-x", "000002-x")
    assert release.rollback(home) == "000002-x", "not to what the person rolled back from"


def test_a_hold_stops_a_run_that_was_planned_before_it(home: Path) -> None:
    make(home, "000004-x", "000003-x")
    release.rollback(home)
    release.rollback(home, "000003-x")  # the parent again: compare-and-set alone would let it pass
    with pytest.raises(release.ReleaseHeldError, match="arthouse resume"):
        release.publish(home, "000004-x", "000003-x")
    assert seen(home) == "000003-x"


def test_a_rollback_does_not_wait_for_a_run(home: Path) -> None:
    with lock.run(home):
        assert release.rollback(home) == "000002-x"


def test_prune_keeps_what_a_hold_names(home: Path) -> None:
    release.rollback(home)
    for run in ("000004-x", "000005-x"):
        make(home, run, "000002-x")
    assert release.prune(home, 1) == ["000001-x", "000004-x"]
    assert release.rollback(home, "000003-x") == "000003-x"


def test_prune_keeps_the_newest_and_the_current(home: Path) -> None:
    release.rollback(home, "000001-x")
    release.resume(home)
    assert release.prune(home, 1) == ["000002-x"]
    assert release.releases(home) == ["000001-x", "000003-x"]


@pytest.mark.parametrize("name", ["000009-x.duckdb", "000009-x.json", ".000009-x.json"])
def test_prune_deletes_what_a_killed_run_left_of_a_release(home: Path, name: str) -> None:
    stray = release.folder(home) / name
    stray.write_bytes(b"half")
    release.rollback(home, "000001-x")
    release.prune(home, 9)
    assert not stray.exists()
    assert release.is_held(home)
    assert release.releases(home) == ["000001-x", "000002-x", "000003-x"]


def test_what_nobody_saw_is_withdrawn_and_nothing_else(home: Path) -> None:
    make(home, "000004-x", "000003-x")
    release.rollback(home)
    for run in ("000002-x", "000003-x", "000004-x", "000009-x"):
        release.withdraw(home, run)
    assert release.releases(home) == ["000001-x", "000002-x", "000003-x"]


def test_a_killed_publication_leaves_no_draft_that_the_next_does_not_take(home: Path) -> None:
    (home / f".{release.LINK}").symlink_to("gone")
    make(home, "000004-x", "000003-x")
    release.publish(home, "000004-x", "000003-x")
    assert not list(home.glob(f".{release.LINK}*"))


def test_a_reader_can_write_nowhere_and_read_nothing_else(home: Path) -> None:
    with connect.reading(home) as connection:
        for statement in (
            "select * from read_text('/etc/hostname')",
            f"copy facts to '{home}/out.csv'",
            f"attach '{home}/other.duckdb'",
            "set enable_external_access = true",
            "create table marts.more as select 1",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
    assert not (home / "out.csv").exists()


def spoil(file: Path) -> None:
    """Flip one bit in the middle of a file, as a disk may."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(data)


@pytest.mark.parametrize("target", [None, "000002-x"])
@pytest.mark.parametrize("suffix", ["duckdb", "json"])
def test_no_rollback_leads_to_a_damaged_release(
    home: Path, target: str | None, suffix: str
) -> None:
    spoil(home / "releases" / f"000002-x.{suffix}")
    with pytest.raises(RotError, match=rf"000002-x\.{suffix}"):
        release.rollback(home, target)
    assert seen(home) == "000003-x"
    assert not release.is_held(home)
    assert release.rollback(home, "000001-x") == "000001-x"


def test_a_damaged_manifest_keeps_nobody_from_pruning(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(home / "releases" / "000002-x.json")
    assert release.lineage(home, "000003-x") == ["000003-x", "000002-x"]
    assert "000002-x.json" in caplog.text
    assert release.prune(home, 1) == ["000001-x", "000002-x"]


def test_threads_may_open_a_release_at_the_same_moment(home: Path) -> None:
    path = connect.published(home)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(30):
            opened = list(pool.map(connect.opened, [path] * 8))
            for connection in opened:
                connection.close()
