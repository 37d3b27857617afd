"""What an entry of the catalogue is made of."""

from dataclasses import dataclass

# How a value is written in a dump, and its type in the lake. `forms.FORMS` reads each.
TYPES = {
    "text": "varchar",
    "whole": "integer",
    "long": "bigint",
    "year": "smallint",
    "flag": "boolean",
    "rating": "decimal(3, 1)",
    "half_stars": "decimal(3, 1)",
    "ten_stars": "decimal(3, 1)",
    "epoch": "timestamp",
    "title_number": "bigint",
    "title_id": "bigint",
    "person_id": "bigint",
    "title_ids": "bigint[]",
    "person_ids": "bigint[]",
    "comma_texts": "varchar[]",
    "stx_texts": "varchar[]",
    "json_texts": "varchar[]",
}
# Types of columns that a feed's own code makes: no dump writes them in a form of ours.
MADE = {
    "texts": "varchar[]",
    "date": "date",
    "instant": "timestamp",
    "amount": "decimal(18, 2)",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a lake table; `form` is a key of `TYPES` or of `MADE`."""

    name: str
    form: str
    required: bool = False

    @property
    def type(self) -> str:
        """Its SQL type in the lake."""
        return TYPES.get(self.form) or MADE[self.form]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the lake; `key` is unique among the loaded rows.

    `file` is the one dump it is read from, where a dump is a table.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    file: str = ""


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
    """A set of tables that land together.

    `location` is a URL or a folder; empty where a person must say which. `patterns` are names of
    the files that a folder of dumps is searched for, gzipped or not, and `trees` names of folders
    that land as one archive, because they hold a file for each record. `reject_budget` is the share
    of its records that may be rejected, 0-1; None leaves it to the settings.
    """

    name: str
    location: str
    cron: str
    cadence: str
    tables: tuple[Table, ...]
    sources: tuple[Source, ...]
    patterns: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()
    reject_budget: float | None = None

    def table(self, name: str) -> Table:
        """The table of that name; KeyError when the feed has none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)


def columns(text: str) -> tuple[Column, ...]:
    """Read `name:form` words; a trailing `!` marks a column that is never null."""
    words = ([*word.rstrip("!").split(":"), word.endswith("!")] for word in text.split())
    return tuple(Column(str(name), str(form), bool(required)) for name, form, required in words)
