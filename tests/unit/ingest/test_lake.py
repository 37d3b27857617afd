"""`ingest.lake`: snapshots commit whole, in order, and go out of use without a trace lost."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest import lake
from ingest.errors import LakeConflictError

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
FILES = ("title_ratings.parquet", "rating_changes.parquet", "title_changes.parquet")


def draft(home: Path, run: str) -> Path:
    folder = lake.incoming(home, "imdb", run)
    folder.mkdir(parents=True)
    for name in FILES:
        (folder / name).write_bytes(name.encode())
    return folder


def receipt(previous: str | None) -> dict[str, Any]:
    return {"run": "r", "previous": previous, "tables": {"title_ratings": {}}}


def committed(home: Path, run: str, now: datetime = NOW) -> lake.Snapshot:
    newest = lake.newest(home, "imdb")
    facts = receipt(newest.name if newest else None)
    return lake.commit(draft(home, run), "imdb", home, facts, now)


def names(home: Path) -> list[str]:
    return [one.name for one in lake.snapshots(home, "imdb")]


def test_a_commit_is_seen_whole(tmp_path: Path) -> None:
    one = committed(tmp_path, "a")
    assert one.name == "000001-20261122T043000Z"
    assert one.at == NOW
    assert one.is_whole()
    assert one.receipt()["snapshot"] == one.name
    assert sorted(path.name for path in one.path.iterdir()) == sorted([*FILES, lake.RECEIPT])
    assert {stat.S_IMODE(path.stat().st_mode) for path in one.path.iterdir()} == {0o444}
    assert lake.all_incoming(tmp_path) == []


def test_what_is_incoming_is_no_snapshot(tmp_path: Path) -> None:
    folder = draft(tmp_path, "a")
    assert lake.newest(tmp_path, "imdb") is None
    assert lake.all_incoming(tmp_path) == [folder]
    assert lake.incoming_run(folder) == "a"
    lake.remove(folder)
    assert lake.all_incoming(tmp_path) == []


def test_a_lake_without_feeds_is_empty(tmp_path: Path) -> None:
    assert lake.snapshots(tmp_path, "imdb") == []
    assert lake.newest(tmp_path, "imdb") is None


def test_a_draft_compared_with_an_older_snapshot_is_not_committed(tmp_path: Path) -> None:
    first = committed(tmp_path, "a")
    second = committed(tmp_path, "b")
    for previous in (None, first.name, "000009-20261122T043000Z"):
        folder = draft(tmp_path, f"c{previous}")
        with pytest.raises(LakeConflictError, match=second.name):
            lake.commit(folder, "imdb", tmp_path, receipt(previous), NOW)
        assert folder.exists()
    assert names(tmp_path) == [first.name, second.name]


def test_a_commit_killed_before_its_rename_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = draft(tmp_path, "a")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            lake.commit(folder, "imdb", tmp_path, receipt(None), NOW)
    assert lake.newest(tmp_path, "imdb") is None
    # As root a mode of 0444 stops nobody, so the inode tells whether it was written into.
    before = (folder / lake.RECEIPT).stat().st_ino
    held = (folder / lake.RECEIPT).open("rb")
    one = lake.commit(folder, "imdb", tmp_path, receipt(None), NOW + timedelta(hours=1))
    held.close()
    assert (one.path / lake.RECEIPT).stat().st_ino != before
    assert one.receipt()["snapshot"] == one.name == "000001-20261122T053000Z"
    assert sorted(path.name for path in one.path.iterdir()) == sorted([*FILES, lake.RECEIPT])


def test_order_is_the_sequence_when_the_clock_jumps_back(tmp_path: Path) -> None:
    first = committed(tmp_path, "a", NOW)
    second = committed(tmp_path, "b", NOW - timedelta(days=3))
    assert names(tmp_path) == [first.name, second.name]
    assert lake.newest(tmp_path, "imdb") == second
    assert lake.newest(tmp_path, "imdb", as_of=NOW - timedelta(days=1)) == second
    assert lake.newest(tmp_path, "imdb", as_of=NOW - timedelta(days=4)) is None


def test_discarding_takes_the_successors_too_and_their_numbers_are_never_used_again(
    tmp_path: Path,
) -> None:
    first, second, third = (committed(tmp_path, run) for run in "abc")
    assert lake.discard(tmp_path, "imdb", second.name) == [third.name, second.name]
    assert names(tmp_path) == [first.name]
    assert not second.path.exists()
    fourth = committed(tmp_path, "d")
    assert fourth.name.startswith("000004-")
    with pytest.raises(LakeConflictError, match="there is no snapshot"):
        lake.discard(tmp_path, "imdb", second.name)


def test_discarding_the_only_snapshot_leaves_none(tmp_path: Path) -> None:
    first = committed(tmp_path, "a")
    assert lake.discard(tmp_path, "imdb", first.name) == [first.name]
    assert lake.newest(tmp_path, "imdb") is None
    assert committed(tmp_path, "b").name.startswith("000002-")


def test_a_discarded_snapshot_comes_back_by_its_name(tmp_path: Path) -> None:
    first = committed(tmp_path, "a")
    lake.discard(tmp_path, "imdb", first.name)
    [kept] = lake.folder(tmp_path, "imdb").iterdir()
    kept.rename(first.path)
    assert lake.newest(tmp_path, "imdb") == first


def test_pruning_keeps_the_newest_the_pinned_and_everyones_changes(tmp_path: Path) -> None:
    first, second, third, fourth = (committed(tmp_path, run) for run in "abcd")
    lake.prune(tmp_path, "imdb", keep=1, pinned=[second.name])
    whole = [one.name for one in lake.snapshots(tmp_path, "imdb") if one.is_whole()]
    assert whole == [second.name, fourth.name]
    for pruned in (first, third):
        assert {path.name for path in pruned.path.iterdir()} == {*FILES[1:], lake.RECEIPT}
        assert pruned.receipt()["snapshot"] == pruned.name
    lake.prune(tmp_path, "imdb", keep=1, pinned=[second.name])
    assert len(names(tmp_path)) == 4


def test_discarding_down_to_a_pruned_snapshot_is_refused(tmp_path: Path) -> None:
    first, second = (committed(tmp_path, run) for run in "ab")
    lake.prune(tmp_path, "imdb", keep=1)
    with pytest.raises(LakeConflictError, match="were pruned") as caught:
        lake.discard(tmp_path, "imdb", second.name)
    assert caught.value.location == str(first.path)
    assert names(tmp_path) == [first.name, second.name]
    assert lake.discard(tmp_path, "imdb", first.name) == [second.name, first.name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sun, 22 Nov 2026 04:30:00 GMT", datetime(2026, 11, 22, 4, 30)),  # noqa: DTZ001
        ("Sun, 22 Nov 2026 05:30:00 +0100", datetime(2026, 11, 22, 4, 30)),  # noqa: DTZ001
        ("Sun, 22 Nov 2026 04:30:00 -0000", datetime(2026, 11, 22, 4, 30)),  # noqa: DTZ001
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_a_last_modified_is_an_instant_or_nothing(
    text: str | None, expected: datetime | None
) -> None:
    assert lake.http_instant(text) == expected


def test_a_receipt_has_the_hash_of_every_table(tmp_path: Path) -> None:
    one = committed(tmp_path, "a")
    contents = one.receipt()["contents"]
    assert sorted(contents) == sorted(FILES)
    assert all(
        facts == {"sha256": lake.sha256(one.path / name), "byte_count": len(name)}
        for name, facts in contents.items()
    )


def test_a_linked_table_keeps_the_hash_it_was_written_with(tmp_path: Path) -> None:
    first = committed(tmp_path, "a")
    told = first.receipt()["contents"]
    folder = draft(tmp_path, "b")
    (folder / FILES[0]).unlink()
    (folder / FILES[0]).hardlink_to(first.path / FILES[0])
    (first.path / FILES[0]).chmod(0o644)
    (first.path / FILES[0]).write_bytes(b"rotten meanwhile")
    second = lake.commit(folder, "imdb", tmp_path, receipt(first.name), NOW)
    assert second.receipt()["contents"] == told
