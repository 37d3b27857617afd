"""One world of five feeds: every folder has its dumps, its mark, and its counts."""

from pathlib import Path

from ingest.catalog import FEEDS
from sample import imdb, world


def test_every_feed_of_the_catalogue_is_invented(tmp_path: Path) -> None:
    counts = world.generate(tmp_path, scale=0.0002)
    assert {name.partition("/")[0] for name in counts} == set(FEEDS) == set(world.FEEDS)
    assert all((tmp_path / feed / imdb.MARK).exists() for feed in FEEDS)
    assert "pages/*.txt" in counts
    assert len(counts) < 40


def test_one_feed_comes_with_the_titles_it_is_about(tmp_path: Path) -> None:
    world.generate(tmp_path, ["budgets"], scale=0.0002)
    assert {path.name for path in tmp_path.iterdir()} == {"imdb", "budgets"}


def test_the_next_night_changes_imdb_alone(tmp_path: Path) -> None:
    for night in (0, 1):
        world.generate(tmp_path / str(night), scale=0.0002, night=night)
    files = [path for path in (tmp_path / "0").rglob("*") if path.is_file()]
    names = [path.relative_to(tmp_path / "0") for path in files]
    changed = {
        name
        for name in names
        if (tmp_path / "0" / name).read_bytes() != (tmp_path / "1" / name).read_bytes()
    }
    assert Path("imdb/title.ratings.tsv.gz") in changed
    assert {name.parts[0] for name in changed} == {"imdb"}
