"""How every page is shown: on one release, under its banner, and with words for what goes wrong."""

import logging

import duckdb

from dashboards import banner, markup, reader
from dashboards.navigation import Page
from warehouse.connect import NotPublishedError

_log = logging.getLogger(__name__)


def show(page: Page) -> None:
    """Resolve the release that readers see now, once, and let the page ask nothing else."""
    try:
        release = reader.current()
        banner.show(release)
        page.show(release)
    except NotPublishedError as error:
        banner.wait()
        markup.show("problem.html", heading="Nothing is published yet", detail=str(error))
        if page.show_unpublished:
            page.show_unpublished()
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
