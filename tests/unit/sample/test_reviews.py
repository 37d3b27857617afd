"""Invented reviews load whole, and are of the sample's titles."""

import gzip
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.parts import Arrived
from sample import imdb, reviews
from tests.unit.ingest.feeds.review_files import Outcome, load_files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, dumps: Path) -> Path:
    out = tmp_path_factory.mktemp("reviews")
    reviews.generate(dumps, out)
    return out


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Outcome:
    files = [Arrived(file.name, file) for file in folder.iterdir() if file.name != imdb.MARK]
    return load_files(tmp_path_factory.mktemp("loaded"), files)


def test_every_record_loads(loaded: Outcome) -> None:
    assert loaded.rejected == []
    assert {one.file: one.loaded_count for one in loaded.loads}[reviews.IEEE] == 600
    assert not any(one.warnings for one in loaded.loads)


def test_some_reviews_stand_in_several_dumps(loaded: Outcome) -> None:
    sources: dict[int, set[str]] = {}
    for row in loaded.rows:
        sources.setdefault(row["content_hash"], set()).add(row["source"])
    assert {"ieee", "kaggle", "stanford"} in sources.values()
    assert {"spoiler"} in sources.values()


def test_they_are_of_titles_of_the_dumps(loaded: Outcome, dumps: Path) -> None:
    basics = gzip.decompress((dumps / "title.basics.tsv.gz").read_bytes()).decode().splitlines()
    known = {int(line.split("\t")[0][2:]) for line in basics[1:]}
    named = {row["title_id"] for row in loaded.rows if row["title_id"]}
    assert named
    assert named <= known


def test_the_same_seed_writes_the_same_bytes(dumps: Path, folder: Path, tmp_path: Path) -> None:
    reviews.generate(dumps, tmp_path)
    for file in folder.iterdir():
        again = sha256((tmp_path / file.name).read_bytes()).hexdigest()
        assert sha256(file.read_bytes()).hexdigest() == again, file.name
