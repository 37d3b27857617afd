"""Invented title pages load, and say what the sample's dumps say."""

from collections import Counter
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ingest.parts import Arrived
from sample import imdb, pages
from sample.page_facts import Subject, subjects
from tests.unit.ingest.feeds.pages.page_files import Outcome, load_files

TITLED = ("overview-top", "title-wrapper", "next", "text")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, dumps: Path) -> Path:
    out = tmp_path_factory.mktemp("pages")
    pages.generate(dumps, out)
    return out


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Outcome:
    files = [Arrived(file.name, file) for file in folder.iterdir() if file.name != imdb.MARK]
    return load_files(tmp_path_factory.mktemp("loaded"), files)


@pytest.fixture(scope="module")
def known(dumps: Path) -> dict[int, Subject]:
    """What was to be written, by IMDb's number."""
    written = subjects(dumps, Random(1), pages.EACH)
    return {int(one.tconst[2:]): one for one in written}


def titled(loaded: Outcome, layout: str) -> list[dict[str, Any]]:
    return [row for row in loaded.captures if row["layout"] == layout and row["imdb_title_id"]]


def test_every_page_is_a_capture_and_the_others_say_why_not(
    loaded: Outcome, dumps: Path, tmp_path: Path
) -> None:
    counts = pages.generate(dumps, tmp_path)
    assert {one.file: one.received_count for one in loaded.loads if one.file} == counts
    assert len(loaded.captures) == sum(counts.values()) - 3
    assert {file for file, *_ in loaded.rejected} == {pages.OTHER, pages.WARC, pages.WET}


def test_every_line_of_every_page_is_understood(loaded: Outcome) -> None:
    assert [row["unparsed_lines"] for row in loaded.captures if row["unparsed_lines"]] == []


def test_every_layout_and_every_money_is_among_them(loaded: Outcome) -> None:
    layouts = Counter(row["layout"] for row in loaded.captures)
    assert all(layouts[layout] >= 3 for layout in TITLED)
    assert {"USD", "CAD", "EUR", "JPY"} <= {
        row["currency_code"] for row in loaded.tables["amounts"]
    }


@pytest.mark.parametrize("layout", TITLED)
def test_a_page_says_what_the_dumps_say(
    loaded: Outcome, known: dict[int, Subject], layout: str
) -> None:
    found = titled(loaded, layout)
    assert found
    for row in found:
        about = known[row["imdb_title_id"]]
        said = (
            row["title"], row["title_type"], row["release_year"], row["runtime_minutes"],
            sorted(row["genres"]), row["rating_average"], row["vote_count"],
        )  # fmt: skip
        assert said == (
            about.title, about.title_type, about.year, about.minutes,
            sorted(about.genres), Decimal(about.rating), about.votes,
        )  # fmt: skip


@pytest.mark.parametrize("layout", TITLED)
def test_a_page_says_its_certificate(
    loaded: Outcome, known: dict[int, Subject], layout: str
) -> None:
    for row in titled(loaded, layout):
        assert row["certificate"] == known[row["imdb_title_id"]].certificate


@pytest.mark.parametrize("layout", TITLED)
def test_a_page_unfolds_into_its_tables(
    loaded: Outcome, known: dict[int, Subject], layout: str
) -> None:
    for row in titled(loaded, layout):
        about, capture = known[row["imdb_title_id"]], row["capture_id"]
        facts = {one["fact_kind"]: one["fact_text"] for one in loaded.of("facts", capture)}
        assert (facts["outline"], facts["storyline"]) == (about.outline, about.storyline)
        assert facts["storyline_author"] == about.author
        [release] = loaded.of("releases", capture)
        assert (release["release_date"], release["country_code"]) == (
            about.released, about.country[0],
        )  # fmt: skip
        amounts = {one["amount_kind"]: one for one in loaded.of("amounts", capture)}
        assert (amounts["budget"]["amount"], amounts["budget"]["is_estimated"]) == (
            about.budget, True,
        )  # fmt: skip
        assert len(loaded.of("also_liked", capture)) == 6
        assert set(about.keywords) <= {one["keyword"] for one in loaded.of("keywords", capture)}
        players = [
            one for one in loaded.of("credits", capture) if one["category"] in ("actor", "actress")
        ]
        assert {one.name for one in about.cast} <= {one["person_name"] for one in players}


@pytest.mark.parametrize("layout", TITLED)
def test_a_review_has_its_body_and_its_votes(
    loaded: Outcome, known: dict[int, Subject], layout: str
) -> None:
    for row in titled(loaded, layout):
        about = known[row["imdb_title_id"]]
        [review] = loaded.of("reviews", row["capture_id"])
        assert review["body"].startswith("\n\n".join(about.review))
        assert (review["headline"], review["rating_10"], review["review_date"]) == (
            about.headline, about.stars, about.reviewed,
        )  # fmt: skip
        assert review["helpful_count"] == about.helpful[0]
        assert review["vote_count"] == about.helpful[1]


def test_the_page_without_a_title_has_lost_its_head_and_two_more(loaded: Outcome) -> None:
    [row] = [one for one in loaded.captures if one["source_file"] == pages.UNTITLED]
    assert (row["title"], row["imdb_title_id"], row["title_type"]) == (None, None, "tvMiniSeries")
    assert loaded.of("names", row["capture_id"])
    liked = loaded.of("also_liked", row["capture_id"])
    assert [one["liked_order"] for one in liked if one["title"] is None] == [2, 4]
    cast = loaded.of("credits", row["capture_id"])
    assert any(one["person_name"] is None for one in cast)
    assert any(one["person_name"] for one in cast)
    assert {one["episode_count"] for one in cast} == {2}


def test_an_archive_says_when_a_page_was_captured(loaded: Outcome) -> None:
    crawled = [row for row in loaded.captures if row["source_file"] in (pages.WARC, pages.WET)]
    assert {row["captured_at"].year for row in crawled} == {2019}


def test_the_same_seed_writes_the_same_bytes(dumps: Path, folder: Path, tmp_path: Path) -> None:
    pages.generate(dumps, tmp_path)
    for file in folder.iterdir():
        again = sha256((tmp_path / file.name).read_bytes()).hexdigest()
        assert sha256(file.read_bytes()).hexdigest() == again, file.name
