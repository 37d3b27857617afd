"""What a person can say at the prompt besides SQL."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli import query
from cli.catalog import Catalog
from cli.grid import visible
from warehouse.sandbox import Limits

HELP = """\
select …;           runs when its ; is followed by Enter; Ctrl-C stops it
.tables [WORD]      the tables, or those with WORD in their name
.describe TABLE     its columns and what they mean
.save FILE          the last answer, whole, as FILE ends: .csv, .json or .parquet
.seconds N          stop a query after N seconds
.help               this
.quit               or Ctrl-D"""
FORMS = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".txt": "table"}


@dataclass(slots=True)
class Talk:
    """What the prompt remembers from one statement to the next."""

    home: Path
    limits: Limits
    out: Console
    known: Catalog
    last: str = ""
    goes_on: bool = True


def obey(talk: Talk, text: str) -> None:
    """Do what a line with a dot says."""
    command, _, rest = text.rstrip(";").partition(" ")
    action = COMMANDS.get(command.lower())
    if action:
        action(talk, rest.strip())
        return
    near = get_close_matches(command.lower(), COMMANDS, 1)
    hint = f"did you mean {near[0]}?" if near else ".help lists what there is"
    _say(talk, f"there is no {command}; {hint}")


def _say(talk: Talk, text: str) -> None:
    talk.out.print(visible(text), markup=False, highlight=False, soft_wrap=True)


def _cell(text: str) -> Text:
    return Text(visible(text))


def _help(talk: Talk, rest: str) -> None:
    del rest
    for line in HELP.splitlines():
        _say(talk, line)


def _quit(talk: Talk, rest: str) -> None:
    del rest
    talk.goes_on = False


def _tables(talk: Talk, rest: str) -> None:
    shown = Table("schema", "table", header_style="bold")
    shown.add_column("rows", justify="right")
    shown.add_column("meaning", overflow="fold")
    for table in talk.known.tables.values():
        if rest.lower() in table.name:
            rows = "" if table.rows is None else f"{table.rows:,}"
            shown.add_row(*map(_cell, (table.schema, table.name, rows, table.comment)))
    talk.out.print(shown)


def _describe(talk: Talk, rest: str) -> None:
    name = rest.lower().rpartition(".")[2]
    table = talk.known.tables.get(name)
    if not table:
        near = get_close_matches(name, talk.known.tables, 3)
        _say(talk, f"there is no table {rest}" + (f"; like it: {', '.join(near)}" if near else ""))
        return
    _say(talk, f"{table.schema}.{table.name}: {table.comment}")
    shown = Table("column", "type", "meaning", header_style="bold")
    for column in table.columns:
        shown.add_row(*map(_cell, (column.name, column.kind, column.comment)))
    talk.out.print(shown)


def _save(talk: Talk, rest: str) -> None:
    target = Path(rest).expanduser()
    form = FORMS.get(target.suffix)
    if not form:
        _say(talk, f".save takes a file that ends in {', '.join(FORMS)}")
    elif not talk.last:
        _say(talk, "there is no answer yet")
    else:
        with talk.out.status("writing; Ctrl-C stops it"):
            query.run(talk.home, talk.last, query.Output(form, target), talk.limits)
        _say(talk, f"{target} is written")


def _seconds(talk: Talk, rest: str) -> None:
    try:
        seconds = float(rest)
    except ValueError:
        seconds = 0
    if seconds >= 1:
        talk.limits = replace(talk.limits, seconds=seconds)
    _say(talk, f"a query is stopped after {talk.limits.seconds:g} seconds")


COMMANDS: dict[str, Callable[[Talk, str], None]] = {
    ".describe": _describe,
    ".exit": _quit,
    ".help": _help,
    ".quit": _quit,
    ".save": _save,
    ".seconds": _seconds,
    ".tables": _tables,
}
