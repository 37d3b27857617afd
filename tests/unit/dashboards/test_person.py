"""A person's page, without a warehouse: ids, charts, and the order and columns of credits."""

from typing import Any

import pytest

from dashboards.views import person
from dashboards.views.person import career, filmography

Row = dict[str, Any]


def work(work_id: int, category: str = "actor", **given: object) -> Row:
    return {
        "work_id": work_id,
        "category": category,
        "credit_count": 1,
        "episode_count": None,
        "first_year": 2001,
        "last_year": 2001,
        "years": [2001],
        "characters": None,
        "job": None,
        "page_credit_count": 0,
        "crew_credit_count": 0,
        "title_type": "movie",
        "primary_title": f"Work {work_id}",
        "rating_average": None,
        "vote_count": None,
    } | given


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("428", 428),
        ("-1088392789758877870", -1088392789758877870),
        ("nm0000428", 428),
        ("nm12345678", 12345678),
        ("", None),
        ("nm", None),
        ("tt0000428", None),
        ("nm-5", None),
        ("1e3", None),
        (" 5", None),
        ("5\n", None),
        ("\N{ARABIC-INDIC DIGIT FIVE}", None),
        ("9" * 19, None),
        ("9" * 5000, None),
    ],
)
def test_a_person_is_named_by_our_number_or_by_imdbs(given: str, expected: int | None) -> None:
    assert person.identified(given) == expected


def test_whom_no_feed_describes_is_called_by_the_id() -> None:
    nobody = {"person_id": 7, "imdb_person_id": "nm0000007", "person_name": None}
    assert person.named(nobody) == "Person nm0000007"
    assert person.named(nobody | {"imdb_person_id": None, "person_id": -7}) == "Person -7"


def test_a_year_has_a_bar_of_each_kind_on_top_of_the_one_before() -> None:
    works = [
        work(1, "director"),
        work(1, "writer"),
        work(2, "writer", years=[2001, 2003]),
        work(3, "gaffer", years=[]),
    ]
    bars = [(bar["year"], bar["kind"], bar["base"], bar["top"]) for bar in career.yearly(works)]
    assert bars == [
        (2001, "Directing", 0, 1),
        (2001, "Writing", 1, 3),
        (2003, "Writing", 0, 1),
    ]


def test_two_credits_of_one_kind_are_one_work() -> None:
    [bar] = career.yearly([work(1, "cinematographer"), work(1, "editor")])
    assert (bar["kind"], bar["count"]) == ("Camera and editing", 1)


def test_a_bar_names_its_most_voted_works_and_counts_the_rest() -> None:
    [bar] = career.yearly([work(number, vote_count=number) for number in range(1, 7)])
    assert bar["titles"] == "Work 6, Work 5, Work 4, Work 3 and 2 more"


def test_a_rated_work_is_one_point_for_all_that_was_done_on_it() -> None:
    works = [
        work(1, "writer", rating_average=8.1, vote_count=10, first_year=2004),
        work(1, "director", rating_average=8.1, vote_count=10),
        work(2, rating_average=5.0, vote_count=90),
        work(3),
        work(4, rating_average=5.0, vote_count=9, first_year=None),
    ]
    points = [(p["title"], p["year"], p["kind"], p["kinds"]) for p in career.rated_works(works)]
    assert points == [
        ("Work 2", 2001, "Acting", "Acting"),
        ("Work 1", 2001, "Directing", "Directing, Writing"),
    ]


def test_every_kind_of_work_has_a_colour_of_its_own() -> None:
    categories = ("actor", "self", "composer", "editor", "archive_sound", "never_heard_of")
    assert {career.kind(category) for category in categories} <= set(career.ORDER)
    assert len(set(career.ORDER)) == len(career.ORDER) <= 8


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest first", [2, 1, 3]),
        ("oldest first", [1, 2, 3]),
        ("best rated", [1, 2, 3]),
        ("most votes", [2, 1, 3]),
        ("most episodes", [2, 1, 3]),
    ],
)
def test_what_is_unknown_is_last_in_every_order(order: str, expected: list[int]) -> None:
    works = [
        work(3, first_year=None, last_year=None),
        work(1, rating_average=9.0, vote_count=10),
        work(
            2, first_year=2005, last_year=2009, rating_average=8.0, vote_count=50, episode_count=4
        ),
    ]
    ordered = sorted(works, key=filmography.ORDERS[order])
    assert [one["work_id"] for one in ordered] == expected


def test_columns_that_would_be_empty_are_left_out() -> None:
    plain = [column.heading for column in filmography.columns([work(1)])]
    assert plain == ["Years", "Title", "Type", "Rating", "Votes"]
    told = work(1, characters=["The Cellist"], episode_count=3, job="second unit")
    assert [column.heading for column in filmography.columns([told])][3:6] == [
        "As",
        "Job",
        "Episodes",
    ]


def test_a_job_that_repeats_the_kind_of_credit_is_not_said_again() -> None:
    headings = [
        column.heading for column in filmography.columns([work(1, "director", job="Director")])
    ]
    assert "Job" not in headings
