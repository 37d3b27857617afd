"""The table has every fault, and each fault has one test."""

import re
from pathlib import Path

import pytest

from tests.faults.trials import PROJECT, Trials

FAULTS = Path(__file__).parent
MARKED = re.compile(r'@pytest\.mark\.fault\(\s*"(F\d\d)"')


def test_each_fault_has_one_test_and_one_line_of_the_document() -> None:
    tested = [
        name
        for file in sorted(FAULTS.glob("test_*.py"))
        for name in MARKED.findall(file.read_text("utf-8"))
    ]
    assert sorted(tested) == [f"F{number:02d}" for number in range(1, len(tested) + 1)]
    assert len(tested) >= 44
    document = (PROJECT / "docs" / "reliability.md").read_text("utf-8")
    assert re.findall(r"^\| (F\d\d) \|", document, re.MULTILINE) == sorted(tested)


def test_a_lost_try_is_counted_and_fails() -> None:
    row = Trials("F00", "a planted loss", 3)
    for number in row:
        if number == 1:
            row.lose("try 1")
    row.control("nothing", caught=True)
    assert (row.tries, row.survived) == (3, 2)
    with pytest.raises(AssertionError, match="1 of 3 lost:\ntry 1"):
        row.settle()


def test_a_lost_try_fails_at_the_end_and_a_failed_one_has_failed_already() -> None:
    lost, failed = Trials("F00", "a planted loss", 1), Trials("F00", "an exception", 1)
    for _ in lost:
        lost.lose("try 0")
    with pytest.raises(AssertionError, match="1 of 1 lost"):
        lost.end()
    next(iter(failed))
    failed.end()


def test_a_row_without_tries_or_control_fails() -> None:
    with pytest.raises(AssertionError, match="never tried"):
        Trials("F00", "nothing", 0).settle()
    row = Trials("F00", "no control", 1)
    list(row)
    with pytest.raises(AssertionError, match="no control"):
        row.settle()
    with pytest.raises(AssertionError, match="does not see a ghost"):
        row.control("a ghost", caught=False)
