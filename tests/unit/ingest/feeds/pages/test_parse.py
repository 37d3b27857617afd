"""Invented pages of every layout, read to their last line."""

from datetime import date
from decimal import Decimal

import pytest

from ingest.feeds.pages.page import Amount, NotATitlePageError, Page, RejectedAmount, Release
from ingest.feeds.pages.parse import LARGEST, parse_html, parse_text
from tests.unit.ingest.feeds.pages import invented


def facts(page: Page, kind: str) -> list[str]:
    return [fact.fact_text for fact in page.facts if fact.fact_kind == kind]


def parsed(name: str) -> Page:
    document = invented.PAGES[name]
    return parse_html(document) if document.startswith("<") else parse_text(document)


def cast(page: Page) -> list[tuple[object, ...]]:
    return [
        (one.person_name, one.characters, one.episode_count, one.first_year, one.last_year)
        for one in page.credits
        if one.category in ("actor", "self")
    ]


@pytest.mark.parametrize("name", invented.PAGES)
def test_no_line_of_an_invented_page_is_left_unread(name: str) -> None:
    assert parsed(name).unparsed_lines == []


def test_a_page_without_its_head_states_what_it_still_shows() -> None:
    page = parsed("headless")
    assert (page.title, page.title_type, page.imdb_title_id) == (None, "tvMiniSeries", None)
    assert (page.genres, page.keywords) == (["Drama", "Mystery"], ["tv mini series", "lighthouse"])
    assert facts(page, "outline")[0].endswith("does not believe her, and the ...")
    assert facts(page, "storyline")[0].endswith("has never yet given anything back.")
    assert facts(page, "storyline_author") == ["Nordfilm"]
    assert facts(page, "award_win_count") == ["3"]
    assert facts(page, "award_nomination_count") == ["1"]
    assert page.releases == [Release("IS", "Iceland", date(2009, 3, 4), "day")]
    assert [name.title_name for name in page.names] == ["Der Leuchtturm"]
    assert page.amounts == [Amount("budget", "unspecified", Decimal(9_500_000), "DKK", True)]


def test_a_role_whose_player_is_lost_is_nobodys() -> None:
    assert cast(parsed("headless")) == [
        (None, ("The Keeper",), 3, 2009, 2009),
        ("Zoë Quist", ("Harbour Master",), 3, 2009, 2010),
        (None, ("Keeper's Father",), 1, 2010, 2010),
    ]


def test_a_liked_title_whose_heading_is_lost_keeps_the_rest() -> None:
    liked = parsed("headless").also_liked
    assert [(one.title, one.title_type, one.release_year) for one in liked] == [
        ("Salt and Iron", "tvMovie", 1998),
        (None, None, None),
        ("1999", "movie", 1984),
        (None, None, None),
    ]
    lost = liked[1]
    assert (lost.genres, lost.rating_average) == (("Comedy", "Drama"), Decimal("6.1"))
    assert (lost.outline or "").startswith("A ferry is late")
    assert (lost.directors, lost.stars) == (("Per Holm",), ("Eva Stone", "Tom Reed"))
    assert (liked[3].rating_average, liked[3].outline) == (Decimal("7.7"), None)


def test_labels_within_a_review_are_its_words() -> None:
    (review,) = parsed("headless").reviews
    assert review.headline == "A slow light, and a good one."
    assert (review.review_date, review.reviewer_location) == (date(2010, 6, 5), "Aarhus, Denmark")
    assert (review.rating_10, review.helpful_count, review.vote_count) == (7, 4, 6)
    assert review.body == (
        'It takes its time. "Director: nobody", it says on a wall, and that is the joke.\n\n'
        "Release Date: is what the keeper mutters in her sleep.\n\n7 out of 10 stars."
    )


def test_a_series_of_2013() -> None:
    page = parsed("series of 2013")
    assert (page.title, page.title_type) == ("Harbour Nights", "tvSeries")
    assert (page.release_year, page.end_year, page.runtime_minutes) == (2005, 2013, 45)
    assert (page.certificate, page.rating_average, page.vote_count) == (
        "TV-MA", Decimal("8.1"), 1204,
    )  # fmt: skip
    assert [(one.person_name, one.job) for one in page.credits if one.category == "writer"] == [
        ("Ása Þorsdóttir", "creator"),
        ("Jean-Luc O'Neill", "creator"),
    ]
    assert cast(page) == [
        ("Zoë Quist", ("Inspector Mara Holt",), 96, 2005, 2013),
        ("Bo Li", ("Harbour Master",), 1, 2007, 2007),
        ("Eva Stone", ("Guard",), None, None, None),
        ("Tom Reed", ("Himself - Guest",), 2, 2011, None),
    ]
    assert page.credits[-2].job == "voice, uncredited"
    assert page.credits[-1].category == "self"
    assert facts(page, "season") == ["3", "2", "1"]
    assert facts(page, "runtime") == ["45 min", "90 min (pilot) (UK)"]
    assert facts(page, "award_win_count") == ["5"]
    assert (page.countries, page.languages) == (["IS", "GB"], ["is", "en"])
    assert facts(page, "company") == ["Nordfilm", "Blue, Inc."]


def test_money_in_other_currencies_and_areas() -> None:
    assert parsed("series of 2013").amounts == [
        Amount("budget", "unspecified", Decimal(300_000_000), "ISK", True),
        Amount("opening_weekend", "ES", Decimal(45_000), "EUR", False, date(2006, 4, 1)),
        Amount("gross", "GB", Decimal(1_200_345), "GBP", False, date(2006, 6, 3)),
    ]
    assert parsed("game of 2018").amounts == [
        Amount("budget", "unspecified", Decimal(40_000_000), "SEK", True),
        Amount("opening_weekend", "domestic", Decimal(1_200), "USD", False, date(2016, 4, 4)),
        Amount("gross", "domestic", Decimal(12_345_678), "USD", False, date(2016, 5, 1)),
        Amount("gross", "worldwide", Decimal(20_000_001), "USD", False, date(2017, 5, 2)),
    ]
    assert parsed("series of 2022").amounts == [
        Amount("budget", "unspecified", Decimal(250_000_000), "INR", True),
        Amount("gross", "domestic", Decimal(1_000), "USD"),
        Amount("opening_weekend", "domestic", Decimal(500), "USD", False, date(1999, 4, 4)),
        Amount("gross", "worldwide", Decimal(2_000), "USD"),
    ]


@pytest.mark.parametrize(
    ("name", "minutes", "votes"),
    [("episode of 2013", 45, 1055), ("episode of 2018", 90, 1055), ("episode of 2022", 90, 1500)],
)
def test_an_episode_knows_its_series_and_place(name: str, minutes: int, votes: int) -> None:
    page = parsed(name)
    assert (page.title, page.title_type, page.release_year) == ("The Call", "tvEpisode", 2008)
    assert (page.series_imdb_title_id, page.season_number, page.episode_number) == (7000001, 3, 4)
    assert (page.runtime_minutes, page.vote_count) == (minutes, votes)
    assert page.releases == [Release("IS", "Iceland", date(2008, 5, 12), "day")]
    assert page.rating_average == Decimal("7.9")
    assert facts(page, "outline")[0].startswith("Mara answers")
    assert cast(page) == [("Zoë Quist", ("Mara Holt",), None, None, None)]


def test_a_short_storyline_is_one() -> None:
    assert facts(parsed("episode of 2018"), "storyline") == ["Mara answers a telephone."]
    assert facts(parsed("series of 2022"), "storyline") == ["Mara comes home."]


def test_a_game_is_no_video() -> None:
    page = parsed("game of 2018")
    assert (page.title, page.original_title) == ("Deep Signal", "Djup signal")
    assert (page.title_type, page.release_year, page.certificate) == ("videoGame", 2016, "M")
    assert page.releases == [Release(None, None, date(2016, 4, 4), "day")]
    assert page.rating_average is None
    assert (page.credits[0].characters, page.credits[0].job) == (("Diver",), "voice")


def test_a_series_of_2022() -> None:
    page = parsed("series of 2022")
    assert (page.title, page.original_title) == ("Harbour Nights", "Hafnarnætur")
    assert (page.title_type, page.release_year, page.end_year) == ("tvSeries", 2005, 2013)
    # The page shows 12K; its JSON-LD says how many.
    assert (page.certificate, page.vote_count) == ("TV-MA", 12_345)
    assert cast(page) == [
        ("Zoë Quist", ("Mara Holt",), 96, 2005, 2013),
        ("Bo Li", ("Harbour Master",), 1, 2007, 2007),
        ("Eva Stone", ("Guard",), None, None, None),
    ]
    assert [(one.title, one.rating_average) for one in page.also_liked] == [
        ("Salt", Decimal("8.3")),
        ("Lighthouse 7", Decimal(7)),
    ]
    assert facts(page, "award_win_count") == ["5"]
    assert facts(page, "certificate_reason") == ["Rated R for language"]
    assert page.runtime_minutes == 45
    (review,) = page.reviews
    assert (review.headline, review.body) == ("Slow and right", "It takes its time.")
    assert (review.reviewer, review.review_date) == ("saltreader", date(2021, 1, 4))
    assert (review.rating_10, review.helpful_count, review.vote_count) == (9, 1200, 1245)


def test_a_film_as_text_with_no_rating_yet() -> None:
    page = parsed("film as text")
    assert (page.title, page.title_type, page.release_year) == ("The Long Ebb", "movie", 2012)
    assert (page.certificate, page.rating_average, page.vote_count) == ("Not Rated", None, 3)
    assert page.credits[0].person_name == "Łucja Żuławska"
    assert page.countries == ["PL", "SUHH"]
    assert facts(page, "award_nomination_count") == ["1"]
    assert facts(page, "award_win_count") == []
    assert cast(page)[1:] == [
        ("Zoë Quist", ("Ferrywoman", "Mother"), None, None, None),
        ("Bo Li", ("Himself",), None, None, None),
    ]
    assert page.rejected_amounts == [RejectedAmount("$0 (USA)", "zero or less: unknown")]
    assert Release("PL", "Poland", date(2012, 11, 1), "month") in page.releases


def test_a_film_of_2010() -> None:
    page = parsed("film of 2010")
    assert (page.title, page.original_title, page.release_year) == ("Salt Road", "Saltvegen", 2010)
    assert (page.certificate, page.runtime_minutes) == ("PG-13", 125)
    assert (page.rating_average, page.vote_count) == (Decimal("6.5"), 1234)
    assert (facts(page, "metascore"), facts(page, "critic_review_count")) == (["61"], ["12"])
    assert facts(page, "user_review_count") == ["23"]
    assert facts(page, "outline") == ["A road is built of salt."]
    assert facts(page, "storyline") == ["It rains."]
    assert facts(page, "storyline_author") == ["Someone <x@example.org>"]
    assert facts(page, "award_nomination_count") == ["4"]
    assert facts(page, "certificate_reason") == ["Rated PG-13 on appeal for some salt"]
    assert (page.countries, page.languages) == (["NO", "XWG"], ["no", "North American Indian"])
    assert [one.person_name for one in page.credits if one.is_star] == [
        "Bo Li", "Eva Stone", "Zoë Quist",
    ]  # fmt: skip
    assert page.amounts == [
        Amount("opening_weekend", "domestic", Decimal(12_345), "USD", False, date(2011, 3, 6))
    ]
    (review,) = page.reviews
    assert (review.headline, review.rating_10, review.reviewer) == ("Wet", 8, "rain")


def test_what_no_rule_understands_is_kept_with_the_page() -> None:
    strange = invented.FILM_TEXT.replace("Language: Polish", "Language: 12 | ?? | 34")
    page = parse_text(strange)
    assert page.languages == []
    assert page.unparsed_lines == ["Language: 12 | ?? | 34"]


@pytest.mark.parametrize(
    ("document", "url", "reason"),
    [
        (" \n", None, "empty"),
        ("Cast\n\nBo Li ... Himself\n", None, "headings of a title page"),
        (invented.HEADLESS, "https://example.org/title/tt7000001/", "not of IMDb's site"),
        (invented.HEADLESS, "https://www.imdb.com/title/tt7000001/reviews", "another page"),
        (invented.HEADLESS, "https://www.imdb.com/name/nm0000001/", "another page"),
        (" " + "x" * LARGEST, None, "larger than"),
    ],
)
def test_what_is_no_title_page_says_why(document: str, url: str | None, reason: str) -> None:
    with pytest.raises(NotATitlePageError, match=reason):
        parse_text(document, url)


def test_an_address_may_be_an_archives() -> None:
    kept = "https://web.archive.org/web/2013/http://www.imdb.com/title/tt7000009/?ref_=x"
    assert parse_text(invented.HEADLESS, kept).imdb_title_id == 7000009


def test_scripts_and_styles_are_never_words() -> None:
    hidden = "<script>Director: Nobody</script><style>Budget: $1</style><template>x</template>"
    page = parse_html(invented.GAME_2018.replace("<h2>Details</h2>", hidden + "<h2>Details</h2>"))
    assert page == parsed("game of 2018")


def test_bytes_that_are_not_what_they_declare_are_still_read() -> None:
    document = invented.SERIES_2013.replace("Þ", "Th").replace("–", "-").encode("cp1252")  # noqa: RUF001
    assert parse_html(document).credits[0].person_name == "Ása Thorsdóttir"
    assert parse_html(b"\xef\xbb\xbf" + invented.SERIES_2013.encode()) == parsed("series of 2013")


def test_a_role_whose_episodes_are_damaged_stays_as_it_is() -> None:
    """Their word is a whole one: taking a part of it out would join what never stood together."""
    text = invented.HEADLESS.replace("Keeper (3 episodes", "Keeper (3 epsodes")
    assert "The Keeper (3 epsodes, 2009)" in parse_text(text).credits[0].characters


def test_what_stands_around_a_roles_episodes_is_not_joined() -> None:
    text = invented.HEADLESS.replace("(3 episodes, 2009)", "(3 episodes, 2009)again", 1)
    assert parse_text(text).credits[0].characters == ("The Keeper again",)


def test_a_link_to_nobodys_number_is_a_link_to_a_person() -> None:
    page = parse_html(invented.SERIES_2013.replace("/nm0000003/", "/nm0000000/"))
    assert page.credits[2].imdb_person_id == 0
