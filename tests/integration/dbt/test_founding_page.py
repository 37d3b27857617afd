"""The page the project was founded on, and one of its layout, from text to published tables."""

from pathlib import Path

import pytest

from tests import shared
from tests.integration.dbt.conftest import Built, build
from tests.integration.dbt.lake_feeds import Rows
from tests.integration.dbt.test_identity import IMDB
from tests.unit.ingest.feeds.pages.page_files import load

NO_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
FOUNDING = shared.DATA / "pages/race-to-mars.txt"
INVENTED = Path(__file__).resolve().parents[2] / "fixtures/pages/the-long-ebb.txt"
# The title of the one captured page.
PAGE = "(select title_id from marts.fct_page_captures)"


@pytest.fixture(scope="module")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A warehouse built from the founding page alone."""
    folder = tmp_path_factory.mktemp("founding")
    return build(folder, {}, *NO_UNIT_TESTS, feeds={"pages": loaded(folder, FOUNDING)})


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A warehouse built from an invented page and dumps that know three titles it likes."""
    folder = tmp_path_factory.mktemp("invented")
    return build(folder, IMDB, *NO_UNIT_TESTS, feeds={"pages": loaded(folder, INVENTED)})


def loaded(folder: Path, page: Path) -> Rows:
    """The rows that the feed's loader makes of one file."""
    landed = folder / "landed"
    landed.mkdir()
    return load(landed, {page.name: page.read_bytes()}).tables


def facts(built: Built) -> dict[str, str]:
    rows = built.rows("select fact_kind, fact_text from marts.dim_title_facts")
    assert len(rows) == len(dict(rows)) == 6
    return dict(rows)


@shared.needed
def test_the_founding_page_builds_alone(founding: Built) -> None:
    assert founding.exit_code == 0, founding.output
    assert founding.rows("""
        select title_id = capture_id, unparsed_line_count, layout from marts.fct_page_captures
    """) == [(True, 0, "text")]


@shared.needed
def test_the_founding_page_is_a_title_of_its_own(founding: Built) -> None:
    assert founding.rows(f"""
        select title_type, primary_title, release_year, genres, identity_source, is_inferred
        from marts.dim_titles where title_id = {PAGE}
    """) == [
        (
            "tvMiniSeries",
            "Erster auf dem Mars",
            2007,
            ["Adventure", "Sci-Fi"],
            "page",
            False,
        )
    ]
    assert founding.rows("select keyword from marts.bridge_titles_keywords") == [
        ("tv mini series",)
    ]
    assert founding.rows("""
        select name_source, title_name from marts.dim_title_names
    """) == [("page", "Erster auf dem Mars")]
    assert founding.rows("""
        select source, release_date::varchar, date_precision, country_code, country_name
        from marts.fct_releases
    """) == [("page", "2007-09-23", "day", "CA", "Canada")]


@shared.needed
def test_the_founding_page_tells_its_story_and_awards(founding: Built) -> None:
    told = facts(founding)
    assert told["outline"].startswith("In the year 2030, the race to be the first")
    assert told["storyline"].endswith("Training and...")
    assert told["storyline_author"] == "Galafilm"
    assert (told["award_win_count"], told["award_nomination_count"]) == ("1", "2")


@shared.needed
def test_the_founding_page_has_its_budget_in_dollars_of_then_and_now(founding: Built) -> None:
    ((*stated, usd, usd_real),) = founding.rows(f"""
        select
            source, amount_kind, amount::integer, currency_code, is_estimated,
            amount_usd::double, amount_usd_real::double
        from marts.fct_budgets where title_id = {PAGE}
    """)
    assert stated == ["page", "budget", 12_000_000, "CAD", True]
    # A US dollar cost 1.074 Canadian dollars in the mean of 2007.
    assert usd == pytest.approx(12_000_000 / 1.074, rel=0.01)
    # US prices rose by more than a half from 2007 to 2025.
    assert usd_real > 1.5 * usd


@shared.needed
def test_the_founding_page_casts_fourteen_roles_and_names_three_players(founding: Built) -> None:
    rows = founding.rows(f"""
        select credits.characters[1], people.person_name, credits.person_id is null
        from marts.fct_credits as credits
        left join marts.dim_people as people on credits.person_id = people.person_id
        where title_id = {PAGE} and episode_count = 2 and first_year = 2007
            and len(characters) = 1 and credit_source = 'page'
        order by credit_number
    """)
    assert rows == [
        ("Rick Erwin", None, True),
        ("Antoine Hébert", None, True),
        ("Jackie Decelles", None, True),
        ("Mikhail Cerenkov", "Frank Schorpion", False),
        ("Lucia Alarcon", None, True),
        ("Hiromi Okuda", None, True),
        ("Max 'Bull' Haber", None, True),
        ("Glenn Hartwell", None, True),
        ("Lynn Erwin", None, True),
        ("Adam Erwin", None, True),
        ("Rick Erwin's Father", None, True),
        ("Space Agency Narrator", "Vlasta Vrana", False),
        ("Mission Controller", None, True),
        ("Lucia Alarcon", "Elisa Bourreau", False),
    ]
    assert founding.rows("select count(*) from marts.fct_credits") == [(14,)]


@shared.needed
def test_the_founding_page_likes_nine_titles_in_its_order(founding: Built) -> None:
    rows = founding.rows("""
        select rank, split_part(liked_text, chr(10), 1), liked_title_id
        from marts.bridge_titles_also_liked where evidence = 'page' order by rank
    """)
    assert [row[0] for row in rows] == list(range(1, 10))
    assert [row[1] for row in rows] == [
        "Escape from Mars (TV Movie 1999)",
        "Mars (TV Series 2016)",
        "Stranded (2001)",
        "Adventure | Sci-Fi | Thriller",
        "Before Mars (2016)",
        "Documentary | Drama | Sci-Fi",
        "2010 (1984)",
        "Mars I (2010)",
        "Mars Rising (TV Series 2007)",
    ]
    assert rows[3][2] is None
    assert rows[5][2] is None
    lost = founding.rows("""
        select liked_text from marts.bridge_titles_also_liked where rank in (4, 6) order by rank
    """)
    assert "5.6/10" in lost[0][0]
    assert "Brian De Palma" in lost[0][0]
    assert "David Suchet" in lost[1][0]


@shared.needed
def test_the_founding_page_shows_its_review(founding: Built) -> None:
    rows = founding.rows(f"""
        select source, headline, review_date::varchar, reviewer_location,
            rating_10::integer, helpful_count, vote_count,
            body like 'Overall, an amazingly realistic%' and body like '%9 out of 10 stars.'
        from marts.fct_reviews where title_id = {PAGE}
    """)
    assert rows == [
        (
            "page",
            "One of the more 'realistic' portrayals of a manned mars mission.",
            "2007-10-03",
            "Ottawa, Ontario",
            9,
            27,
            31,
            True,
        )
    ]


@shared.needed
def test_the_founding_page_is_one_row_again(founding: Built) -> None:
    rows = founding.rows(f"""
        select
            primary_title, title_type, storyline_author, award_win_count,
            award_nomination_count, keywords, len(cast_members), len(also_liked), len(reviews),
            release_dates[1].country_name, also_known_as[1].title_name, budgets[1].currency_code
        from marts.rpt_title_pages where title_id = {PAGE}
    """)
    words = ("Erster auf dem Mars", "tvMiniSeries", "Galafilm")
    counts = (1, 2, ["tv mini series"], 14, 9, 1)
    assert rows == [(*words, *counts, "Canada", "Erster auf dem Mars", "CAD")]


def test_an_invented_page_of_that_layout_builds_beside_dumps(invented: Built) -> None:
    assert invented.exit_code == 0, invented.output
    assert invented.rows(f"""
        select title_type, primary_title, release_year, genres
        from marts.dim_titles where title_id = {PAGE}
    """) == [("tvMiniSeries", "Die lange Ebbe", 2011, ["Adventure", "Sci-Fi"])]
    told = facts(invented)
    assert told["storyline"].endswith("when there was a tide...")
    assert told["storyline_author"] == "Halyard Pictures"
    assert (told["award_win_count"], told["award_nomination_count"]) == ("3", "1")


def test_an_invented_page_likes_titles_of_the_dumps_by_name_and_by_people(
    invented: Built,
) -> None:
    rows = invented.rows(f"""
        select rank, liked_title_id from marts.bridge_titles_also_liked
        where title_id = {PAGE} and evidence = 'page' order by rank
    """)
    assert rows == [(1, 100), (2, 108), (3, 110), (4, None), (5, None), (6, None)]


def test_an_invented_page_is_one_row_with_all_it_shows(invented: Built) -> None:
    ((heading, cast, liked, budgets, reviews),) = invented.rows(f"""
        select
            [primary_title, release_dates[1].release_date::varchar, release_dates[1].country_code],
            [(one.person_name, one.characters[1], one.episode_count) for one in cast_members],
            [one.primary_title for one in also_liked],
            [(one.amount::integer, one.currency_code, one.is_estimated) for one in budgets],
            [(one.headline, one.reviewer_location, one.helpful_count, one.vote_count)
                for one in reviews]
        from marts.rpt_title_pages where title_id = {PAGE}
    """)
    assert heading == ["Die lange Ebbe", "2011-02-06", "CA"]
    assert cast == [
        (None, "Harbour Master", 3),
        (None, "Nell Tarrant", 3),
        ("Marek Dolan", "Captain Voss", 3),
        (None, "The Surveyor", 3),
        (None, "Old Tarrant", 2),
        ("Ilse Brandvold", "Radio Voice", 3),
        (None, "Lighthouse Keeper", 2),
    ]
    assert liked[:2] == ["The Salt Meadow", "Lantern Street"]
    assert liked[2] is not None
    assert liked[3:] == [None, None, None]
    assert budgets == [(4_500_000, "CAD", True)]
    headline = "A slow walk over a 'dry' sea, and worth every step."
    assert reviews == [(headline, "Lunenburg, Nova Scotia", 14, 17)]
