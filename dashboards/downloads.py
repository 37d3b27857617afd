"""Downloads: an answer as CSV or Parquet, under the terms of the publishers it comes from."""

import io
from collections.abc import Sequence

import pyarrow
import pyarrow.csv
import pyarrow.parquet
import streamlit

from dashboards import markup
from dashboards.reader import Release
from warehouse.sandbox import spreadsheet


def offer(
    release: Release, answer: pyarrow.Table, name: str, tables: Sequence[str] | None = None
) -> None:
    """Offer an answer for download; where terms forbid passing it on, only for private use.

    `tables`: what it was made from, without schemas; the terms of the feeds behind them hold. None:
    it may be of any.
    """
    terms = release.rows("downloads/terms", tables=tuple(tables) if tables else None)
    forbidding = [source["publisher"] for source in terms if not source["may_redistribute"]]
    with streamlit.expander("Download"):
        markup.show("terms.html", terms=terms, forbidding=forbidding)
        is_private = bool(forbidding) and streamlit.checkbox(
            "I keep what I download to myself", key=f"private-{name}"
        )
        if forbidding and not is_private:
            return
        with streamlit.container(horizontal=True):
            streamlit.download_button(
                "CSV", lambda: csv(answer), f"{name}.csv", "text/csv", on_click="ignore"
            )
            streamlit.download_button(
                "Parquet",
                lambda: parquet(answer),
                f"{name}.parquet",
                "application/vnd.apache.parquet",
                on_click="ignore",
            )


def csv(answer: pyarrow.Table) -> bytes:
    """The answer as CSV for a spreadsheet, which takes none of its texts for a formula.

    Lists and structs are written as Python writes them: as text.
    """
    columns = [_flat(column) for column in answer.columns]
    guarded = spreadsheet.guarded(pyarrow.table(columns, names=answer.column_names))
    written = io.BytesIO()
    pyarrow.csv.write_csv(guarded, written)
    return written.getvalue()


def parquet(answer: pyarrow.Table) -> bytes:
    """The answer as Parquet, with its types."""
    written = io.BytesIO()
    pyarrow.parquet.write_table(answer, written, compression="zstd")
    return written.getvalue()


def _flat(column: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
    """What can only be written as text, as text."""
    if not pyarrow.types.is_nested(column.type):
        return column
    texts = [None if value is None else str(value) for value in column.to_pylist()]
    return pyarrow.chunked_array([pyarrow.array(texts, pyarrow.string())])
