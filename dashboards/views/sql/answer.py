"""What the sandbox answered: rows and a chart of them, or why there are none."""

from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

import pyarrow
import streamlit

from dashboards import downloads, markup
from dashboards.reader import Release
from dashboards.views.sql import drawing, grid, unique
from warehouse import sandbox
from warehouse.sandbox import Answer, Limits, Place, QueryError

# A grid sends the whole answer to the browser, and each session that is open keeps its last.
LIMITS = Limits(rows=10_000, answer_bytes=16 * 1024**2)
_ASKED = "asked"
# One query at a time, whoever asks: each may take the memory of a small machine.
_TURN = BoundedSemaphore(1)
# Whoever waits for a turn may have left: ten that did must not keep the eleventh waiting.
PATIENCE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was run, on which release, and how it ended."""

    release: Path
    statement: str
    ended: Answer | QueryError


def ask(release: Release, statement: str) -> None:
    """Run a query and remember how it ended, so that choosing a chart does not run it again."""
    with streamlit.spinner(f"Running, for {LIMITS.seconds:g} seconds at most in its turn …"):
        ended = _ended(release, statement)
    streamlit.session_state[_ASKED] = Asked(release.path, statement, ended)


def _ended(release: Release, statement: str) -> Answer | QueryError:
    if not _TURN.acquire(timeout=PATIENCE_SECONDS):
        return QueryError("others' queries are running: press Run again in a minute")
    try:
        return sandbox.ask(release.path, statement, LIMITS)
    except QueryError as error:
        return error
    finally:
        _TURN.release()


def show(release: Release, statement: str) -> None:
    """Show the answer, if what is in the editor was run on this release."""
    asked: Asked | None = streamlit.session_state.get(_ASKED)
    if asked is None or (asked.release, asked.statement) != (release.path, statement):
        markup.show("sql/none.html", text="Press Run to see an answer here.")
    elif isinstance(asked.ended, QueryError):
        _show_error(asked.ended, statement)
    else:
        _show_rows(release, asked.ended)


def _show_rows(release: Release, answer: Answer) -> None:
    rows = unique.columns(answer.table)
    markup.show("sql/counts.html", answer=answer, row_count=rows.num_rows)
    if not rows.num_rows:
        return
    as_rows, as_chart = streamlit.tabs(["Rows", "Chart"])
    with as_rows:
        grid.show(rows)
    with as_chart:
        drawing.show(rows)
    _offer(release, rows)


def _offer(release: Release, rows: pyarrow.Table) -> None:
    # What a query reads cannot be told from its text: it may be of any feed.
    downloads.offer(release, rows, "query")


def _show_error(error: QueryError, statement: str) -> None:
    markup.show(
        "sql/error.html",
        message=str(error),
        place=error.place,
        pieces=around(statement, error.place) if error.place else None,
    )


def around(statement: str, place: Place) -> tuple[str, str, str]:
    """The lines of a statement that a place is on: before it, in it, and behind it."""
    end = place.start + max(1, place.length)
    first = statement.rfind("\n", 0, place.start) + 1
    last = statement.find("\n", end)
    behind = statement[end:] if last < 0 else statement[end:last]
    return statement[first : place.start], statement[place.start : end], behind
