"""SQL: any question to the release, run in the sandbox, as a grid, a chart and a download.

A link fills the editor and runs nothing: what runs here takes ten seconds of this machine, so a
person sees it first and presses Run.
"""

import streamlit

from dashboards import markup
from dashboards.reader import Release
from dashboards.views.sql import answer, editor


def show(release: Release) -> None:
    """The editor, and the answer to what was run last."""
    streamlit.title("SQL")
    markup.show("sql/limits.html", limits=answer.LIMITS, number=release.run.partition("-")[0])
    statement, is_run = editor.show()
    if is_run:
        answer.ask(release, statement)
    answer.show(release, statement)
