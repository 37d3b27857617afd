"""docs/data_model.md: what `make docs` makes of it, from the models beside it."""

import importlib.util
from types import ModuleType

import pytest

from tests.unit.test_repository import ROOT


def load_maker() -> ModuleType:
    """docs/make_data_model.py, which is in no package."""
    script = ROOT / "docs" / "make_data_model.py"
    spec = importlib.util.spec_from_file_location("make_data_model", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    return load_maker()


def test_the_page_is_what_the_models_say(maker: ModuleType) -> None:
    text = maker.PAGE.read_text("utf-8")
    assert maker.page(text, maker.read(maker.MODELS)) == text, "stale: run `make docs`"


def test_every_model_of_a_release_is_on_the_page(maker: ModuleType) -> None:
    models = [*(ROOT / "dbt_project/models/marts").glob("*/*.sql")]
    models += (ROOT / "dbt_project/models/ops").glob("*.sql")
    tables = maker.read(maker.MODELS)
    assert sorted(table.name for table in tables) == sorted(file.stem for file in models)
    # A check that is judged twice in a run, and a name that is listed twice, are there twice.
    keyless = {"gate_results", "rpt_search_names", "rpt_search_terms"}
    assert {table.name for table in tables if not table.key} == keyless
    assert all(set(table.key) <= set(table.types) for table in tables)


def test_lines_and_marks_follow_from_the_tests_of_the_columns(maker: ModuleType) -> None:
    blocks = maker.PAGE.read_text("utf-8").split("```mermaid")
    [money] = [block for block in blocks if "fct_budgets {" in block]
    assert "    dim_titles |o--o{ fct_budgets : title_id\n" in money
    assert "        varchar source_record_id PK\n" in money
    assert "    dim_titles {\n        bigint title_id PK\n    }\n" in money


def test_a_page_without_its_markers_is_refused(maker: ModuleType) -> None:
    with pytest.raises(SystemExit, match="lacks the line"):
        maker.page("# Data model\n", [])
    with pytest.raises(SystemExit, match="lacks the line"):
        maker.page(f"# Data model\n{maker.BEGIN}\nno end", [])
