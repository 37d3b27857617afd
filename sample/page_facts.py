"""What invented title pages say: titles and people of the sample dumps, and words of our own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from sample import words

# How each layout names a country: pages said "USA" and "UK" until 2020.
COUNTRIES = (
    ("US", "USA", "United States"),
    ("CA", "Canada", "Canada"),
    ("FR", "France", "France"),
    ("DE", "Germany", "Germany"),
    ("GB", "UK", "United Kingdom"),
    ("JP", "Japan", "Japan"),
)
# An amount of each country as pages up to 2020 write it, and since.
MONEY = {
    "US": ("$", "$"),
    "CA": ("CAD ", "CA$"),
    "FR": ("EUR ", "\u20ac"),
    "DE": ("EUR ", "\u20ac"),
    "GB": ("GBP ", "\u00a3"),
    "JP": ("JPY ", "\u00a5"),
}
_CERTIFICATES = ("G", "PG", "PG-13", "R", "Not Rated")
_OUTLINES = (
    "A {noun} that nobody ordered comes to {place}, and a {adjective} stranger to fetch it.",
    "Two sisters inherit a {adjective} {noun} and have until winter to learn what it is for.",
    "The keeper of the last {noun} in {place} takes a pupil who is afraid of the dark.",
    "When the {noun} of {place} falls silent, its {adjective} owner walks home to ask why.",
)
_STORIES = (
    "The people of {place} have always left the {noun} alone.",
    "Then a {adjective} letter comes, and with it somebody who can read it.",
    "What follows is one long night, three lies and a {noun} at the bottom of the river.",
)
_REVIEWS = (
    "I had forgotten how much a {noun} can say when everybody else is quiet.",
    "The middle is too long by a reel, and {place} was never that {adjective}.",
    "Go for the {noun}; stay for the silence after it.",
)


# Nobody reviewed an old film on the site before there was one.
_SITE_OPENED = date(1996, 1, 1)


@dataclass(frozen=True, slots=True)
class Person:
    """One of the title's principals in the sample dumps."""

    nconst: str
    name: str
    category: str
    characters: Sequence[str]


@dataclass(frozen=True, slots=True)
class Subject:
    """A title of the dumps, and what is invented about it for its page.

    `country`: ISO code, its name until 2020, and since. `budget` is in the country's own money,
    `gross` in dollars.
    """

    tconst: str
    title: str
    title_type: str
    year: int
    end_year: int | None
    minutes: int | None
    genres: Sequence[str]
    rating: str
    votes: int
    alias: str | None
    people: Sequence[Person]
    country: tuple[str, str, str]
    released: date
    certificate: str
    budget: int
    gross: int
    keywords: Sequence[str]
    outline: str
    storyline: str
    author: str
    tagline: str
    location: str
    company: str
    headline: str
    review: Sequence[str]
    reviewer: str
    reviewed: date
    stars: int
    helpful: tuple[int, int]
    wins: int
    nominations: int

    @property
    def directors(self) -> list[Person]:
        return [one for one in self.people if one.category == "director"]

    @property
    def writers(self) -> list[Person]:
        return [one for one in self.people if one.category == "writer"]

    @property
    def cast(self) -> list[Person]:
        return [one for one in self.people if one.category in ("actor", "actress")]


_TITLES = """
    with people as (
        select tconst, count(*) filter (category in ('actor', 'actress')) as players
        from principals group by tconst
    ),
    aliases as (
        select titleId, first(title order by cast(ordering as integer)) as alias
        from akas inner join basics on titleId = tconst
        where title != primaryTitle and title != originalTitle and region is not null
        group by titleId
    )
    select
        tconst, primaryTitle, titleType, startYear::integer, endYear::integer,
        runtimeMinutes::integer, genres, averageRating, numVotes::integer, alias
    from basics
    inner join ratings using (tconst)
    inner join people using (tconst)
    left join aliases on titleId = tconst
    where
        titleType in ('movie', 'tvMiniSeries') and startYear is not null and genres is not null
        and players >= 3
    qualify row_number() over (partition by titleType order by numVotes::integer desc, tconst) <= $1
    order by titleType, numVotes::integer desc, tconst
"""
_PEOPLE = """
    select nconst, primaryName, category, characters
    from principals inner join names using (nconst)
    where tconst = $1 and category in ('actor', 'actress', 'director', 'writer')
        and primaryName is not null
    order by ordering::integer
"""


def _view(connection: duckdb.DuckDBPyConnection, view: str, path: Path) -> None:
    """Make a dump a view of texts; lines that were planted for the loader to refuse are no rows."""
    lines = f"""
        from read_csv('{path}', columns = {{'line': 'varchar'}}, delim = '\x1f', quote = '',
            escape = '', header = false, auto_detect = false)
    """
    [(header,)] = connection.execute(f"select line {lines} limit 1").fetchall()
    names = str(header).split("\t")
    fields = ", ".join(
        rf"nullif(fields[{place}], '\N') as {name}" for place, name in enumerate(names, 1)
    )
    connection.execute(
        f"""
        create view {view} as select {fields}
        from (select string_split(line, chr(9)) as fields, line {lines})
        where len(fields) = {len(names)} and line <> '{header}'
        """
    )


def subjects(imdb: Path, dice: Random, count: int) -> list[Subject]:
    """Up to `count` films and as many mini series, the best known first."""
    with duckdb.connect() as connection:
        for view, table in (
            ("basics", "title.basics"), ("ratings", "title.ratings"), ("akas", "title.akas"),
            ("principals", "title.principals"), ("names", "name.basics"),
        ):  # fmt: skip
            path = imdb / f"{table}.tsv"
            _view(connection, view, path if path.exists() else imdb / f"{table}.tsv.gz")
        titles = connection.execute(_TITLES, [count]).fetchall()
        return [
            _subject(title, connection.execute(_PEOPLE, [title[0]]).fetchall(), dice)
            for title in titles
        ]


def _subject(
    title: tuple[Any, ...], people: Sequence[tuple[str, str, str, str | None]], dice: Random
) -> Subject:
    lists = words.variables()

    def text(sentence: str) -> str:
        drawn = {name: str(dice.choice(lists[f"{name}s"])) for name in ("noun", "adjective")}
        said = {name: word.lower() for name, word in drawn.items()}
        return sentence.format(**said, place=dice.choice(lists["places"]))

    # Whatever is captured the year after has been released and reviewed.
    released = date(title[3], 1, 1) + timedelta(dice.randrange(300))
    helpful = dice.randrange(1, 60)
    tconst, name, title_type, year, end_year, minutes, genres, rating, votes, alias = title
    return Subject(
        tconst=tconst,
        title=name,
        title_type=title_type,
        year=year,
        end_year=end_year,
        minutes=minutes,
        genres=genres.split(","),
        rating=rating,
        votes=votes,
        alias=alias,
        people=[Person(*one[:3], json.loads(one[3] or "[]")) for one in people],
        country=dice.choice(COUNTRIES),
        released=released,
        certificate=dice.choice(_CERTIFICATES),
        budget=dice.randrange(2, 900) * 50_000,
        gross=dice.randrange(100_000, 90_000_000),
        keywords=dice.sample([str(word).lower() for word in lists["nouns"]], 4),
        outline=text(dice.choice(_OUTLINES)),
        storyline=" ".join(text(sentence) for sentence in _STORIES),
        author=f"{dice.choice(lists['women'])} {dice.choice(lists['places'])}",
        tagline=text("Every {noun} has its price."),
        location=f"{dice.choice(lists['places'])}, {dice.choice(lists['places'])}",
        company=f"{dice.choice(lists['adjectives'])} {dice.choice(lists['nouns'])} Pictures",
        headline=text("Rather {adjective}, never {adjective}"),
        review=[text(sentence) for sentence in _REVIEWS],
        reviewer=f"{dice.choice(lists['nouns'])}{dice.randrange(10, 99)}".lower(),
        reviewed=max(released, _SITE_OPENED) + timedelta(1 + dice.randrange(60)),
        stars=dice.randrange(1, 11),
        helpful=(helpful, helpful + dice.randrange(20)),
        wins=dice.randrange(1, 9),
        nominations=dice.randrange(2, 9),
    )
