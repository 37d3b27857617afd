r"""Dialects: how a separated text marks its fields, its nulls and its records.

IMDb's dumps are TSV without any quoting. Most others are CSV as RFC 4180 has it: a field in quotes
may hold delimiters, line ends, and quotes that are doubled; a quote stands nowhere else.
"""

import csv
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    r"""One way of writing tables as text.

    `null` is the spelling of no value. `quote` is empty where nothing is ever quoted. With
    `is_by_name`, columns are found by their names in the header, in whatever order they stand.
    """

    delimiter: str
    null: str
    quote: str = ""
    has_header: bool = True
    is_by_name: bool = False

    def __post_init__(self) -> None:
        """ValueError where no reader would agree on the fields."""
        if not 1 <= len(self.delimiter.encode()) <= 4:
            raise ValueError(f"a delimiter has one to four bytes, unlike {self.delimiter!r}")
        if self.quote and len((self.delimiter + self.quote).encode()) > 2:
            raise ValueError("quotes go with a delimiter of one byte")

    def names(self, header: str) -> list[str] | None:
        """The names in a header line; None when its quotes do not match."""
        line = header.removesuffix("\r")
        if not self.quote:
            return line.split(self.delimiter)
        try:
            rows = list(
                csv.reader([line], delimiter=self.delimiter, quotechar=self.quote, strict=True)
            )
        except csv.Error:
            return None
        return rows[0] if rows else [""]


TSV = Dialect("\t", r"\N")
CSV = Dialect(",", "", quote='"', is_by_name=True)
# MovieLens before 2013, and MovieTweetings to this day.
COLONS = Dialect("::", "", has_header=False)
