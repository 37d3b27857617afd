"""Every page, as wide as a desk's screen and as narrow as a telephone's, light and dark."""

import pytest
from playwright.sync_api import Browser

from dashboards import navigation
from tests.browser.conftest import settle, watched


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize("url_path", [page.url_path for page in navigation.PAGES])
def test_a_page_fits_its_screen_and_says_no_error(
    chromium: Browser, site: str, addresses: dict[str, str], url_path: str, width: int, scheme: str
) -> None:
    with watched(chromium, width=width, scheme=scheme) as page:
        page.goto(f"{site}/{addresses[url_path]}")
        settle(page)
        assert page.locator("h1").count() == 1
        assert page.locator(".problem, [data-testid=stException]").count() == 0
        wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= width


def test_the_pages_are_reached_by_their_names(chromium: Browser, site: str) -> None:
    with watched(chromium, width=1280) as page:
        page.goto(site)
        settle(page)
        for name in ("Charts", "Genres & years", "Budgets", "Reviews", "Quality", "Tables", "SQL"):
            page.get_by_role("link", name=name, exact=True).first.click()
            settle(page)
            page.wait_for_function("document.querySelectorAll('h1').length === 1")
