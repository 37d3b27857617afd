"""Every page, as wide as a desk's screen and as narrow as a telephone's, light and dark."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboards import navigation
from tests.browser.conftest import settle, watched


def violations(page: Page, axe: str) -> list[str]:
    """What axe-core calls serious or critical: rule, element, why."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize("url_path", [page.url_path for page in navigation.PAGES])
def test_a_page_fits_its_screen_and_shuts_nobody_out(
    chromium: Browser,
    site: str,
    addresses: dict[str, str],
    axe: str,
    url_path: str,
    width: int,
    scheme: str,
) -> None:
    with watched(chromium, width=width, scheme=scheme) as page:
        page.goto(f"{site}/{addresses[url_path]}")
        settle(page)
        assert page.locator("h1").count() == 1
        assert page.locator(".problem, [data-testid=stException]").count() == 0
        wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= width
        assert violations(page, axe) == []


def test_a_violation_would_be_found(chromium: Browser, site: str, axe: str) -> None:
    with watched(chromium, width=1280) as page:
        page.goto(site)
        settle(page)
        page.evaluate(
            "document.querySelector('.banner').innerHTML = "
            '\'<img src="data:,"><span style="color:#ccc">pale</span>\''
        )
        rules = {one.split(":")[0] for one in violations(page, axe)}
        assert {"image-alt", "color-contrast"} <= rules


def test_the_pages_are_reached_by_their_names(page: Page, site: str) -> None:
    page.goto(site)
    settle(page)
    for name in ("Charts", "Genres & years", "Budgets", "Reviews", "Quality", "Tables", "SQL"):
        page.get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_function("name => document.querySelector('h1')?.innerText === name", arg=name)
