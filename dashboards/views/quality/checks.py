"""What the gates of a run said."""

import streamlit

from dashboards import markup
from dashboards.nights import Night

_FAILED, _ALL = "What did not pass", "All"
_GRAVE_FIRST = ("broken", "refused", "reported", "passed")


def show(night: Night) -> None:
    """List the checks of a run that did not pass, or all, of one table or all."""
    streamlit.header("Checks", anchor="checks")
    verdicts = sorted(
        night.verdicts(),
        key=lambda row: _GRAVE_FIRST.index(row["verdict"]),
    )
    tables = sorted({row["table_name"] for row in verdicts})
    is_all, table = _filters(tables) if verdicts else (False, None)
    shown = [
        row
        for row in verdicts
        if (is_all or row["verdict"] != "passed") and table in (None, row["table_name"])
    ]
    markup.show(
        "quality/checks.html",
        verdicts=shown,
        total=len(verdicts),
        number=night.number,
        is_narrowed=table is not None,
    )


def _filters(tables: list[str]) -> tuple[bool, str | None]:
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        kind = streamlit.segmented_control(
            "Show",
            (_FAILED, _ALL),
            default=_FAILED,
            required=True,
            key="checks",
            bind="query-params",
        )
        table = streamlit.selectbox(
            "Table",
            tables,
            index=None,
            placeholder="All tables",
            key="judged",
            bind="query-params",
            width=280,
        )
    return kind == _ALL, table
