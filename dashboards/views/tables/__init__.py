"""Tables: the data dictionary, as the database tells it of itself."""

import streamlit

from dashboards import markup
from dashboards.reader import Release, Row
from dashboards.views.tables import description, terms

# By the beginning of a table's name; what has none of them is listed at the end.
_KINDS = {
    "dim": "What there is: titles, people, genres",
    "fct": "What happened, or was said",
    "bridge": "What belongs together",
    "rpt": "Answers, ready to read",
}
_OPS = "Runs, checks, files, and what was refused or matched"
Group = tuple[str, list[Row]]


def show(release: Release) -> None:
    """One table if the address or the person picks it, what a search found, or all tables."""
    streamlit.title("Tables")
    tables = {str(row["full_name"]): row for row in release.rows("tables/tables")}
    name, words = _choice(list(tables))
    if words:
        found = release.rows("tables/found", words=words)
        markup.show("tables/found.html", found=found, words=words)
    elif name:
        description.show(release, tables[name])
        terms.show(release, tables[name])
    else:
        markup.show("tables/list.html", schemas=grouped(list(tables.values())))
        terms.show(release, None)


def grouped(tables: list[Row]) -> list[tuple[str, list[Group]]]:
    """The tables by schema and kind, each with its words."""
    marts = [row for row in tables if row["schema_name"] == "marts"]
    of_kind: dict[str, list[Row]] = {kind: [] for kind in _KINDS}
    other: list[Row] = []
    for row in marts:
        of_kind.get(row["table_name"].partition("_")[0], other).append(row)
    kinds = [(_KINDS[kind], rows) for kind, rows in of_kind.items() if rows]
    return [
        ("marts: film and television", [*kinds, *([("Other tables", other)] if other else [])]),
        ("ops: how this release was made", [(_OPS, [row for row in tables if row not in marts])]),
    ]


def _choice(names: list[str]) -> tuple[str | None, str]:
    """A table's name, and the words of a search, which comes first."""
    finding, picking = streamlit.columns(2)
    with finding:
        words = streamlit.text_input(
            "Search tables and columns",
            placeholder="votes, budget, birth year …",
            key="find",
            bind="query-params",
            type="search",
            live=True,
            max_chars=100,
        )
    with picking:
        name = streamlit.selectbox(
            "Table",
            names,
            index=None,
            placeholder="Pick one of them",
            key="table",
            bind="query-params",
        )
    return name, words.strip()
