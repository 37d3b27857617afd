"""What went wrong, in words that say what to do: on a page, or in a part that renews itself."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from dashboards import markup

_log = logging.getLogger(__name__)


@contextmanager
def told() -> Iterator[None]:
    """Tell what DuckDB refuses in the block; the log has the rest."""
    try:
        yield
    except duckdb.CatalogException as error:
        _log.exception("the release lacks a table")
        markup.show(
            "problem.html",
            heading="This release was built by another version of arthouse",
            detail=f"`arthouse build` makes one for this version. {_first_line(error)}",
        )
    except duckdb.Error as error:
        _log.exception("a question failed")
        markup.show(
            "problem.html",
            heading="The warehouse did not answer",
            detail=f"Reload the page; `arthouse status` says more. {_first_line(error)}",
        )


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
