"""Names that are told apart: of those that are equal, the second is `name (2)`."""

from collections.abc import Iterable

import pyarrow


def names(given: Iterable[str]) -> list[str]:
    """The same names in the same order, each once."""
    listed = list(given)
    taken, made = set(listed), list[str]()
    for name in listed:
        unique, count = name, 1
        while unique in made or (count > 1 and unique in taken):
            count += 1
            unique = f"{name} ({count})"
        made.append(unique)
    return made


def columns(rows: pyarrow.Table) -> pyarrow.Table:
    """The same rows, with columns that are told apart."""
    return rows.rename_columns(names(rows.column_names))
