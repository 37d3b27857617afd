"""A real browser on the real app: Debian's Chromium, and no way out of this machine."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Dialog,
    Page,
    Request,
    sync_playwright,
)

from dashboards import navigation
from tests.arthouse import PROJECT, Arthouse
from tests.integration.services.processes import free_port

AXE = "4.14.1"


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all tests. CI has it; elsewhere its absence skips them."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        message = "no Chromium: apt install chromium"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        # Root, who builds in containers, may have no sandbox.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def serving(home: Path, log: Path) -> Iterator[str]:
    """`arthouse dashboards` on a home; its address."""
    port = free_port()
    command = [sys.executable, "-m", "cli.main", "dashboards", "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=PROJECT, env=Arthouse(home).environment(), stdout=out, stderr=out
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(process, address, log)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            if httpx.get(f"{address}/_stcore/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)  # it does not listen yet
    raise AssertionError(f"the dashboards did not start:\n{log.read_text('utf-8')}")


@pytest.fixture(scope="package")
def site(sample_night: Arthouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboards on the published sample."""
    with serving(sample_night.home, tmp_path_factory.mktemp("site") / "log") as address:
        yield address


@pytest.fixture(scope="package")
def addresses(sample_night: Arthouse) -> dict[str, str]:
    """The address of each page, with a title and a person of whom much is known."""
    [(title_id,)] = sample_night.query(
        "select title_id from fct_page_captures order by line_count desc limit 1"
    )
    [(person_id,)] = sample_night.query(
        "select person_id from rpt_people_careers order by credit_count desc, person_id limit 1"
    )
    known = {"title": f"title?id={title_id}", "person": f"person?id={person_id}"}
    return {page.url_path: known.get(page.url_path, page.url_path) for page in navigation.PAGES}


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, from the package index, kept beside the environment."""
    folder = PROJECT / ".venv" / f".axe-{AXE}"
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        command = ["npm", "install", "--silent", "--prefix", str(folder), f"axe-core@{AXE}"]
        subprocess.run(command, check=True, cwd=folder.parent)
    return script.read_text("utf-8")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that fails its test if it asks for anything outside, or if a script of ours fails."""
    with watched(chromium, width=1280) as one:
        yield one


@cache
def _context(chromium: Browser, width: int, scheme: str) -> BrowserContext:
    """One for each kind of screen: a page that is opened again finds the app's scripts cached."""
    return chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )


@contextmanager
def watched(chromium: Browser, *, width: int, scheme: str = "light") -> Iterator[Page]:
    """A page of this width that may reach loopback only, and says at its end what it tried."""
    page = _context(chromium, width, scheme).new_page()
    outside: list[str] = []
    failures: list[str] = []

    def look(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            outside.append(request.url)

    def refuse(dialog: Dialog) -> None:
        failures.append(dialog.message)
        dialog.dismiss()

    page.on("request", look)
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("dialog", refuse)
    yield page
    page.close()
    assert outside == []
    assert failures == []


def settle(page: Page) -> None:
    """Wait until the release is shown and Streamlit has nothing more to do."""
    page.wait_for_selector(".banner")
    page.wait_for_function(
        "!['running', 'initial'].includes("
        "document.querySelector('[data-testid=stApp]').dataset.testScriptState)"
    )
    page.wait_for_timeout(150)
