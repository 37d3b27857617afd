"""The first thing that anybody asks of a server that has just started."""

from pathlib import Path

from playwright.sync_api import Page

from tests.arthouse import Arthouse
from tests.browser.conftest import serving, settle


def test_the_first_address_may_be_any_page(
    page: Page, sample_night: Arthouse, tmp_path: Path
) -> None:
    with serving(sample_night.home, tmp_path / "log") as address:
        page.goto(f"{address}/budgets")
        settle(page)
        assert page.get_by_role("dialog").count() == 0
        assert page.get_by_role("heading", name="Budgets", exact=True).is_visible()
