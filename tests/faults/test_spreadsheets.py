"""Formulas that strangers wrote, through every file that a spreadsheet may open."""

import csv
import io
import itertools
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from cli import query
from dashboards import downloads
from tests import small_release
from tests.faults.trials import PROJECT, Trials
from tests.hostile_text import TEXTS
from warehouse import connect
from warehouse.sandbox import Limits, spreadsheet

SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
BREAKS = ("\t", "\r", "\n")
# What spreadsheets pass over before they look, and what a broken field begins with.
BEFORE = ("", " ", *BREAKS, '"', "'", "''", "\u00a0", "\u200b", "\ufeff", "\u3000", "\x0b", " '\t ")
FORMULAS = [f"{before}{sign}1+1" for before, sign in itertools.product(BEFORE, SIGNS)]
OTHERS = ["", "'", "''", "'tis", "1-1", "a=1", "\tx", "'\tx", "''\nx", " ", '"', "'\"", *TEXTS]

# The head and the cells of a file whose rows hold one text each.
Export = Callable[[Sequence[str]], list[str]]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run it, or lose what is before it."""
    seen = cell
    while seen and (seen[0] == '"' or unicodedata.category(seen[0])[0] in "CZ"):
        seen = seen[1:]
    return cell.startswith(BREAKS) or seen.startswith(SIGNS)


def restored(cell: str) -> str:
    """The text as it is stored, by the rule that docs/security.md gives to programs."""
    bare = cell[1:].lstrip("'")
    while bare and not bare.startswith(BREAKS) and (
        bare[0] in "\"'" or unicodedata.category(bare[0])[0] in "CZ"
    ):  # fmt: skip
        bare = bare[1:]
    return cell[1:] if cell.startswith("'") and bare.startswith((*BREAKS, *SIGNS)) else cell


def read(content: bytes) -> list[str]:
    """The first cell of each line, the head too."""
    return [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8"), newline=""))]


def of_dashboards(texts: Sequence[str]) -> list[str]:
    """What a page offers for download."""
    answer = pa.table([texts, range(len(texts))], names=[texts[0] or "empty", "number"])
    return read(downloads.csv(answer))


class Command:
    """`arthouse sql --format csv`, on a release that holds the texts."""

    def __init__(self, folder: Path, kind: str, *, spreadsheet: bool = True) -> None:
        self.folder, self.kind, self.spreadsheet = folder, kind, spreadsheet

    def __call__(self, texts: Sequence[str]) -> list[str]:
        home, target = self.folder / "home", self.folder / "answer.csv"
        if not home.exists():
            small_release.publish(home)
        run = connect.published(home)
        run.chmod(0o600)
        with duckdb.connect(run) as writer:
            writer.execute("drop type if exists one; create or replace table marts.texts (n int)")
            if self.kind == "one":
                writer.execute(f"create type one as enum ({self._listed(sorted({*texts}))})")
            writer.execute(f"create or replace table marts.texts (n int, text {self.kind})")
            writer.executemany("insert into marts.texts values (?, ?)", list(enumerate(texts)))
        head = (texts[0] or "empty").replace('"', '""')
        statement = f'select text as "{head}", n from texts order by n'
        output = query.Output("csv", target, spreadsheet=self.spreadsheet)
        query.run(home, statement, output, Limits())
        return read(target.read_bytes())

    @staticmethod
    def _listed(texts: Sequence[str]) -> str:
        return ", ".join("'" + text.replace("'", "''") + "'" for text in texts)


def wrong(export: Export, texts: Sequence[str]) -> dict[str, str]:
    """The texts that arrive as formulas, or from which nobody can tell what is stored."""
    cells = export(texts)
    expected = [texts[0] or "empty", *texts]
    assert len(cells) == len(expected)
    return {
        text: cell
        for text, cell in zip(expected, cells, strict=True)
        if is_formula(cell) or restored(cell) != text
    }


@pytest.mark.fault("F39", "formulas of strangers in a downloaded file", quick=50, full=50)
def test_no_downloaded_text_is_a_formula(
    trials: Trials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A union's text is its member's; a NUL is nothing that DuckDB writes into CSV.
    kinds = ("varchar", "one", "union(word varchar, number int)")
    commands = [Command(tmp_path / str(n), kind) for n, kind in enumerate(kinds)]
    exports: list[Export] = [of_dashboards, *commands]
    for export, texts in itertools.product(exports, (FORMULAS, OTHERS)):
        lies = wrong(export, texts)
        for text in trials.of(dict.fromkeys(texts)):
            if text in lies:
                trials.lose(f"{export}: {text!r} arrives as {lies[text]!r}")
    plain = Command(tmp_path / "plain", "varchar", spreadsheet=False)
    assert plain(FORMULAS)[1:] == FORMULAS, "a program gets what is stored"
    # The grid's own button would write what no gate of ours has seen.
    settings = tomllib.loads((PROJECT / "dashboards/.streamlit/config.toml").read_text("utf-8"))
    assert settings["client"]["disableDataExport"] is True
    monkeypatch.setattr(spreadsheet, "guarded", lambda answer: answer)
    found = [len(wrong(export, FORMULAS)) for export in exports]
    trials.control("each export without its guard", caught=min(found) >= len(FORMULAS) // 2)
