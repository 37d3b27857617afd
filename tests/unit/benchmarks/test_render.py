"""The page shows medians, ranges, ratios and verdicts, and changes between its markers only."""

from pathlib import Path

import pytest

from benchmarks import render
from benchmarks.results import Figure
from tests.unit.benchmarks.figures import figure, result, walls


def cells(text: str, first: str) -> list[str]:
    """The cells after the first of the row that starts so."""
    [row] = [line for line in text.splitlines() if line.startswith(f"| {first}")]
    return [cell.strip() for cell in row.strip("|").split("|")][1:]


def test_a_line_shows_its_median_its_range_and_its_ratios() -> None:
    text = render.section(
        result(
            walls(floor=10.0, load=6.0, imdb_sqlite=60.0),
            walls(floor=12.0, load=5.0, imdb_sqlite=66.0),
            walls(floor=11.0, load=9.0, imdb_sqlite=63.0),
        )
    )
    assert cells(text, "(a)") == [
        "11.0 (10.0 to 12.0)", "1.00", "", "", "1.00", "5.73",
    ]  # fmt: skip
    assert cells(text, "(b) our load, verified") == [
        "6.00 (5.00 to 9.00)", "1.00", "", "", "0.55", "10.50",
    ]  # fmt: skip
    assert cells(text, "(d)")[-2:] == ["5.73", "1.00"]
    assert "(c)" not in text


def test_memory_and_disk_are_shown_in_units_that_fit() -> None:
    text = render.section(result({"floor": Figure(1.0, 2.0, 3 << 29, 7 << 20)}))
    assert cells(text, "(a)")[1:4] == ["2.00", "1.50 GiB", "7 MiB"]


def test_targets_are_shown_with_what_was_found() -> None:
    text = render.section(result({**walls(floor=10.0), "load": figure(8.0, peak=1 << 30)}))
    assert cells(text, "our load, verified") == ["at most 0.75", "0.80", "miss"]
    assert cells(text, "our peak memory") == ["at most 4 GiB", "1.00 GiB", "pass"]
    assert cells(text, "imdb-sqlite's") == ["at least 3", "", "not measured"]


def test_steps_are_shown_beside_the_floor() -> None:
    steps = {"night": {"fetch_imdb": 2.5, "transform": 15.0}}
    text = render.section(result(walls(floor=10.0, night=20.0), steps=steps))
    assert cells(text, "fetch_imdb") == ["2.50", "0.25"]
    assert cells(text, "transform") == ["15.0", "1.50"]


def test_growth_is_shown_when_two_scales_were_measured() -> None:
    small = result(walls(load=2.0), scale=0.05, row_count=100)
    large = result(walls(load=9.0), scale=0.2, row_count=400)
    assert "### Growth" not in render.document([small])
    growth = render.document([small, large]).partition("### Growth")[2]
    assert cells(growth, "(b)") == ["0.05 → 0.2", "4.00", "4.50", "miss"]
    assert cells(growth, "(c)")[2:] == ["", "not measured"]


def test_only_what_stands_between_the_markers_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{render.BEGIN}\nold figures\n{render.END}\nafter\n", "utf-8")
    render.write(page, [result(walls(floor=1.0))])
    once = page.read_text("utf-8")
    assert once.startswith(f"before\n{render.BEGIN}\n### Scale 0.2")
    assert once.endswith(f"|\n{render.END}\nafter\n")
    assert "old figures" not in once
    render.write(page, [result(walls(floor=1.0))])
    assert page.read_text("utf-8") == once


@pytest.mark.parametrize("page", ["", render.BEGIN, render.END, f"{render.END}\n{render.BEGIN}"])
def test_a_page_without_both_markers_is_not_touched(page: str) -> None:
    with pytest.raises(render.NoPlaceError, match="must have a line"):
        render.place(page, "text")


def test_our_own_page_has_the_markers() -> None:
    page = Path(__file__).parents[3] / "docs" / "benchmarks.md"
    assert "the text" in render.place(page.read_text("utf-8"), "the text")
