"""What a table is made from and what is made from it: a picture, and the same as links."""

import streamlit

from dashboards import markup
from dashboards.reader import Release, Row

# Wider than our longest name, so that none is broken.
_SETTINGS = '%%{init: {"flowchart": {"wrappingWidth": 320}}}%%'


def show(release: Release, described: Row) -> None:
    """Draw a table between its nearest neighbours, past the models that are not published."""
    streamlit.header("Where it comes from")
    name = described["table_name"]
    neighbours = release.rows("tables/neighbours", name=name)
    if not neighbours:
        markup.show("tables/none.html", text="It reads no table, and no table reads it.")
        return
    above = [row for row in neighbours if row["direction"] == "above"]
    below = [row for row in neighbours if row["direction"] == "below"]
    streamlit.mermaid_chart(
        diagram(name, above, below),
        alt=f"{name} between the {len(above)} tables it is made from and the {len(below)} that "
        "are made from it; the list below has the same.",
    )
    schemas = {row["table_name"]: row["full_name"] for row in release.rows("tables/tables")}
    markup.show("tables/lineage.html", above=grouped(above), below=below, schemas=schemas)


def diagram(name: str, above: list[Row], below: list[Row]) -> str:
    """A flowchart: a box for each feed or schema with its tables, and the table between them.

    Every name is ours, from the catalogue of the release.
    """
    lines = [_SETTINGS, "flowchart LR", f'    this(["{name}"])']
    for number, (group, tables) in enumerate(grouped(above).items()):
        lines += [f'    from{number}["{_box(group, tables)}"] --> this']
    for number, (group, tables) in enumerate(grouped(below).items()):
        lines += [f'    this --> to{number}["{_box(group, tables)}"]']
    return "\n".join(lines)


def _box(group: str, tables: list[str]) -> str:
    return "<br/>".join([f"{group}:", *tables])


def grouped(rows: list[Row]) -> dict[str, list[str]]:
    """Names of tables by the feed or schema they are of."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row["layer"], []).append(row["table_name"])
    return groups
