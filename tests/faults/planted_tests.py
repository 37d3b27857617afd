"""Each data test of dbt against a row that it must find: the fault follows from the test's kind.

The relations that tests look at are copied without their constraints; a fault stands in a
transaction that is rolled back.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tests.faults.gates import Gated
from tests.faults.proofs import Proof, bare, columns, count, literal, unknown

DATABASES = ("candidate", "scratch")


@dataclass(frozen=True, slots=True)
class Look:
    """One test: where it looks, what it was made of, and its query.

    `others`: the relations it names, by the names of their models.
    """

    kind: str
    relation: str
    arguments: Mapping[str, Any]
    others: Mapping[str, str]
    condition: str
    query: str

    @property
    def column(self) -> str:
        return str(self.arguments["column_name"])

    @property
    def place(self) -> str:
        """The column, or those that are looked at together."""
        names = self.arguments.get("columns") or [self.column]
        return f"{bare(self.relation)}.{' + '.join(names)}"

    def other(self, argument: str) -> str:
        """The relation that an argument refers to, as in `ref('dim_titles')`."""
        return self.others[self.arguments[argument].split("'")[1]]

    def first_row(self) -> str:
        """The first row that the test looks at, as a condition."""
        where = f" where {self.condition}" if self.condition else ""
        return f"rowid = (select min(rowid) from {self.relation}{where})"


def looks(gated: Gated) -> list[Look]:
    """Every data test of the project, as dbt compiled it."""
    nodes = gated.manifest()["nodes"]
    compiled = {one["unique_id"]: one["compiled_code"] for one in gated.results()}
    tests = [node for node in nodes.values() if node["resource_type"] == "test"]
    return [_look(node, nodes, compiled[node["unique_id"]]) for node in tests]


def _look(node: Mapping[str, Any], nodes: Mapping[str, Any], query: str) -> Look:
    made_of = node.get("test_metadata") or {"name": f"singular: {node['name']}", "kwargs": {}}
    upon = [nodes[name] for name in node["depends_on"]["nodes"]]
    others = {one["name"]: one["relation_name"] for one in upon}
    on = node["attached_node"] or node["depends_on"]["nodes"][0]
    return Look(
        made_of["name"],
        nodes[on]["relation_name"],
        made_of["kwargs"],
        others,
        node["config"]["where"] or "",
        query,
    )


def workbench(gated: Gated, tests: list[Look], folder: Path) -> duckdb.DuckDBPyConnection:
    """The relations of the tests as tables without constraints."""
    names = {name for one in tests for name in (one.relation, *one.others.values())}
    with duckdb.connect() as session:
        for database in DATABASES:
            made = gated.build / f"{database}.duckdb"
            session.execute(f"attach '{made}' as {database} (read_only)")
            session.execute(f"attach '{folder / database}.duckdb' as plain_{database}")
        for name in sorted(names):
            database, schema, table = name.replace('"', "").split(".")
            session.execute(f"create schema if not exists plain_{database}.{schema}")
            session.execute(f"create table plain_{database}.{schema}.{table} as from {name}")
    plain = duckdb.connect()
    for database in DATABASES:
        plain.execute(f"attach '{folder / database}.duckdb' as {database}")
    return plain


def proofs(session: duckdb.DuckDBPyConnection, tests: list[Look]) -> Iterator[Proof]:
    """Each test without a fault and with one."""
    for one in tests:
        plant = FAULTS.get(one.kind)
        if plant is None:
            yield Proof("dbt test", one.relation, one.kind, "", "no fault is known for its kind")
            continue
        sql, words = plant(session, one)
        yield Proof("dbt test", one.place, one.kind, words, _why_not(session, one, sql))


def _why_not(session: duckdb.DuckDBPyConnection, one: Look, sql: str) -> str:
    if count(session, one.query):
        return "it fails without a fault"
    session.begin()
    try:
        session.execute(sql)
        return "" if count(session, one.query) else "it does not fail"
    finally:
        session.rollback()


Plant = Callable[[duckdb.DuckDBPyConnection, Look], tuple[str, str]]


def _put(session: duckdb.DuckDBPyConnection, one: Look, value: str, words: str) -> tuple[str, str]:
    """A value in a column of the first row, or of a new one where there is none."""
    if count(session, f"from {one.relation} where {one.first_row()}"):
        sql = f'update {one.relation} set "{one.column}" = {value} where {one.first_row()}'
        return sql, words
    return f'insert into {one.relation} ("{one.column}") select {value}', words


def _double(session: duckdb.DuckDBPyConnection, one: Look) -> tuple[str, str]:
    """A row twice, or two new ones where there is none."""
    names = one.arguments.get("columns") or [one.column]
    where = f"{one.first_row()}"
    if "columns" not in one.arguments:
        where = f"rowid = (select min(rowid) from {one.relation} where {one.column} is not null)"
    rows = f"from {one.relation} where {where}"
    if count(session, rows):
        return f"insert into {one.relation} {rows}", "a row twice"
    kinds = columns(session, one.relation)
    values = ", ".join(literal(kinds[name]) for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    return f"insert into {one.relation} ({listed}) select {values} from range(2)", "a row twice"


def _unaccepted(session: duckdb.DuckDBPyConnection, one: Look) -> tuple[str, str]:
    value = unknown(columns(session, one.relation)[one.column])
    return _put(session, one, value, "a value that is not listed")


def _orphan(session: duckdb.DuckDBPyConnection, one: Look) -> tuple[str, str]:
    parent, field = one.other("to"), one.arguments["field"]
    kind = columns(session, parent)[field]
    beyond = f"(select coalesce(max({field}), 0) + 1 from {parent})"
    value = unknown(kind) if kind == "VARCHAR" else beyond
    return _put(session, one, value, f"a value that {bare(parent)}.{field} lacks")


def _shared(_: duckdb.DuckDBPyConnection, one: Look) -> tuple[str, str]:
    names = ", ".join(one.arguments["columns"])
    other = one.other("other")
    sql = f"insert into {one.relation} ({names}) select {names} from {other} limit 1"
    return sql, f"a key of {bare(other)}"


FAULTS: dict[str, Plant] = {
    "accepted_values": _unaccepted,
    "free_of": _shared,
    "not_null": lambda session, one: _put(session, one, "null", "a null"),
    "relationships": _orphan,
    "unique": _double,
    "unique_together": _double,
}
