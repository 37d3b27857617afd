"""Home, without a warehouse: how what was found is laid out, and what the lists say."""

import pytest

from dashboards import markup
from dashboards.search import Hit
from dashboards.views.home import found, overview, shortlist


def title(name: str = "A", **given: object) -> Hit:
    values: dict[str, object] = {
        "title_id": 5,
        "person_id": None,
        "name": name,
        "matched_name": None,
        "title_type": "movie",
        "year": 1999,
        "vote_count": 1234,
        "rating_average": 7.25,
        "known_for": None,
        "score": 1.0,
    }
    return Hit(**(values | given))  # type: ignore[arg-type]  # each by its name


def person(name: str = "B", **given: object) -> Hit:
    return title(name, **({"title_id": None, "person_id": -7, "title_type": None} | given))


def results(*hits: Hit) -> str:
    return markup.render("home/results.html", text="sought", groups=found.groups(hits))


def test_the_group_of_the_best_hit_is_first_and_none_is_empty() -> None:
    def headings(*hits: Hit) -> list[str]:
        return [group.heading for group in found.groups(hits)]

    assert headings(title("A"), person("B"), title("C")) == ["Titles", "People"]
    assert headings(person("B"), title("A")) == ["People", "Titles"]
    assert headings(person("B")) == ["People"]
    assert headings() == []


def test_a_title_says_its_type_year_rating_and_the_name_that_matched() -> None:
    shown = results(title("The Hare", matched_name="Der Hase"))
    assert 'href="title?id=5"' in shown
    assert "Film · 1999" in shown
    assert "1.2k votes" in shown
    assert "also known as <bdi>Der Hase</bdi>" in shown


def test_what_is_unknown_of_a_title_is_not_shown_as_zero() -> None:
    shown = results(title("The Hare", year=None, rating_average=None, vote_count=None))
    assert "not rated" in shown
    assert "0" not in shown
    assert "None" not in shown


def test_a_person_says_what_they_are_known_for() -> None:
    shown = results(person("Ada Quill", known_for="The Hare", year=None, rating_average=None))
    assert 'href="person?id=-7"' in shown
    assert "known for <bdi>The Hare</bdi>" in shown
    assert "born" not in shown


@pytest.mark.parametrize("field", ["name", "matched_name", "known_for"])
def test_names_are_text_whatever_they_hold(field: str) -> None:
    hostile = '"><script>alert(1)</script><a href="javascript:x">'
    for hit in (title(**{field: hostile}), person(**{field: hostile})):
        shown = results(hit)
        assert "<script" not in shown
        assert 'href="javascript' not in shown
        assert "&lt;script&gt;" in shown


def test_a_feed_that_did_not_change_is_not_said_to_have_passed() -> None:
    unchanged = {"check_count": None, "passed_count": None, "refused_count": None}
    assert overview.gate(unchanged) == "unchanged, not judged again"
    refused = {"check_count": 8, "passed_count": 7, "refused_count": 1}
    assert overview.gate(refused) == "refused by 1 of 8 checks"
    passed = {"check_count": 8, "passed_count": 8, "refused_count": 0}
    assert overview.gate(passed) == "8 of 8 passed"


def test_a_title_without_a_year_is_named_by_its_type_only() -> None:
    row = {"title_type": "tvSeries", "release_year": None}
    assert shortlist.type_and_year(row) == "TV series"
    assert shortlist.type_and_year(row | {"release_year": 2008}) == "TV series · 2008"
