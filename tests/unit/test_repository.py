"""Rules of the house that a machine can check."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
OURS = ("benchmarks", "cli", "dags", "dashboards", "expectations", "ingest", "sample", "warehouse")
# `package: what it may import of ours`, itself aside. A name with a dot allows that module only.
MAY_IMPORT = {
    "ingest": set[str](),
    "sample": set[str](),
    "expectations": {"ingest.lake"},
    "warehouse": {
        "expectations",
        *("ingest.document", "ingest.errors", "ingest.lake", "ingest.settings"),
        "ingest.verification",
    },
    "dags": {"ingest", "warehouse", "expectations"},
    "dashboards": {"warehouse.connect", "warehouse.ledger", "warehouse.sandbox"},
}


def imports(source: str) -> Iterator[str]:
    """Every dotted name that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def forbidden(package: str, source: str) -> list[str]:
    """Imports of ours that the package may not have."""
    allowed = {package, *MAY_IMPORT[package]}
    ours = [name for name in imports(source) if name.split(".")[0] in OURS]
    return [
        name
        for name in ours
        if not any(name == one or name.startswith(f"{one}.") for one in allowed)
    ]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_import_only_what_they_may(package: str) -> None:
    found = {
        str(file.relative_to(ROOT)): names
        for file in (ROOT / package).rglob("*.py")
        if (names := forbidden(package, file.read_text("utf-8")))
    }
    assert found == {}


def test_a_forbidden_import_would_be_found() -> None:
    assert forbidden("ingest", "from warehouse import lock") == ["warehouse.lock"]
    assert forbidden("warehouse", "from ingest.landing import read") == ["ingest.landing.read"]
    assert forbidden("warehouse", "from ingest.lake import Snapshot") == []


def test_only_known_packages_are_ruled() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"tests"} == set(OURS)


def test_no_dag_file_hides_a_package() -> None:
    assert {path.stem for path in (ROOT / "dags").glob("*.py")}.isdisjoint(OURS)


def test_decisions_have_unique_numbers_and_their_three_parts() -> None:
    pages = sorted((ROOT / "docs/adr").glob("*.md"))
    numbers = Counter(page.name[:4] for page in pages)
    assert pages
    assert [number for number, count in numbers.items() if count > 1] == []
    for page in pages:
        text = page.read_text("utf-8")
        assert text.startswith(f"# {page.name[:4]} "), page.name
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in text, f"{page.name} lacks {part}"


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) < 150
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_no_pipeline_module_drops_rows_by_option() -> None:
    banned = re.compile(r"(ignore_errors|null_padding)\s*=\s*true")
    files = [file for package in OURS for file in (ROOT / package).rglob("*.py")]
    files += list((ROOT / "dbt_project").rglob("*.sql"))
    assert [str(file) for file in files if banned.search(file.read_text("utf-8"))] == []


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    for name in Settings.model_fields:
        assert f"`ARTHOUSE_{name.upper()}` | `{name}`" in page, name
