"""An answer as a table on a terminal.

Stored text is anyone's: what would command the terminal is shown and not sent.
"""

import io
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from warehouse.sandbox import Answer

# Longer text is cut; --format csv has it whole.
CELL_CHARACTERS = 200
_WIDEST = 10_000
# Control characters can command a terminal (ESC, and C1 as one character); others turn the
# direction of what follows, or break a line.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    r"\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text with a sign for each character that cannot be seen or would do something."""
    return _UNSEEN.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "�"


def made(answer: Answer) -> Table:
    """The rows as a table: numbers to the right, as they are, since they may be years or ids."""
    table = Table(header_style="bold")
    columns = []
    for field, column in zip(answer.table.schema, answer.table.columns, strict=True):
        values = column.to_pylist()
        numeric = any(isinstance(one, int | float) or _is_decimal(field) for one in values)
        numeric = numeric and not any(isinstance(one, bool) for one in values)
        table.add_column(
            Text(visible(field.name)), justify="right" if numeric else "left", overflow="fold"
        )
        columns.append([_cell(value) for value in values])
    for row in zip(*columns, strict=True):
        table.add_row(*row)
    return table


def _is_decimal(field: object) -> bool:
    return str(getattr(field, "type", "")).startswith("decimal")


def _cell(value: object) -> Text:
    if value is None:
        return Text("NULL", style="dim")
    return Text(_shortened(visible(_words(value))))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        exact = repr(value)
        if len(exact) <= 12:
            return exact
        return f"{value:.6g}" if abs(value) < 1 or abs(value) >= 1e15 else f"{value:.4f}"
    if isinstance(value, list):
        return f"[{', '.join('NULL' if one is None else _words(one) for one in value)}]"
    return str(value)


def _shortened(text: str) -> str:
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"


def footer(answer: Answer, whole: str = "--format csv") -> str:
    """How many rows there are and how many are shown."""
    shown = answer.table.num_rows
    if not answer.truncated:
        return f"{shown:,} row{'' if shown == 1 else 's'}, {answer.seconds:.2f} s"
    total = f"{shown:,} of {answer.total:,} rows" if answer.total else f"the first {shown:,} rows"
    return f"{total}, {answer.seconds:.2f} s; {whole} writes them all"


def text(answer: Answer) -> str:
    """The table as plain lines, as wide as it is."""
    table = made(answer)
    sink = io.StringIO()
    Console(file=sink, width=_natural(table)).print(table)
    return sink.getvalue()


def show(answer: Answer, out: Console) -> None:
    """Print the table, and what it does not show."""
    table = made(answer)
    if out.is_terminal:
        out.print(table)
    else:
        Console(file=out.file, width=_natural(table)).print(table)
    if answer.truncated:
        out.print(footer(answer), highlight=False)


def page(answer: Answer, out: Console) -> None:
    """Print the table, through the person's pager if it is larger than the screen."""
    table = made(answer)
    width = _natural(table)
    pager = _pager()
    if pager and (width > out.width or answer.table.num_rows + 6 > out.height):
        with out.capture() as captured:
            out.print(table, width=width, no_wrap=True, crop=False)
        # R: colours; S: long lines are scrolled, not folded; X: it stays on the screen.
        environment = {"LESS": "RSX", **os.environ}
        subprocess.run(pager, input=captured.get().encode(), env=environment, check=False)
    else:
        out.print(table)
    out.print(footer(answer, ".save FILE"), highlight=False, style="dim")


def _pager() -> Sequence[str]:
    command = shlex.split(os.environ.get("PAGER", "less"))
    return command if command and shutil.which(command[0]) else []


def _natural(table: Table) -> int:
    wide = Console(width=_WIDEST, file=io.StringIO())
    return Measurement.get(wide, wide.options, table).maximum
