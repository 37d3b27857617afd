"""Where a query is written, with some to begin with."""

from functools import cache
from pathlib import Path

import streamlit

_EXAMPLES = Path(__file__).parents[2] / "queries" / "sql" / "examples"
_STATEMENT = "statement"
_EXAMPLE = "example"
# What fits into an address that browsers and proxies take.
_MOST_CHARACTERS = 6_000


def show() -> tuple[str, bool]:
    """What is in the editor, and whether the person has just asked for it to be run."""
    streamlit.selectbox(
        "Examples",
        examples(),
        index=None,
        placeholder="Put an example into the editor",
        key=_EXAMPLE,
        on_change=_take_example,
    )
    with streamlit.form("editor", border=False):
        statement = streamlit.text_area(
            "Query",
            value=next(iter(examples().values())),
            height=290,
            max_chars=_MOST_CHARACTERS,
            key=_STATEMENT,
            bind="query-params",
        )
        is_run = streamlit.form_submit_button("Run")
    return statement, is_run


@cache
def examples() -> dict[str, str]:
    """Queries by the question they answer, which is the first line of each file."""
    found = {}
    for file in sorted(_EXAMPLES.glob("*.sql")):
        question, _, statement = file.read_text("utf-8").partition("\n")
        found[question.removeprefix("-- ")] = statement.strip()
    return found


def _take_example() -> None:
    if chosen := streamlit.session_state[_EXAMPLE]:
        streamlit.session_state[_STATEMENT] = examples()[chosen]
