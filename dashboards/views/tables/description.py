"""One table: grain, columns, where it comes from, some rows, and a query to begin with."""

import streamlit

from dashboards import display, links, markup, table
from dashboards.reader import Release, Row
from dashboards.table import Column
from dashboards.views.tables import lineage

_CELL_CHARACTERS = 60
_SHOWN_ROWS = 20
# Types whose values line up by their last sign, and are never broken.
_ON_THE_RIGHT = (
    "BIGINT",
    "DATE",
    "DECIMAL",
    "DOUBLE",
    "HUGEINT",
    "INTEGER",
    "SMALLINT",
    "TIMESTAMP",
)


def show(release: Release, described: Row) -> None:
    """Show all that is known about a table."""
    columns = release.rows("tables/columns", table=described["full_name"])
    statement = _statement(release, described, columns)
    markup.show(
        "tables/description.html",
        table=described,
        sql_page=links.page("sql", statement=statement),
    )
    # The colours of its syntax are too pale to read, in both themes.
    streamlit.code(statement, language=None)
    streamlit.header("Columns")
    markup.show("tables/columns.html", columns=columns)
    lineage.show(release, described)
    _show_rows(release, described, columns)


def _statement(release: Release, described: Row, columns: list[Row]) -> str:
    """A first query. A view is computed when it is asked, so it is asked for one title."""
    name = described["full_name"]
    names = {row["column_name"] for row in columns}
    best = release.row("tables/example_id") if described["is_view"] else None
    if best and "title_id" in names:
        return f"select *\nfrom {name}\nwhere title_id = {best['title_id']}"
    return f"select *\nfrom {name}\nlimit 100"


def _show_rows(release: Release, described: Row, columns: list[Row]) -> None:
    streamlit.header("Some rows")
    if described["is_view"]:
        markup.show(
            "tables/none.html",
            text="A view is computed when it is asked: open the query above on the SQL page.",
        )
        return
    # What lies first is often what no dump describes.
    first = max(0, described["row_count"] // 2 - _SHOWN_ROWS // 2)
    table.show(
        release.rows("tables/sample", table=described["full_name"], first=first),
        [_cell(row) for row in columns],
        caption="Rows from the middle of the table; long values are cut",
        empty="This table is empty in this release: no feed that fills it has landed, or nothing "
        "that it would hold has happened yet.",
    )


def _cell(column: Row) -> Column:
    name = column["column_name"]
    is_number = column["data_type"].startswith(_ON_THE_RIGHT)
    return Column(
        name,
        lambda row: _cut(row[name]),
        is_number=is_number and not column["data_type"].endswith("[]"),
        is_long=column["data_type"].startswith("VARCHAR"),
    )


def _cut(value: object) -> str:
    """A value as text, without separators, for it may be a year or a key."""
    if value is None:
        return display.UNKNOWN
    if isinstance(value, bool):
        return str(value).lower()
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _CELL_CHARACTERS else f"{text[:_CELL_CHARACTERS]}…"
