"""What is downloaded: faithful as Parquet, harmless in a spreadsheet as CSV."""

import csv
import io

import pyarrow
import pyarrow.parquet
import pytest

from dashboards import downloads
from tests.hostile_text import TEXTS

# OWASP's list, and the blanks that spreadsheets skip before they look.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cells(answer: pyarrow.Table) -> list[list[str]]:
    text = downloads.csv(answer).decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_no_cell_and_no_heading_begins_a_formula() -> None:
    names = [f"{text}{number}" for number, text in enumerate(TEXTS[:20])] + ["=1+1"]
    answer = pyarrow.table(dict.fromkeys(names, TEXTS))
    written = cells(answer)
    assert len(written) == len(TEXTS) + 1
    for row in written:
        for cell in row:
            assert not cell.lstrip(" ").startswith(DANGEROUS), cell


UNTOUCHED = [text for text in TEXTS if not text.lstrip().startswith((*DANGEROUS, "|", "%", "\x08"))]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_other_text_is_as_it_was(text: str) -> None:
    [_, [cell, _]] = cells(pyarrow.table({"text": [text], "number": [-1.5]}))
    assert cell == text


def test_a_negative_number_is_no_formula() -> None:
    assert cells(pyarrow.table({"change": [-0.3]})) == [["change"], ["-0.3"]]


def test_lists_are_text_and_guarded() -> None:
    answer = pyarrow.table({"genres": [["Drama", "Noir"], None, []], "number": [1, 2, 3]})
    assert [row[0] for row in cells(answer)] == ["genres", "['Drama', 'Noir']", "", "[]"]


def test_parquet_has_the_texts_as_they_are() -> None:
    answer = pyarrow.table({"text": TEXTS})
    assert pyarrow.parquet.read_table(io.BytesIO(downloads.parquet(answer))).equals(answer)
