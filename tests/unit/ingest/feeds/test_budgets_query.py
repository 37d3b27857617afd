"""The query that docs/budgets.md gives asks for what the loader reads."""

import re
from pathlib import Path

from ingest.feeds.budgets import wikidata

DOCS = Path(__file__).resolve().parents[4] / "docs" / "budgets.md"


def test_the_documented_query_selects_the_columns_of_the_format() -> None:
    [query] = re.findall(r"```sparql\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    selected = re.findall(r"\?(\w+)", query[: query.index("WHERE")])
    assert sorted(selected) == sorted(wikidata.format_().columns)
    for name in selected:
        assert query.count(f"?{name}") > 1, f"{name} is never bound"
