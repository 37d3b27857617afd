"""Rows as a grid: text is only text in it, and a number is written as it is."""

import pyarrow
import pyarrow.compute
import streamlit
from pyarrow import types

# Browsers count in doubles: beyond it, a key would be shown as its neighbour.
_EXACT = 2**53


def show(rows: pyarrow.Table) -> None:
    """Put the rows on the page.

    Numbers have no format of their own: without one the grid writes years and keys as they are,
    while its plain one writes 2021 as 2021.0000000000002.
    """
    shown = readable(rows)
    texts = [field.name for field in shown.schema if types.is_string(field.type)]
    streamlit.dataframe(
        shown,
        hide_index=True,
        column_config={name: streamlit.column_config.TextColumn() for name in texts},
        placeholder="NULL",
        alt=f"The answer: {rows.num_rows} rows of {', '.join(rows.column_names[:10])}",
    )


def readable(rows: pyarrow.Table) -> pyarrow.Table:
    """The same rows; whole numbers that a browser does not know exactly are text."""
    for place, field in enumerate(rows.schema):
        if types.is_integer(field.type) and not _is_exact(rows.column(place)):
            rows = rows.set_column(place, field.name, rows.column(place).cast(pyarrow.string()))
    return rows


def _is_exact(column: pyarrow.ChunkedArray) -> bool:
    bounds = pyarrow.compute.min_max(column).as_py()
    return all(bound is None or abs(bound) <= _EXACT for bound in bounds.values())
