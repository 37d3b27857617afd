"""Person: a career, its best works, whom it was shared with, and every credit by its kind."""

import re

import streamlit

from dashboards import display, links, markup, table
from dashboards.reader import Release, Row
from dashboards.views.person import career, filmography

_COLLABORATORS = 12
_LARGEST_ID = 2**63 - 1


def show(release: Release) -> None:
    """The person that the address names by our id, or by IMDb's."""
    given = streamlit.query_params.get("id", "")
    person_id = identified(given)
    person = None if person_id is None else release.row("person/heading", person_id=person_id)
    if person is None:
        markup.show("person/unknown.html", given=given)
        return
    works = release.rows("person/works", person_id=person_id)
    markup.show("person/heading.html", person=person, name=named(person), works=_counted(works))
    _show_highlights(release, person)
    career.show(works)
    _show_collaborators(release, person)
    filmography.show(works)
    markup.show("person/origin.html", person=person, credits=_counted(works))


def identified(given: str) -> int | None:
    """Our id of a person: a whole number, or what follows `nm` in IMDb's. None if it is neither."""
    if not re.fullmatch(r"(nm|-?)[0-9]{1,19}", given, re.ASCII):
        return None
    person_id = int(given.removeprefix("nm"))
    return person_id if abs(person_id) <= _LARGEST_ID else None


def named(person: Row) -> str:
    """What a person is called; whom no feed describes, by their id."""
    if person["person_name"]:
        return str(person["person_name"])
    return f"Person {person['imdb_person_id'] or person['person_id']}"


def _counted(works: list[Row]) -> dict[str, int]:
    """How many credits there are, on how many works, and where they come from."""
    return {
        "credit_count": sum(work["credit_count"] for work in works),
        "work_count": len({work["work_id"] for work in works}),
        "page_credit_count": sum(work["page_credit_count"] for work in works),
        "crew_credit_count": sum(work["crew_credit_count"] for work in works),
    }


def _show_highlights(release: Release, person: Row) -> None:
    titles = release.rows("person/highlights", person_id=person["person_id"])
    if titles:
        markup.show("person/highlights.html", titles=titles)


def _show_collaborators(release: Release, person: Row) -> None:
    streamlit.header("Frequent collaborators", anchor=False)
    table.show(
        release.rows(
            "person/collaborators", person_id=person["person_id"], row_limit=_COLLABORATORS
        ),
        [
            table.Column("Person", named, href=lambda row: links.person(row["person_id"])),
            table.Column("Mostly as", lambda row: display.category(row["category"])),
            table.Column(
                "Works together", lambda row: display.number(row["work_count"]), is_number=True
            ),
            table.Column(
                "Titles, with episodes",
                lambda row: display.number(row["title_count"]),
                is_number=True,
            ),
            table.Column("Their best", _best, href=_best_address, is_long=True),
            table.Column("Rating", lambda row: display.rating(row["best_rating"]), is_number=True),
        ],
        caption="Who is credited on most of the same works. A series counts as one work; each of "
        "its episodes counts as a title. Their best is by weighted rating.",
        empty="Nobody is credited with this person on more than one title.",
    )


def _best(row: Row) -> str:
    if row["best_title_id"] is None:
        return "none rated"
    year = f" ({row['best_year']})" if row["best_year"] else ""
    return f"{row['best_title']}{year}"


def _best_address(row: Row) -> str | None:
    return None if row["best_title_id"] is None else links.title(row["best_title_id"])
