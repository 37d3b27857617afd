"""How the title page sorts and words what the tables hold."""

from datetime import date, datetime
from typing import Any

import pytest

from dashboards import markup
from dashboards.views.title import (
    details,
    episodes,
    heat_map,
    identity,
    liked,
    money,
    people,
    reviews,
    sources,
)
from dashboards.views.title.story import Facts


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("133093", 133093),
        ("-54479560028020374", -54479560028020374),
        ("tt0133093", 133093),
        ("tt0133093/", 133093),
        ("0", 0),
        ("", None),
        ("tt", None),
        ("-tt5", None),
        ("tt-5", None),
        ("5; drop table x", None),
        ("1e5", None),
        ("٣", None),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", None),
        ("9" * 400, None),
    ],
)
def test_an_id_is_a_number_of_ours_or_imdbs(asked: str, number: int | None) -> None:
    assert identity.number(asked) == number


def test_a_card_of_a_page_is_sorted_into_its_parts() -> None:
    card = liked.told(
        "Rain of Stones (TV Movie 2019)\nDrama | Sci-Fi\n1 2 3 4 5 6 7 8 9 10 4.9/10 X\n"
        "Six people wait. See full summary »\nDirector: Ida Moss\nStars: A. Bee, C. Dee"
    )
    assert (card.name, card.rating) == ("Rain of Stones (TV Movie 2019)", "4.9")
    assert card.genres == ["Drama", "Sci-Fi"]
    assert card.outline == "Six people wait."
    assert (card.directors, card.stars) == (["Ida Moss"], ["A. Bee", "C. Dee"])


def test_a_card_without_its_name_begins_with_what_is_left() -> None:
    card = liked.told("Drama | Sci-Fi\n1 2 3 4 5 6 7 8 9 10 7/10 X\nA door. It opens.")
    assert (card.name, card.rating, card.genres) == (None, "7", ["Drama", "Sci-Fi"])
    assert card.outline == "A door. It opens."


def test_a_newer_card_is_a_rating_and_a_name() -> None:
    card = liked.told("8.8\nInheritance")
    assert (card.name, card.rating, card.genres, card.outline) == ("Inheritance", "8.8", [], None)


def test_no_line_of_a_card_is_lost() -> None:
    assert liked.told("A first line\nand: one more").outline == "A first line and: one more"
    assert liked.told(None) == liked.Told()


def test_a_title_is_liked_for_reasons() -> None:
    row = {"page_rank": 3, "support": 1200, "score": 0.456}
    assert liked.reasons(row, 8.0) == [
        "Number 3 of the list on IMDb's page of this title",
        "At least 1,200 users rated both 8 or more of 10; likeness 0.46 of 1",
    ]
    assert liked.reasons({"page_rank": None, "support": None, "score": None}, 8.0) == []


def credit(**given: Any) -> dict[str, Any]:
    return {
        "person_id": None,
        "person_name": None,
        "category": "actor",
        "job": None,
        "characters": None,
        "episode_count": None,
        "first_year": None,
        "last_year": None,
    } | given


def test_a_person_is_billed_once_with_all_roles() -> None:
    billed = people.billed(
        [
            credit(person_id=5, person_name="Ida", characters=["Eve"], episode_count=2),
            credit(characters=["A voice"]),
            credit(person_id=5, person_name="Ida", characters=["Eve", "Ann"], job="dancer"),
            credit(characters=["A voice"]),
        ]
    )
    assert [one.person_id for one in billed] == [5, None, None]
    assert billed[0].roles == ["Eve", "Ann", "dancer"]
    assert billed[0].episodes == ["2 episodes"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ""),
        ({"episode_count": 1, "first_year": 2007, "last_year": 2007}, "1 episode, 2007"),
        (
            {"episode_count": 1200, "first_year": 2007, "last_year": 2009},
            "1,200 episodes, 2007\N{EN DASH}2009",
        ),
        ({"first_year": 2007}, "2007"),
    ],
)
def test_episodes_of_a_credit(given: dict[str, int], said: str) -> None:
    assert people.episodes(credit(**given)) == said


@pytest.mark.parametrize(
    ("basis", "rate", "said"),
    [
        ("us_dollars", 1.0, ""),
        ("release_year", 1.07419, "1.0742 CAD a dollar, 2007"),
        ("year_before", 1.07419, "1.0742 CAD a dollar, 2007, the nearest year"),
        ("euro", 1.07419, "1.0742 CAD a dollar, 2007, by way of the euro"),
        ("no_rate", None, "no rate of that year or the next"),
        ("no_release_year", None, "year of release not known"),
        (None, None, ""),
    ],
)
def test_a_rate_of_exchange_says_what_it_rests_on(
    basis: str | None, rate: float | None, said: str
) -> None:
    row = {"fx_basis": basis, "fx_rate": rate, "fx_year": 2007, "currency_code": "CAD"}
    assert money.rate(row) == said


def test_a_short_review_is_open() -> None:
    assert reviews.parts("One.\n\n Two. \n\n\n\n") == (["One.", "Two."], [])
    assert reviews.parts("") == ([], [])


def test_a_long_review_is_folded_between_paragraphs() -> None:
    first, rest = "a " * 300, "b " * 400
    assert reviews.parts(f"{first}\n\n{rest}") == ([first.strip()], [rest.strip()])


@pytest.mark.parametrize("paragraph", ["word " * 1000, "x" * 5000])
def test_a_long_paragraph_is_parted_and_nothing_is_lost(paragraph: str) -> None:
    [opened], [folded] = reviews.parts(paragraph)
    assert len(opened) <= 902
    assert opened.endswith(" …")
    joined = opened.removesuffix(" …") + " " + folded.removeprefix("… ")
    assert joined.replace(" ", "") == paragraph.replace(" ", "")


def season(**given: int) -> dict[str, Any]:
    return {"episode_count": 10, "placed_count": 10, "last_number": 10} | given


def test_a_usual_series_has_a_cell_for_each_episode() -> None:
    assert heat_map.grid([season(), season(last_number=24)]) == heat_map.Grid(24, 1)


def test_a_long_run_shares_cells() -> None:
    grid = heat_map.grid([season(episode_count=10_900, last_number=10_900)])
    assert grid == heat_map.Grid(10_900, 500)


def test_a_date_for_a_number_does_not_take_all_room() -> None:
    assert heat_map.grid([season(last_number=20190401)]) == heat_map.Grid(70, 2)


def test_without_a_rated_episode_in_place_there_is_no_map() -> None:
    assert heat_map.grid([season(placed_count=0)]) is None
    assert heat_map.grid([]) is None


def test_a_season_is_listed_in_parts() -> None:
    assert episodes.offsets(50) == {"Episodes 1\N{EN DASH}50": 0}
    assert episodes.offsets(1101)["Episodes 1,101\N{EN DASH}1,101"] == 1100
    assert episodes.season_name({"season_number": None}) == "Season not stated"
    assert episodes.season_name({"season_number": 2001}) == "Season 2001"


def test_facts_of_an_unknown_kind_are_curiosities() -> None:
    told = Facts({"outline": ["a"], "color": ["Color"], "award_win_count": ["1,204"], "new": ["b"]})
    assert told.curiosities() == {"new": ["b"]}
    assert told.details() == {"color": ["Color"]}
    assert told.number("award_win_count") == 1204
    assert told.number("award_nomination_count") is None
    assert Facts({"award_win_count": ["²"]}).number("award_win_count") is None


def named(name: str, **given: Any) -> dict[str, Any]:
    return {
        "title_name": name,
        "region": None,
        "language": None,
        "name_types": None,
        "attributes": None,
    } | given


def test_a_name_is_shown_once_with_where_it_is_used() -> None:
    rows = [
        named("Regen", region="DE", name_types=["imdbDisplay"]),
        named("Rain", region="CA", language="fr", name_types=["dvd"], attributes=["short title"]),
        named("Regen", region="AT"),
        named("Regen"),
    ]
    assert details.names(rows) == [
        ("Regen", ["Germany", "Austria"]),
        ("Rain", ["Canada, French; dvd; short title"]),
    ]


def test_imdbs_own_id_is_one_of_the_ids() -> None:
    title = {"imdb_title_id": "tt0000005"}
    [imdb, other] = details.external_ids(title, [{"issuer": "new", "external_id": "javascript:x"}])
    assert imdb == ("IMDb", "tt0000005", "https://www.imdb.com/title/tt0000005/")
    assert other == ("new", "javascript:x", None)
    assert details.external_ids({"imdb_title_id": None}, []) == []


def test_a_source_is_as_new_as_its_publisher_says() -> None:
    moment = datetime(2026, 11, 25, 9, 6)  # noqa: DTZ001 -- as DuckDB gives a TIMESTAMP
    row = {"feed": "imdb", "last_modified_at": moment, "fetched_at": moment, "snapshot": "000001-x"}
    assert sources.as_of(row, []) == "published 2026-11-25 09:06 UTC; snapshot 000001-x"
    assert sources.as_of(row | {"last_modified_at": None}, []).startswith("fetched ")
    captured = {"captured_at": date(2014, 10, 22)}
    row["feed"] = "pages"
    assert sources.as_of(row, [captured]).startswith("captured 22 October 2014; ")
    assert sources.as_of(row, []).startswith("day of capture not stated; ")


def test_a_release_says_where_and_what_of_and_as_exactly_as_its_source() -> None:
    row = {
        "release_date": date(2007, 9, 1),
        "date_precision": "month",
        "country_code": None,
        "country_name": "<b>Mars</b>",
        "note": "premiere",
        "source": "page",
    }
    shown = markup.render(
        "title/details.html",
        title={"genres": None, "countries": None, "languages": None},
        facts=Facts({}),
        keywords=[],
        releases=[row],
        names=[],
        external_ids=[],
    )
    assert "September 2007, <bdi>&lt;b&gt;Mars&lt;/b&gt;</bdi> <bdi>(premiere)</bdi>" in shown
