"""Makes the generated part of docs/data_model.md: `python docs/make_data_model.py`.

Diagrams and the table of grains and keys follow from the YAML beside the models: columns and types
from the contracts, keys from the tests of uniqueness, lines from the tests of relationships. The
same models give the same page; `make docs` runs it, and a test fails when the page is stale.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[1]
MODELS = PROJECT / "dbt_project" / "models"
PAGE = PROJECT / "docs" / "data_model.md"
BEGIN = "<!-- begin: made by docs/make_data_model.py -->"
END = "<!-- end -->"
# The diagrams: each heading, and the folders of the tables it shows.
DIAGRAMS = {
    "Catalogue": ("catalogue",),
    "Ratings and audience": ("ratings", "audience"),
    "Money": ("money",),
    "Pages": ("pages",),
    "Reports": ("reports",),
}
_REF = re.compile(r"ref\('(\w+)'\)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names a row of another table."""

    column: str
    table: str
    field: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a release, as its YAML promises it. `required`: the columns never NULL."""

    name: str
    schema: str
    subject: str
    grain: str
    key: tuple[str, ...]
    types: Mapping[str, str]
    required: frozenset[str]
    references: tuple[Reference, ...]
    is_view: bool


def main() -> None:
    PAGE.write_text(page(PAGE.read_text("utf-8"), read(MODELS)), "utf-8")


def page(text: str, tables: Iterable[Table]) -> str:
    """The page with what stands between the markers made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    if not rest or f"{END}{after}" not in rest:
        raise SystemExit(f"{PAGE} lacks the line {BEGIN} or {END}")
    known = list(tables)
    made = [_listing(known)]
    for heading, subjects in DIAGRAMS.items():
        shown = [table for table in known if table.subject in subjects]
        made.append(f"### {heading}\n```mermaid\n{_diagram(shown, known)}\n```")
    return before + BEGIN + "\n\n" + "\n\n".join(made) + "\n\n" + END + after


def read(models: Path) -> list[Table]:
    """The tables of marts and ops: subjects as the diagrams have them, then the files' order."""
    subjects = [one for some in DIAGRAMS.values() for one in some]
    files = [file for one in subjects for file in sorted(models.glob(f"marts/{one}/_*.yml"))]
    files += sorted(models.glob("ops/_*.yml"))
    return [
        _table(file, entry)
        for file in files
        for entry in yaml.safe_load(file.read_text("utf-8")).get("models", [])
    ]


def _table(file: Path, entry: Mapping[str, Any]) -> Table:
    columns = {column["name"]: column for column in entry["columns"]}
    place = file.relative_to(MODELS).parts
    sql = (file.parent / f"{entry['name']}.sql").read_text("utf-8")
    return Table(
        name=entry["name"],
        schema=place[0],
        subject=place[-2],
        grain=_grain(entry),
        key=_key(entry),
        types={name: column["data_type"] for name, column in columns.items()},
        required=frozenset(
            name for name, one in columns.items() if {"type": "not_null"} in _constraints(one)
        ),
        references=tuple(_references(columns)),
        is_view="materialized='view'" in sql,
    )


def _grain(entry: Mapping[str, Any]) -> str:
    """What one row is, from the description, which must say so first."""
    said = re.match(r"One row per ([^.;:]+)", " ".join(entry["description"].split()))
    if not said:
        raise SystemExit(f"the description of {entry['name']} does not begin with: One row per")
    return said[1]


def _key(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The key by a test or constraint, or by `meta.key` where none judges all rows."""
    stated = entry.get("config", {}).get("meta", {}).get("key")
    if stated:
        return tuple(stated)
    for column in entry["columns"]:
        if "unique" in _tests(column) or {"type": "primary_key"} in _constraints(column):
            return (column["name"],)
    for test in _tests(entry):
        if "unique_together" in test:
            return tuple(test["unique_together"]["arguments"]["columns"])
    return ()


def _references(columns: Mapping[str, Mapping[str, Any]]) -> Iterator[Reference]:
    for name, column in columns.items():
        for test in _tests(column):
            if "relationships" in test:
                facts = test["relationships"]["arguments"]
                [table] = _REF.findall(facts["to"])
                yield Reference(name, table, facts["field"])


def _tests(node: Mapping[str, Any]) -> list[Any]:
    return list(node.get("data_tests", []))


def _constraints(node: Mapping[str, Any]) -> list[Any]:
    return list(node.get("constraints", []))


def _listing(tables: Iterable[Table]) -> str:
    rows = ["| table | one row per | key |", "|---|---|---|"]
    for table in tables:
        view = " (a view)" if table.is_view else ""
        key = f"`{', '.join(table.key)}`" if table.key else "none"
        rows.append(f"| `{table.schema}.{table.name}`{view} | {table.grain} | {key} |")
    return "\n".join(rows)


def _diagram(shown: list[Table], known: list[Table]) -> str:
    """Mermaid's text: the tables, then a line from each column that names a row elsewhere."""
    named = {one.table for table in shown for one in table.references}
    lines = ["erDiagram"]
    for table in known:
        if table in shown:
            lines += _entity(table, _columns(table))
        elif table.name in named:
            lines += _entity(table, table.key)
    lines += [_line(table, one) for table in shown for one in table.references]
    return "\n".join(lines)


def _columns(table: Table) -> list[str]:
    """All, but of a wide report only those that join it."""
    if not table.name.startswith("rpt_"):
        return list(table.types)
    wanted = {*table.key, *(one.column for one in table.references)}
    return [name for name in table.types if name in wanted]


def _entity(table: Table, columns: Iterable[str]) -> Iterator[str]:
    naming = {one.column for one in table.references}
    yield f"    {table.name} {{"
    for name in columns:
        marks = [mark for mark, names in (("PK", table.key), ("FK", naming)) if name in names]
        yield f"        {_type(table.types[name])} {name} {', '.join(marks)}".rstrip()
    yield "    }"


def _type(sql: str) -> str:
    """A type that Mermaid can read: no commas, and a struct without its fields."""
    outer = re.sub(r"^struct\(.*\)", "struct", sql, flags=re.IGNORECASE)
    return re.sub(r"\(.*?\)", "", outer)


def _line(table: Table, one: Reference) -> str:
    """Crow's feet: each row names one row elsewhere, or none; how many name the same one."""
    parent = "||" if one.column in table.required else "|o"
    child = "o|" if table.key == (one.column,) else "o{"
    return f"    {one.table} {parent}--{child} {table.name} : {one.column}"


if __name__ == "__main__":
    main()
