"""`exposures.yml` names every page and just the tables that its questions read."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboards import navigation

PROJECT = Path(__file__).resolve().parents[3]
QUERIES = PROJECT / "dashboards" / "queries"
EXPOSURES: list[dict[str, Any]] = yaml.safe_load(
    (PROJECT / "dbt_project" / "models" / "exposures.yml").read_text("utf-8")
)["exposures"]
_TABLE = re.compile(r"\b(?:marts|ops)\.(\w+)")
_COMMENT = re.compile(r"--[^\n]*")


def tables(folder: str) -> set[str]:
    """The tables that the questions of a folder name."""
    texts = [path.read_text("utf-8") for path in (QUERIES / folder).rglob("*.sql")]
    return {name for text in texts for name in _TABLE.findall(_COMMENT.sub("", text))}


def depends_on(exposure: dict[str, Any]) -> set[str]:
    return set(re.findall(r"ref\('(\w+)'\)", " ".join(exposure["depends_on"])))


@pytest.mark.parametrize("exposure", EXPOSURES, ids=lambda one: str(one["name"]))
def test_an_exposure_names_the_tables_its_questions_read(exposure: dict[str, Any]) -> None:
    asked = set().union(*(tables(folder) for folder in exposure["config"]["meta"]["queries"]))
    assert depends_on(exposure) == asked


def test_every_question_belongs_to_one_exposure() -> None:
    listed = [folder for one in EXPOSURES for folder in one["config"]["meta"]["queries"]]
    assert sorted(listed) == sorted(path.name for path in QUERIES.iterdir())


def test_every_page_has_an_exposure_with_its_address() -> None:
    listed = {one["url"].rpartition("/")[2] for one in EXPOSURES if one["type"] == "dashboard"}
    assert listed == {page.url_path for page in navigation.PAGES}
