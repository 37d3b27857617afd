"""The files of the other feeds are what their publishers write, and both contestants read all."""

import json
import zipfile
from pathlib import Path

import pytest

from benchmarks import feed_files, feed_floor, feed_load, feeds
from benchmarks.contestants import WrongResultError
from benchmarks.feed_files import Files
from benchmarks.feeds import Lap, Trial

LAPS = [
    Lap(2.0, 4.0, 3.0, 5.0, 100 << 20),
    Lap(2.0, 4.0, 2.0, 4.0, 300 << 20),
    Lap(1.0, 4.0, 4.0, 6.0, 1 << 20),
]


def both(files: Files, folder: Path) -> tuple[int, int]:
    """Rows of the floor's tables, and of ours."""
    feed_floor.load(files.folder, folder / "floor.duckdb")
    parts = feed_load.run(files.feed, files.folder, folder / "home")
    assert set(parts) == {"fetch", "load", "commit"}
    ours = feed_load.row_count(files.feed, files.table, folder / "home")
    return feed_floor.row_count(folder / "floor.duckdb"), ours


def test_every_rating_is_read_by_both(tmp_path: Path) -> None:
    files = feed_files.ratings(tmp_path, 1000)
    [archive] = files.folder.iterdir()
    with zipfile.ZipFile(archive) as opened:
        text = opened.read("ml-bench/ratings.csv")
    assert text.count(b"\r\n") == text.count(b"\n") == 1001
    assert both(files, tmp_path) == (1000, 1000)


def test_every_review_is_read_by_both(tmp_path: Path) -> None:
    files = feed_files.reviews(tmp_path, 40)
    array = json.loads((files.folder / "part-01.json").read_text("utf-8"))
    assert len(array) == 20
    assert json.dumps(array) == (files.folder / "part-01.json").read_text("utf-8")
    for line in (files.folder / "IMDB_reviews.json").read_text("utf-8").splitlines():
        assert json.dumps(json.loads(line)) == line
    assert both(files, tmp_path) == (40, 40)


def test_files_are_made_once(tmp_path: Path) -> None:
    [archive] = feed_files.ratings(tmp_path, 10).folder.iterdir()
    before = archive.stat().st_mtime_ns
    feed_files.ratings(tmp_path, 10)
    assert archive.stat().st_mtime_ns == before


def test_a_contestant_that_lost_rows_is_out(tmp_path: Path) -> None:
    made = feed_files.ratings(tmp_path, 10)
    more = Files(made.feed, made.table, made.folder, 11)
    with pytest.raises(WrongResultError, match="movielens: 10 rows, the files have 11"):
        feeds.lap_of_feed(more, tmp_path)


def test_medians_and_ratios_are_of_the_rounds() -> None:
    trials = [Trial("movielens", 3000, 1 << 20, LAPS), Trial(feeds.IMDB, 600, 1 << 20, LAPS)]
    lines = feeds.document(trials, "here").splitlines()
    assert lines[0] == "here"
    assert lines[-2] == (
        "| movielens | 3,000 | 1 | 2.0 | 4.0 | 3.0 | 5.0 | 1.50 (1.00 to 4.00)"
        " | 1.25 (1.00 to 1.50) | 5.00 | 5.00 | 300 |"
    )
    assert lines[-1].split(" | ")[9:11] == ["1.00", "1.00"]
    assert feeds.document(trials[:1], "here").splitlines()[-1].split(" | ")[9:11] == ["", ""]
