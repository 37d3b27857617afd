"""Feeds and sources: what can be ingested, in which shape, how often and on which terms.

Standard library only: DAG files import it each time Airflow parses them.
"""

from dataclasses import dataclass

# How a value is written in a dump, and its type in the lake. `forms.FORMS` reads each.
TYPES = {
    "text": "varchar",
    "whole": "integer",
    "year": "smallint",
    "flag": "boolean",
    "rating": "decimal(3, 1)",
    "title_id": "bigint",
    "person_id": "bigint",
    "title_ids": "bigint[]",
    "person_ids": "bigint[]",
    "comma_texts": "varchar[]",
    "stx_texts": "varchar[]",
    "json_texts": "varchar[]",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a dump; `form` is a key of `TYPES`."""

    name: str
    form: str
    required: bool = False

    @property
    def type(self) -> str:
        """Its SQL type in the lake."""
        return TYPES[self.form]


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a feed and the table it becomes; `key` is unique among the loaded rows."""

    name: str
    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher and its terms, in our words; `attribution` is the text it asks for."""

    name: str
    publisher: str
    url: str
    licence: str
    attribution: str
    may_redistribute: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A set of tables that land together. `location` is a URL prefix or a folder."""

    name: str
    location: str
    cron: str
    cadence: str
    tables: tuple[Table, ...]
    sources: tuple[Source, ...]

    def table(self, name: str) -> Table:
        """The table of that name; KeyError when the feed has none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)


def _columns(text: str) -> tuple[Column, ...]:
    """Read `name:form` words; a trailing `!` marks a column that is never null."""
    words = ([*word.rstrip("!").split(":"), word.endswith("!")] for word in text.split())
    return tuple(Column(str(name), str(form), bool(required)) for name, form, required in words)


IMDB = Feed(
    name="imdb",
    location="https://datasets.imdbws.com/",
    cron="30 4 * * *",
    cadence="daily; IMDb replaces each file in place and keeps no older one",
    tables=(
        Table(
            name="title_principals",
            file="title.principals.tsv",
            columns=_columns(
                "tconst:title_id! ordering:whole! nconst:person_id! category:text job:text "
                "characters:json_texts"
            ),
            key=("tconst", "ordering"),
        ),
        Table(
            name="title_akas",
            file="title.akas.tsv",
            columns=_columns(
                "titleId:title_id! ordering:whole! title:text region:text language:text "
                "types:stx_texts attributes:stx_texts isOriginalTitle:flag"
            ),
            key=("titleId", "ordering"),
        ),
        Table(
            name="title_basics",
            file="title.basics.tsv",
            columns=_columns(
                "tconst:title_id! titleType:text primaryTitle:text originalTitle:text "
                "isAdult:flag startYear:year endYear:year runtimeMinutes:whole "
                "genres:comma_texts"
            ),
            key=("tconst",),
        ),
        Table(
            name="name_basics",
            file="name.basics.tsv",
            columns=_columns(
                "nconst:person_id! primaryName:text birthYear:year deathYear:year "
                "primaryProfession:comma_texts knownForTitles:title_ids"
            ),
            key=("nconst",),
        ),
        Table(
            name="title_crew",
            file="title.crew.tsv",
            columns=_columns("tconst:title_id! directors:person_ids writers:person_ids"),
            key=("tconst",),
        ),
        Table(
            name="title_episode",
            file="title.episode.tsv",
            columns=_columns(
                "tconst:title_id! parentTconst:title_id! seasonNumber:whole episodeNumber:whole"
            ),
            key=("tconst",),
        ),
        Table(
            name="title_ratings",
            file="title.ratings.tsv",
            columns=_columns("tconst:title_id! averageRating:rating! numVotes:whole!"),
            key=("tconst",),
        ),
    ),
    sources=(
        Source(
            name="imdb",
            publisher="IMDb",
            url="https://developer.imdb.com/non-commercial-datasets/",
            licence="IMDb non-commercial terms: personal use only, no republishing",
            attribution=(
                "Information courtesy of IMDb (https://www.imdb.com). Used with permission."
            ),
            may_redistribute=False,
        ),
    ),
)

FEEDS: dict[str, Feed] = {feed.name: feed for feed in (IMDB,)}
