"""The web app, as Streamlit runs it: `arthouse dashboards` says where the warehouse is.

Every page is shown the same way: the release that readers see now is resolved once, the page asks
nothing else, and what can go wrong becomes words that say what to do.
"""

import logging
from collections.abc import Callable
from functools import partial

import duckdb
import streamlit

from dashboards import banner, markup, navigation, reader
from dashboards.reader import Release
from warehouse.connect import NotPublishedError

_log = logging.getLogger(__name__)


def main() -> None:
    """Show the page that the address names."""
    streamlit.set_page_config(page_title="arthouse", page_icon="🎬", layout="wide")
    streamlit.html(markup.STYLE)
    pages = [
        streamlit.Page(
            partial(_show, page.show),
            title=page.title,
            url_path=page.url_path,
            default=page.url_path == "",
            visibility="visible" if page.is_listed else "hidden",
        )
        for page in navigation.PAGES
    ]
    streamlit.navigation(pages, position="top").run()


def _show(page: Callable[[Release], None]) -> None:
    try:
        release = reader.current()
        banner.show(release)
        page(release)
    except NotPublishedError as error:
        markup.show("problem.html", heading="Nothing is published yet", detail=str(error))
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


main()
