"""The small readers: each wording that pages have had since 2010, and what only looks like one."""

from datetime import date
from decimal import Decimal

import pytest

from ingest.feeds.pages import awards, boxoffice, cast, dates, details, head, people, titles, values
from ingest.feeds.pages.blocks import Block
from ingest.feeds.pages.lines import Line, without_lead
from ingest.feeds.pages.page import Amount, Page
from ingest.feeds.pages.sections import Kind
from ingest.feeds.pages.titles import Heading


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("136 min", 136), ("2h 16min", 136), ("2h 16m", 136), ("2 hours 16 minutes", 136),
        ("1 hour", 60), ("45m", 45), ("PT2H16M", 136), ("USA: 90 min", 90),
        ("1 hour 1 minute", 61), ("136", None), ("minutes", None), ("31 March 1999", None),
    ],
)  # fmt: skip
def test_durations(text: str, minutes: int | None) -> None:
    assert values.minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("919,691", 919_691), ("61K", 61_000), ("1.9M", 1_900_000), ("5", 5), ("1,2", None),
        ("1.5", None), ("", None), ("9" * 13, None), ("3B", None), ("-1", None),
    ],
)  # fmt: skip
def test_numbers(text: str, number: int | None) -> None:
    assert values.whole(text) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2005", (2005, None)), ("2005-", (2005, None)), ("2005\u20132013", (2005, 2013)),
        ("2005 \u2014 2013", (2005, 2013)), ("2007/II", (2007, None)), ("1234", None),
    ],
)  # fmt: skip
def test_spans_of_years(text: str, expected: tuple[int, int | None] | None) -> None:
    assert values.years(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23 September 2007", (date(2007, 9, 23), "day")),
        ("Sep 3, 2007", (date(2007, 9, 3), "day")),
        ("15 Sept. 2013", (date(2013, 9, 15), "day")),
        ("2007-09-23", (date(2007, 9, 23), "day")),
        ("May 2008", (date(2008, 5, 1), "month")),
        ("2008", (date(2008, 1, 1), "year")),
        ("31 February 2008", None),
        ("12 Mays 2008", None),
        ("soon", None),
    ],
)
def test_dates(text: str, expected: tuple[date, str] | None) -> None:
    assert dates.read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mars (TV Series 2016)", Heading("Mars", "tvSeries", 2016)),
        ("Salt (TV Series 2005\u20132013)", Heading("Salt", "tvSeries", 2005, 2013)),
        ("Salt (TV Series 2019\u2013 )", Heading("Salt", "tvSeries", 2019)),
        ("Salt (I) (2007)", Heading("Salt", None, 2007)),
        ("Salt (2012 TV Movie)", Heading("Salt", "tvMovie", 2012)),
        ("1999 (1984)", Heading("1999", None, 1984)),
        ("Salt (TV Mini-Series 2009)", Heading("Salt", "tvMiniSeries", 2009)),
        ("Deep (Signal) (Video Game 2016)", Heading("Deep (Signal)", "videoGame", 2016)),
        ("Salt (and Iron)", None),
        ("Salt", None),
    ],
)
def test_headings(text: str, expected: Heading | None) -> None:
    assert titles.read(text) == expected


@pytest.mark.parametrize(
    ("text", "wins", "nominations"),
    [
        ("1 win & 2 nominations.", "1", "2"),
        ("Won 4 Oscars. Another 34 wins & 39 nominations.", "38", "39"),
        ("Nominated for 1 Oscar. Another 3 wins & 7 nominations.", "3", "8"),
        ("4 wins & 5 nominations total", "4", "5"),
        ("5 nominations", None, "5"),
        ("Won 1 BAFTA Film Award.", "1", None),
    ],
)
def test_awards(text: str, wins: str | None, nominations: str | None) -> None:
    found = {fact.fact_kind: fact.fact_text for fact in awards.read([Line(text)])}
    assert found.pop("awards") == text
    assert found.get("award_win_count") == wins
    assert found.get("award_nomination_count") == nominations


def test_a_prize_and_its_total_on_two_lines_count_once() -> None:
    told = [Line("Won 4 Oscars"), Line("42 wins & 52 nominations total")]
    found = {fact.fact_kind: fact.fact_text for fact in awards.read(told)}
    assert (found["award_win_count"], found["award_nomination_count"]) == ("42", "52")


@pytest.mark.parametrize("text", ["He won 4 Oscars", "Won over by 2", "4 winners", "1 win, or 2?"])
def test_what_is_no_line_of_awards(text: str) -> None:
    assert not awards.holds(text)


@pytest.mark.parametrize(
    ("text", "characters", "job", "episodes"),
    [
        ("Guard (voice) (uncredited)", ("Guard",), "voice, uncredited", (None, None, None)),
        ("Guard (Night Shift)", ("Guard (Night Shift)",), None, (None, None, None)),
        ("Mara / Mother (1 episode, 2007)", ("Mara", "Mother"), None, (1, 2007, 2007)),
        ("Mara (as Zoe Q.) (96 episodes, 2005-2013)", ("Mara",), "as Zoe Q.", (96, 2005, 2013)),
        ("Mara (3 episodes, 2019- )", ("Mara",), None, (3, 2019, None)),
        ("Himself - Guest (2 episodes, 2011-????)", ("Himself - Guest",), None, (2, 2011, None)),
        ("Mara \u2022 8 eps \u2022 2019", ("Mara",), None, (8, 2019, 2019)),
    ],
)
def test_roles(
    text: str, characters: tuple[str, ...], job: str | None, episodes: tuple[int | None, ...]
) -> None:
    (credit,) = cast.read([Line("Zoë Quist ..."), Line(text)], set())
    assert (credit.person_name, credit.characters, credit.job) == ("Zoë Quist", characters, job)
    assert (credit.episode_count, credit.first_year, credit.last_year) == episodes


@pytest.mark.parametrize(
    ("kind", "label", "text", "amount"),
    [
        (Kind.BUDGET, "budget", "CAD 12,000,000 (estimated)",
         Amount("budget", "unspecified", Decimal(12_000_000), "CAD", True)),
        (Kind.BUDGET, "budget", "\u20ac1,500,000",
         Amount("budget", "unspecified", Decimal(1_500_000), "EUR")),
        (Kind.OPENING, "opening weekend usa", "$1,234, 4 April 1999, Limited Release",
         Amount("opening_weekend", "domestic", Decimal(1_234), "USD", False, date(1999, 4, 4))),
        (Kind.GROSS, "gross", "$9,876 (Worldwide)",
         Amount("gross", "worldwide", Decimal(9_876), "USD")),
        (Kind.GROSS, "gross", "$9,876", Amount("gross", "unspecified", Decimal(9_876), "USD")),
        (Kind.GROSS, "cumulative worldwide gross", "$9,876, 2 May 2017",
         Amount("gross", "worldwide", Decimal(9_876), "USD", False, date(2017, 5, 2))),
        (Kind.GROSS, "gross us & canada", "$9,876",
         Amount("gross", "domestic", Decimal(9_876), "USD")),
    ],
)  # fmt: skip
def test_amounts(kind: Kind, label: str, text: str, amount: Amount) -> None:
    page = Page()
    boxoffice.read(Block(kind, label, [Line(text)]), page)
    assert (page.amounts, page.rejected_amounts) == ([amount], [])


@pytest.mark.parametrize("text", ["$0", "12,000,000", "\u00a40,000", "$5,000 (Non-USA)"])
def test_money_that_nobody_can_resolve_is_rejected_not_guessed(text: str) -> None:
    page = Page()
    boxoffice.read(Block(Kind.GROSS, "gross", [Line(text)]), page)
    assert page.amounts == []
    assert [one.text for one in page.rejected_amounts] == [text]


@pytest.mark.parametrize(
    ("text", "kind", "release"),
    [
        ("TV Series (2005\u20132013)", "tvSeries", None),
        ("TV Mini Series", "tvMiniSeries", None),
        ("Episode aired 12 May 2008", "tvEpisode", date(2008, 5, 12)),
        ("Episode aired May 12, 2008", "tvEpisode", date(2008, 5, 12)),
        ("Video game released 4 April 2016", "videoGame", date(2016, 4, 4)),
        ("TV Movie 3 June 2001", "tvMovie", date(2001, 6, 3)),
        ("Video diary of a diver", None, None),
    ],
)
def test_the_line_below_a_title_words_its_type(
    text: str, kind: str | None, release: date | None
) -> None:
    page = Page()
    head.read_more([Line(text)], page)
    assert page.title_type == kind
    assert [one.release_date for one in page.releases] == ([release] if release else [])


def test_names_that_a_capture_ran_together_come_apart() -> None:
    (line,) = [Line("Zoë QuistBo LeeEwan McGregor, Leonardo DiCaprio")]
    assert [one.name for one in people.read(line)] == [
        "Zoë Quist", "Bo Lee", "Ewan McGregor", "Leonardo DiCaprio",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9 December 1983 (USA) See more »", "9 December 1983 (USA)"),
        ("love | neighbor | See All (115) »", "love | neighbor"),
        ("Wait »»» ", "Wait »»» "),
        ("»»»", ""),
        ("See the sea", "See the sea"),
    ],
)
def test_where_a_line_leads_on_is_not_what_it_says(text: str, said: str) -> None:
    assert without_lead(text) == said


def test_a_release_that_another_states_with_its_country_is_one() -> None:
    page = Page()
    details.read_release([Line("12 May 2008"), Line("12 May 2008 (Iceland)")], page)
    assert [one.country_code for one in details.distinct(page.releases)] == ["IS"]
