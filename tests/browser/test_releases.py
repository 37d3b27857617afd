"""A release that is published while somebody looks."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.arthouse import Arthouse
from tests.browser import releases
from tests.browser.conftest import serving, settle
from warehouse import connect

# The page looks every five seconds.
SOON = 15_000


def test_a_new_release_appears_on_a_page_that_is_open(
    page: Page, sample_night: Arthouse, tmp_path: Path
) -> None:
    home = releases.copied(sample_night.home, tmp_path / "data")
    with serving(home, tmp_path / "log") as address:
        page.goto(f"{address}/charts")
        settle(page)
        [(_, title_id)] = Arthouse(home).query(
            "select overall_rank, title_id from rpt_top_titles order by all limit 1"
        )
        renamed = "update marts.rpt_top_titles set primary_title = 'Renamed by a night'"
        before = page.locator(".banner").inner_text()
        run = releases.publish(home, [f"{renamed} where title_id = {title_id}"])
        number = int(run.partition("-")[0])
        expect(page.locator(".banner")).to_contain_text(f"Release {number}", timeout=SOON)
        assert f"Release {number}" not in before
        expect(page.get_by_text("Renamed by a night").first).to_be_visible(timeout=SOON)


def test_the_first_release_appears_on_a_page_that_waits_for_it(
    page: Page, sample_night: Arthouse, tmp_path: Path
) -> None:
    home = tmp_path / "data"
    home.mkdir()
    with serving(home, tmp_path / "log") as address:
        page.goto(f"{address}/charts")
        expect(page.get_by_text("Nothing is published yet")).to_be_visible(timeout=SOON)
        releases.copied(sample_night.home, home)
        expect(page.locator("table.data").first).to_be_visible(timeout=SOON)
        expect(page.get_by_text("Nothing is published yet")).to_have_count(0)


def test_a_reader_during_ten_publishes_sees_whole_releases(
    page: Page, sample_night: Arthouse, tmp_path: Path
) -> None:
    """Each release names itself in the banner and in a title: a mixture would show two numbers."""
    home = releases.copied(sample_night.home, tmp_path / "data")
    published, seen = set(), set()
    with serving(home, tmp_path / "log") as address:
        for _ in range(10):
            number = int(connect.published(home).stem.partition("-")[0]) + 1
            published.add(number)
            releases.publish(
                home, [f"update marts.rpt_top_titles set primary_title = 'Of release {number}'"]
            )
            page.goto(f"{address}/charts")
            settle(page)
            shown = page.locator(".banner").inner_text().split("published")[0].split()[-1]
            titles = page.locator("table.data").first.inner_text()
            assert f"Of release {shown}\t" in titles or f"Of release {shown}\n" in titles
            assert titles.count("Of release") == titles.count(f"Of release {shown}")
            seen.add(int(shown))
            assert page.locator(".problem").count() == 0
    assert seen == published
