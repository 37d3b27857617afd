"""`ingest.landing`: bytes by their hash, never rewritten, never half there."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import decode, lake, landing
from ingest.landing import Landed
from tests.unit.ingest.builders import dump, pack

URL = "https://dumps.test/title.ratings.tsv.gz"


def landed(home: Path, content: bytes, at: str = "2026-11-22T04:30:00Z") -> Landed:
    folder = landing.folder(home, "imdb")
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / ".part-title.ratings.tsv.gz"
    draft.write_bytes(content)
    one = Landed(
        feed="imdb",
        table="title_ratings",
        file="title.ratings.tsv.gz",
        location=URL,
        sha256=lake.sha256(draft),
        byte_count=len(content),
        fetched_at=at,
        etag='"a"',
        last_modified=None,
        text=decode.measure(draft),
    )
    return landing.add(home, draft, one)


FIRST = pack(dump("title_ratings"))
SECOND = pack(dump("title_ratings", []))


def test_landed_bytes_are_read_only_and_named_by_their_hash(tmp_path: Path) -> None:
    one = landed(tmp_path, FIRST)
    target = landing.path(tmp_path, one)
    assert target.name == f"{one.sha256[:16]}-title.ratings.tsv.gz"
    assert target.read_bytes() == FIRST
    assert stat.S_IMODE(target.stat().st_mode) == 0o444
    names = sorted(path.name for path in target.parent.iterdir())
    assert names == [target.name, f"{target.name}.json"]


def test_what_landed_is_found_by_its_hash_and_its_place(tmp_path: Path) -> None:
    one = landed(tmp_path, FIRST)
    assert landing.find(tmp_path, "imdb", one.file, one.sha256) == one
    assert landing.find(tmp_path, "imdb", one.file, "0" * 64) is None
    assert landing.find(tmp_path, "imdb", one.file, one.sha256[:16] + "0" * 48) is None
    assert landing.newest(tmp_path, "imdb", URL) == one
    assert landing.newest(tmp_path, "imdb", URL + "x") is None


def test_the_newest_is_the_one_last_seen_not_the_one_last_landed(tmp_path: Path) -> None:
    one = landed(tmp_path, FIRST)
    landed(tmp_path, SECOND, at="2026-11-23T04:30:00Z")
    again = replace(one, fetched_at="2026-11-24T04:30:00Z")
    landing.see(tmp_path, again)
    assert landing.newest(tmp_path, "imdb", URL) == again


def test_a_download_under_way_is_not_taken_for_a_receipt(tmp_path: Path) -> None:
    one = landed(tmp_path, FIRST)
    folder = landing.folder(tmp_path, "imdb")
    (folder / ".part-title.crew.tsv.gz.json").write_text('{"url": "x"}', "utf-8")
    (folder / ".part-title.crew.tsv.gz").write_bytes(b"half")
    assert landing.newest(tmp_path, "imdb", URL) == one
    landing.prune(tmp_path, "imdb", [one.sha256])
    assert (folder / ".part-title.crew.tsv.gz").exists()


def test_bytes_that_were_cut_or_removed_since_do_not_count_as_landed(tmp_path: Path) -> None:
    one = landed(tmp_path, FIRST)
    target = landing.path(tmp_path, one)
    target.chmod(0o644)
    target.write_bytes(FIRST[:-1])
    assert landing.find(tmp_path, "imdb", one.file, one.sha256) is None
    assert landing.newest(tmp_path, "imdb", URL) is None
    target.unlink()
    assert landing.find(tmp_path, "imdb", one.file, one.sha256) is None
    assert landing.newest(tmp_path, "imdb", URL) is None


def test_pruning_keeps_what_is_wanted(tmp_path: Path) -> None:
    one = landed(tmp_path, FIRST)
    other = landed(tmp_path, SECOND)
    landing.prune(tmp_path, "imdb", [other.sha256])
    assert not landing.path(tmp_path, one).exists()
    assert landing.newest(tmp_path, "imdb", URL) == other


def test_what_a_killed_run_landed_without_a_receipt_is_pruned(tmp_path: Path) -> None:
    one = landed(tmp_path, FIRST)
    other = landed(tmp_path, SECOND)
    receipt = landing.path(tmp_path, one).with_name(f"{landing.path(tmp_path, one).name}.json")
    receipt.rename(receipt.with_name(f".{receipt.name}"))
    landing.prune(tmp_path, "imdb", [other.sha256])
    assert len(list(landing.folder(tmp_path, "imdb").iterdir())) == len(("bytes", "receipt"))


def test_json_that_landed_is_not_taken_for_a_receipt(tmp_path: Path) -> None:
    folder = landing.folder(tmp_path, "budgets")
    folder.mkdir(parents=True)
    draft = folder / ".part-wikidata.json"
    draft.write_text('{"results": {}}', "utf-8")
    one = Landed(
        "budgets", "", "wikidata.json", "/here", lake.sha256(draft), 15, "x", None, None, None
    )
    landing.add(tmp_path, draft, one)
    assert landing.newest(tmp_path, "budgets", "/here") == one
    landing.prune(tmp_path, "budgets", [one.sha256])
    assert landing.path(tmp_path, one).exists()
    landing.prune(tmp_path, "budgets", [])
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b'[{"review_id": "rw1"}]',
        b'{"head": {}, "results": {"bindings": []}}',
        b'{"text": null, "feed": "reviews"}',
        b'{"review_id": "rw1"}\n{"review_id": "rw2"}\n',
        b"[" * 50_000,
        b'"\xe9"',
        b"",
    ],
)
def test_landed_json_is_not_taken_for_a_receipt(tmp_path: Path, content: bytes) -> None:
    folder = landing.folder(tmp_path, "reviews")
    folder.mkdir(parents=True)
    kept = []
    for file in ("part-01.json", "left by a kill.json"):
        draft = folder / ".part"
        draft.write_bytes(content)
        sha256 = lake.sha256(draft)
        at = "2026-11-22T04:30:00Z"
        one = Landed("reviews", "", file, URL, sha256, len(content), at, None, None, None)
        kept.append(landing.add(tmp_path, draft, one))
    orphan = landing.path(tmp_path, kept[1])
    orphan.with_name(f"{orphan.name}.json").unlink()
    assert landing.newest(tmp_path, "reviews", URL) == kept[0]
    landing.prune(tmp_path, "reviews", [kept[0].sha256])
    assert landing.newest(tmp_path, "reviews", URL) == kept[0]
    landing.prune(tmp_path, "reviews", [])
    assert landing.newest(tmp_path, "reviews", URL) is None
    assert list(folder.iterdir()) == []


def test_a_damaged_receipt_does_not_count_as_landed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = landed(tmp_path, FIRST)
    receipt = landing.path(tmp_path, one).with_name(f"{landing.path(tmp_path, one).name}.json")
    receipt.write_bytes(receipt.read_bytes().replace(b"https", b"httpr"))
    assert landing.find(tmp_path, "imdb", one.file, one.sha256) is None
    assert landing.newest(tmp_path, "imdb", URL) is None
    assert str(receipt) in caplog.text
    assert landed(tmp_path, FIRST) == landing.newest(tmp_path, "imdb", URL), "it mends itself"
