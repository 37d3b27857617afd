"""The terms of those who publish the data, and what they ask for wherever it is shown."""

import streamlit

from dashboards import markup
from dashboards.reader import Release, Row


def show(release: Release, described: Row | None) -> None:
    """List the terms of what is behind a table, or of all sources."""
    streamlit.header("Terms", anchor="terms")
    name = described["table_name"] if described else None
    terms = release.rows("tables/terms", name=name)
    markup.show("tables/terms.html", terms=terms, is_one_table=described is not None)
