"""`make docs`: one page of dbt's over a published release, without a request to anyone."""

import subprocess

import pytest
from playwright.sync_api import sync_playwright

from tests.arthouse import PROJECT, Arthouse

pytestmark = pytest.mark.slow

CHROMIUM = "/usr/bin/chromium"


def make_docs(house: Arthouse) -> subprocess.CompletedProcess[str]:
    # The environment is what the tests run in: no time to look whether the lock is newer.
    words = ["make", "-s", "-o", ".venv/.locked", "docs", f"HOUSE={house.home}"]
    return subprocess.run(
        words, cwd=PROJECT, env=house.environment(), capture_output=True, text=True, check=False
    )


def test_the_pages_of_dbt_open_without_an_outside_request(first_night: Arthouse) -> None:
    run = first_night.published()
    release = first_night.home / "releases" / f"{run}.duckdb"
    before = release.read_bytes()
    done = make_docs(first_night)
    assert done.returncode == 0, done.stdout + done.stderr
    page = first_night.home / "docs" / "index.html"
    assert done.stdout.strip() == str(page)
    assert [file.name for file in page.parent.iterdir()] == ["index.html"]
    assert release.read_bytes() == before
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(f"{page.as_uri()}#!/model/model.arthouse.dim_titles")
        tab.get_by_text("weighted_rating_prior_votes").first.wait_for()
        shown = tab.inner_text("body")
        browser.close()
    # The column's type is of the release, its description of the contract.
    assert "rating_average" in shown
    assert "DECIMAL(3,1)" in shown
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_docs_of_nothing_published_say_what_to_do(first_night: Arthouse) -> None:
    elsewhere = Arthouse(first_night.home / "nowhere")
    done = make_docs(elsewhere)
    assert done.returncode != 0
    assert "make run" in done.stdout + done.stderr
