"""What people who liked a title also liked, with why each is here."""

import re
from dataclasses import dataclass, field

from dashboards import display, markup
from dashboards.reader import Release, Row

# `1 2 … 10 4.9/10 X` is what is left of the stars to click on; newer pages write `8.8`.
_STARS = re.compile(r"(?:\d+ )*(\d{1,2}(?:\.\d)?)/10(?: X)?")
_BARE_RATING = re.compile(r"\d{1,2}\.\d")
_HEADING = re.compile(r".+ \([^()]*\d{4}[^()]*\)")
_GENRES = re.compile(r"[A-Z][\w-]+(?: [A-Z][\w-]+)?(?: \| [A-Z][\w-]+(?: [A-Z][\w-]+)?)*")
_PEOPLE = re.compile(r"(Director|Star)s?: (.+)")
_MORE = re.compile(r"\s*See full summary\s*»?$")


@dataclass(slots=True)
class Told:
    """What a page's text says of a title that it lists."""

    name: str | None = None
    rating: str | None = None
    genres: list[str] = field(default_factory=list)
    outline: str | None = None
    directors: list[str] = field(default_factory=list)
    stars: list[str] = field(default_factory=list)


def told(text: str | None) -> Told:
    """Sort the lines of a page's card; a line that is nothing else is of the outline."""
    card = Told()
    for line in filter(None, map(str.strip, (text or "").splitlines())):
        _add(card, line)
    return card


def _add(card: Told, line: str) -> None:
    if stars := _STARS.fullmatch(line):
        card.rating = stars[1]
    elif _BARE_RATING.fullmatch(line):
        card.rating = line
    elif people := _PEOPLE.fullmatch(line):
        named = people[2].split(", ")
        if people[1] == "Director":
            card.directors = named
        else:
            card.stars = named
    elif _is_name(card, line):
        card.name = line
    elif _GENRES.fullmatch(line) and not card.genres and not card.outline:
        card.genres = line.split(" | ")
    else:
        card.outline = _MORE.sub("", " ".join(filter(None, (card.outline, line))))


def _is_name(card: Told, line: str) -> bool:
    """A card begins with its name and year, or with its rating and then its name."""
    is_first = not (card.name or card.genres or card.outline or card.directors or card.stars)
    return is_first and bool(card.rating or _HEADING.fullmatch(line))


def reasons(row: Row, min_rating: float | None) -> list[str]:
    """Why a title is here, in words."""
    given = []
    if row["page_rank"] is not None:
        given.append(f"Number {row['page_rank']} of the list on IMDb's page of this title")
    if row["support"] is not None:
        users = "1 user" if row["support"] == 1 else f"{row['support']:,} users"
        liked = (
            f"rated both {display.number(min_rating)} or more of 10" if min_rating else "liked both"
        )
        # Of users with very many likes a sample counts.
        given.append(f"At least {users} {liked}; likeness {row['score']:.2f} of 1")
    return given


def show(release: Release, title: Row) -> None:
    """A card for each title, the page's own list first."""
    rows = release.rows("title/also_liked", title_id=title["title_id"])
    markup.show(
        "title/liked.html",
        cards=[
            (row, told(row["liked_text"]), reasons(row, title["min_liked_rating"])) for row in rows
        ],
        is_rated=any(row["support"] is not None for row in rows),
    )
