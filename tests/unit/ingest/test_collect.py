"""`fetch.collect`: which files of a location land, under which names."""

import os
import tarfile
from pathlib import Path

import pytest

from ingest import fetch, landing, tree
from ingest.catalog import PAGES, REVIEWS
from ingest.download import Retries
from ingest.errors import SourceUnavailableError
from ingest.landing import Landed

RETRIES = Retries(attempts=1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    for name in ("one.txt", "deep/two.html", "notes.pdf", ".hidden/three.txt", "deep/.four.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, "utf-8")
    (folder / "arthouse-sample.json").write_text("{}", "utf-8")
    return folder


def names(landed: list[Landed]) -> list[str]:
    return [one.file for one in landed]


def test_files_land_by_pattern_and_the_others_are_named(tmp_path: Path, place: Path) -> None:
    landed, left = fetch.collect(tmp_path, PAGES, str(place), RETRIES)
    assert names(landed) == ["deep/two.html", "one.txt"]
    assert left == ["notes.pdf"]
    for one in landed:
        assert landing.path(tmp_path, one).read_text("utf-8") == one.file


def test_a_single_file_lands_whatever_it_is_called(tmp_path: Path, place: Path) -> None:
    landed, left = fetch.collect(tmp_path, PAGES, str(place / "notes.pdf"), RETRIES)
    assert (names(landed), left) == (["notes.pdf"], [])


def test_equal_files_in_two_folders_keep_their_names(tmp_path: Path, place: Path) -> None:
    (place / "two.html").write_bytes((place / "deep/two.html").read_bytes())
    landed, _ = fetch.collect(tmp_path, PAGES, str(place), RETRIES)
    assert names(landed) == ["deep/two.html", "one.txt", "two.html"]
    again, _ = fetch.collect(tmp_path, PAGES, str(place), RETRIES)
    assert names(again) == names(landed)


@pytest.mark.parametrize("inner", [".", "copies/aclImdb"])
def test_a_folder_of_records_lands_as_one_archive(tmp_path: Path, inner: str) -> None:
    place = tmp_path / "aclImdb"
    folder = place / inner
    for name in ("train/pos/0_9.txt", "train/urls_pos.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, "utf-8")
    found = fetch.collect(tmp_path, REVIEWS, str(place), RETRIES)[0]
    assert names(found) == ["aclImdb.tar"]
    with tarfile.open(landing.path(tmp_path, found[0])) as archive:
        members = archive.getnames()
    assert members == sorted(members)
    assert [name for name in members if name.endswith("train/pos/0_9.txt")]


def test_an_archive_is_the_same_bytes_whenever_it_is_packed(tmp_path: Path, place: Path) -> None:
    tree.pack(place, tmp_path / "one.tar")
    for file in place.rglob("*"):
        file.touch()
        file.chmod(0o777)
    tree.pack(place, tmp_path / "two.tar")
    assert (tmp_path / "one.tar").read_bytes() == (tmp_path / "two.tar").read_bytes()


def test_a_name_that_is_no_utf_8_is_written_so_that_it_is(tmp_path: Path, place: Path) -> None:
    (place / os.fsdecode(b"Am\xe9lie.html")).write_bytes(b"x")
    landed, _ = fetch.collect(tmp_path, PAGES, str(place), RETRIES)
    assert "Am\\xe9lie.html" in names(landed)
    assert landing.path(tmp_path, landed[0]).exists()


def test_a_file_is_known_gzipped_or_not_and_by_no_more_than_its_name(tmp_path: Path) -> None:
    place = tmp_path / "dumps"
    place.mkdir()
    for name in ("part-01.json", "part-02.json.gz", "part-03.json.GZ", "part-01.json.sha256"):
        (place / name).write_bytes(name.encode())
    landed, left = fetch.collect(tmp_path, REVIEWS, str(place), RETRIES)
    assert names(landed) == ["part-01.json", "part-02.json.gz", "part-03.json.GZ"]
    assert left == ["part-01.json.sha256"]


@pytest.mark.parametrize("letter", ["a", "\u00e9"])
def test_a_name_as_long_as_names_may_be_lands(tmp_path: Path, place: Path, letter: str) -> None:
    name = letter * (250 // len(letter.encode())) + ".txt"
    (place / name).write_bytes(b"x")
    landed, _ = fetch.collect(tmp_path, PAGES, str(place), RETRIES)
    [long] = [one for one in landed if one.file == name]
    assert landing.path(tmp_path, long).read_bytes() == b"x"
    assert landing.path(tmp_path, long).suffix == ".txt"


def test_links_that_lead_to_no_file_are_left_and_named(tmp_path: Path, place: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/three.txt").write_bytes(b"x")
    (place / "folder").symlink_to(tmp_path / "elsewhere")
    (place / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    landed, left = fetch.collect(tmp_path, PAGES, str(place), RETRIES)
    assert "three.txt" not in " ".join(names(landed))
    assert {"folder", "broken.txt"} <= set(left)


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_location_without_files_is_unavailable(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceUnavailableError, match=name):
        fetch.collect(tmp_path, PAGES, str(tmp_path / name), RETRIES)
