"""The published sample that pages and their questions are tried on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.reader import Release
from tests.arthouse import Arthouse
from warehouse import connect


@pytest.fixture(scope="session")
def published(sample_night: Arthouse) -> Path:
    """The home of a published sample of all feeds; nobody changes it."""
    return sample_night.home


@pytest.fixture
def release(published: Path) -> Release:
    """Its release, as a page is given it."""
    return Release(connect.published(published))


@pytest.fixture
def opened(published: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page by its address, `opened("title", id="5")`, and run it."""
    monkeypatch.setenv("ARTHOUSE_HOME", str(published))

    def run(url_path: str = "", **parameters: str) -> AppTest:
        app = AppTest.from_function(_page, default_timeout=30, kwargs={"url_path": url_path})
        app.query_params.update(parameters)
        return app.run()

    return run


def _page(url_path: str) -> None:
    # Streamlit runs these lines alone, as a script.
    from dashboards import frame, navigation

    [page] = [one for one in navigation.PAGES if one.url_path == url_path]
    frame.show(page)
