"""Axe-core on every page, light and dark: nothing serious that is ours."""

import subprocess
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboards import navigation
from tests.arthouse import PROJECT
from tests.browser.conftest import settle, watched

AXE = "4.14.1"
# What is Streamlit's own, and no setting of ours changes: the rule, and whose element it is.
THEIRS: dict[str, str] = {}


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, from the package index, kept beside the environment."""
    folder = PROJECT / ".venv" / f".axe-{AXE}"
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        command = ["npm", "install", "--silent", "--prefix", str(folder), f"axe-core@{AXE}"]
        subprocess.run(command, check=True, cwd=folder.parent)
    return script.read_text("utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """Serious and critical ones, less Streamlit's own: rule, element, why."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if THEIRS.get(rule["id"], "\0") not in node["html"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url_path", [page.url_path for page in navigation.PAGES])
def test_a_page_has_no_serious_violation(
    chromium: Browser, site: str, addresses: dict[str, str], axe: str, url_path: str, scheme: str
) -> None:
    with watched(chromium, width=1280, scheme=scheme) as page:
        page.goto(f"{site}/{addresses[url_path]}")
        settle(page)
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
