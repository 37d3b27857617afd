"""Names that are told apart: of those that are equal, the second is `name (2)`."""

from collections.abc import Iterable

import pyarrow


def names(given: Iterable[str]) -> list[str]:
    """The same names in the same order, each once."""
    listed = list(given)
    taken, counts = set(listed), dict[str, int]()
    return [_unique(name, taken, counts) for name in listed]


def _unique(name: str, taken: set[str], counts: dict[str, int]) -> str:
    """The name where it comes first, then the next number that makes it another."""
    count = counts.get(name, 0) + 1
    unique = name
    while count > 1 and (unique := f"{name} ({count})") in taken:
        count += 1
    counts[name] = count
    taken.add(unique)
    return unique


def columns(rows: pyarrow.Table) -> pyarrow.Table:
    """The same rows, with columns that are told apart."""
    return rows.rename_columns(names(rows.column_names))
