"""Every command that a message or a page advises is one that the command line takes."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from cli.main import app

# Typer has a click of its own, and exports this much of its errors.
[UsageError] = typer.BadParameter.__bases__
PROJECT = Path(__file__).resolve().parents[3]
PRODUCT = ("cli", "dags", "dashboards", "expectations", "ingest", "warehouse")
ADVICE = re.compile(r"`(?:\.venv/bin/)?arthouse ([^`\n]+)`")
SUBSTITUTED = re.compile(r"\$\([^)]*\)|…")
# What stands for a value, and one that it may have.
VALUES = {"HOURS": "36", "INSTANT": "2026-01-02", "NAME=LOCATION": "imdb=/dumps", "S": "0.01"}


def advised() -> list[str]:
    """The words after `arthouse`, wherever a message, a docstring or a page has them."""
    files = [file for part in PRODUCT for file in (PROJECT / part).rglob("*.py")]
    files += [*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")]
    files += (PROJECT / "docs" / "runbooks").glob("*.md")
    texts = (file.read_text("utf-8").replace('"\n', "") for file in files)
    return sorted({words for text in texts for words in ADVICE.findall(text)})


def parse(words: str) -> None:
    """What the command line does before it works; UsageError if it would not.

    A command's name alone is what it is called, not how it is typed.
    """
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    name, *said = (VALUES.get(word, word) for word in shlex.split(SUBSTITUTED.sub("x", words)))
    if name.startswith("-"):
        return  # --help
    if name not in group.commands:
        raise UsageError(f"no command is called {name}")
    if said:
        group.commands[name].make_context(name, said)


@pytest.mark.parametrize("words", advised())
def test_what_is_advised_can_be_typed(words: str) -> None:
    parse(words)


def test_what_cannot_be_typed_is_seen() -> None:
    for wrong in ("discard imdb 000001", "mend", "status --since 1"):
        with pytest.raises(UsageError):
            parse(wrong)
