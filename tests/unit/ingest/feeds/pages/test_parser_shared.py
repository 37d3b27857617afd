"""The real pages that the project was founded on; read where they are, never copied."""

import gzip
from datetime import date
from decimal import Decimal

import pytest

from ingest.feeds.pages.page import Amount, Credit, Page, Release
from ingest.feeds.pages.parse import parse_html, parse_text
from tests import shared

PAGES = shared.DATA / "pages"
pytestmark = shared.needed


def facts(page: Page, kind: str) -> list[str]:
    return [fact.fact_text for fact in page.facts if fact.fact_kind == kind]


@pytest.fixture(scope="module")
def founding() -> Page:
    return parse_text((PAGES / "race-to-mars.txt").read_text("utf-8"))


def test_the_founding_page_states_its_title_without_naming_it(founding: Page) -> None:
    assert founding.title is None
    assert founding.title_type == "tvMiniSeries"
    assert founding.genres == ["Adventure", "Sci-Fi"]
    assert founding.keywords == ["tv mini series"]
    assert [name.title_name for name in founding.names] == ["Erster auf dem Mars"]
    assert founding.releases == [Release("CA", "Canada", date(2007, 9, 23), "day")]
    assert founding.amounts == [
        Amount("budget", "unspecified", Decimal(12_000_000), "CAD", is_estimated=True)
    ]
    assert founding.unparsed_lines == []


def test_the_founding_page_tells_its_story_and_awards(founding: Page) -> None:
    outline, storyline = facts(founding, "outline")[0], facts(founding, "storyline")[0]
    assert outline.startswith("In the year 2030, the race")
    assert outline.endswith("and has ...")
    assert storyline.startswith("In the year 2030, the race")
    assert storyline.endswith("Training and...")
    assert facts(founding, "storyline_author") == ["Galafilm"]
    assert facts(founding, "award_win_count") == ["1"]
    assert facts(founding, "award_nomination_count") == ["2"]


def test_the_founding_page_has_fourteen_roles_and_three_players(founding: Page) -> None:
    credits_ = founding.credits
    assert len(credits_) == 14
    assert {
        (one.category, one.episode_count, one.first_year, one.last_year) for one in credits_
    } == {("actor", 2, 2007, 2007)}
    assert [(one.person_name, one.characters) for one in credits_ if one.person_name] == [
        ("Frank Schorpion", ("Mikhail Cerenkov",)),
        ("Vlasta Vrana", ("Space Agency Narrator",)),
        ("Elisa Bourreau", ("Lucia Alarcon",)),
    ]
    assert [one.characters for one in credits_][-2] == ("Mission Controller",)


def test_the_founding_page_likes_nine_titles_and_names_seven(founding: Page) -> None:
    liked = founding.also_liked
    assert [(one.title, one.title_type, one.release_year) for one in liked] == [
        ("Escape from Mars", "tvMovie", 1999),
        ("Mars", "tvSeries", 2016),
        ("Stranded", "movie", 2001),
        (None, None, None),
        ("Before Mars", "movie", 2016),
        (None, None, None),
        ("2010", "movie", 1984),
        ("Mars I", "movie", 2010),
        ("Mars Rising", "tvSeries", 2007),
    ]
    lost = liked[3]
    assert lost.genres == ("Adventure", "Sci-Fi", "Thriller")
    assert lost.rating_average == Decimal("5.6")
    assert lost.outline is not None
    assert lost.outline.startswith("When the first manned mission")
    assert lost.directors == ("Brian De Palma",)
    assert lost.stars == ("Tim Robbins", "Gary Sinise", "Don Cheadle")
    assert liked[5].directors == ("Joe Ahearne",)
    assert liked[5].rating_average == Decimal("7.8")


def test_the_founding_page_shows_one_review(founding: Page) -> None:
    (review,) = founding.reviews
    assert review.headline == "One of the more 'realistic' portrayals of a manned mars mission."
    assert review.review_date == date(2007, 10, 3)
    assert review.reviewer is None
    assert review.reviewer_location == "Ottawa, Ontario"
    assert (review.rating_10, review.helpful_count, review.vote_count) == (9, 27, 31)
    assert review.body.startswith("Overall, an amazingly realistic")
    assert review.body.endswith("9 out of 10 stars.")
    assert review.body.count("\n\n") == 9


CAPTURES = {
    "tt0086425__20141022T014450__f283ccc8": ("overview-top", "R", 33_314),
    "tt0086425__20160109T101740__ec7efb9c": ("overview-top", "R", 38_313),
    "tt0086425__20180820T004936__19dacc9a": ("title-wrapper", "PG", 47_105),
    "tt0086425__20221027T010717__c15222c1": ("next", "PG", 60_851),
    "tt0133093__20141022T024118__1327df3d": ("overview-top", "R", 919_691),
    "tt0133093__20230526T035703__72aa1657": ("next", "R", 1_956_171),
}


@pytest.mark.parametrize("name", CAPTURES)
def test_every_layout_is_read_to_its_last_line(name: str) -> None:
    page = parse_html(gzip.decompress((PAGES / "html" / f"{name}.html.gz").read_bytes()))
    assert (page.layout, page.certificate, page.vote_count) == CAPTURES[name]
    assert page.imdb_title_id == int(name[2:9])
    assert page.unparsed_lines == []
    assert len(page.also_liked) == 12
    assert all(liked.imdb_title_id and liked.title for liked in page.also_liked)
    assert [one.is_star for one in page.credits].count(True) == 3
    assert all(one.imdb_person_id for one in page.credits)
    assert page.rejected_amounts == []


def read(prefix: str) -> Page:
    (path,) = (PAGES / "html").glob(f"{prefix}*")
    return parse_html(gzip.decompress(path.read_bytes()))


def test_a_page_of_2014_is_read_by_eye() -> None:
    page = read("tt0133093__2014")
    assert (page.title, page.release_year, page.title_type) == ("The Matrix", 1999, "movie")
    assert (page.runtime_minutes, page.rating_average) == (136, Decimal("8.7"))
    assert (page.countries, page.languages) == (["US", "AU"], ["en"])
    director = page.credits[0]
    assert director == Credit("Andy Wachowski", 905152, "director", "as The Wachowski Brothers")
    assert page.amounts[1] == Amount(
        "opening_weekend", "DE", Decimal(646_184), "USD", as_of_date=date(2003, 5, 23)
    )
    assert facts(page, "award_win_count") == ["38"]
    assert facts(page, "company")[0] == "Warner Bros."
    (review,) = page.reviews
    assert (review.reviewer, review.reviewer_location) == ("MinorityReporter", "Denmark")
    assert (review.rating_10, review.source_review_id) == (10, "rw1229286")
    assert (review.helpful_count, review.vote_count) == (387, 468)


def test_a_page_of_2023_is_read_by_eye() -> None:
    page = read("tt0133093__2023")
    assert (page.title, page.release_year, page.title_type) == ("The Matrix", 1999, "movie")
    assert (page.runtime_minutes, page.rating_average) == (136, Decimal("8.7"))
    assert {(one.amount_kind, one.area): one.amount for one in page.amounts} == {
        ("budget", "unspecified"): 63_000_000,
        ("gross", "domestic"): 172_076_928,
        ("opening_weekend", "domestic"): 27_788_331,
        ("gross", "worldwide"): 467_222_728,
    }
    assert facts(page, "award_win_count") == ["42"]
    assert facts(page, "official_site") == ["HBO Max (United States)", "Official Facebook"]
    assert page.also_liked[0].title == "Inception"
    assert (page.also_liked[0].release_year, page.also_liked[0].title_type) == (2010, "movie")
    (review,) = page.reviews
    assert (review.reviewer, review.rating_10, review.source_review_id) == (
        "xNecRosex", 10, "rw6444640",
    )  # fmt: skip
    assert (review.helpful_count, review.vote_count) == (116, 129)
    assert review.review_date == date(2021, 1, 4)
