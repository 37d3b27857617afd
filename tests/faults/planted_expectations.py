"""Each expectation of the gates against a fault that follows from its name and its arguments.

A gate takes a second whatever it judges: faults that cannot touch one another share a round, in
which one copy of the sample is spoilt and judged.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from expectations.suite import Expectation, Outcome, Report
from tests.faults.proofs import Proof, columns, count, literal, unknown

# Of an expectation or a verdict: table, column, name, and the bounds of a range, of which a column
# may have two. What else is expected may depend on what was planted.
Check = tuple[str, str | None, str, str]
Verdicts = Mapping[Check, Outcome]


@dataclass(frozen=True, slots=True)
class Fault:
    """SQL for the rows of a table. Faults of one round do not touch one another.

    `is_recorded`: whether load saw it before it wrote its receipt.
    """

    check: Check
    round: str
    sql: str
    words: str
    is_recorded: bool = False


def relation(one: Expectation, gate: str) -> str:
    """The table that an expectation is about, in a spoilt copy."""
    if gate == "raw":
        return f'incoming."{one.table_name}"'
    return f"{'ops' if one.table_name in OPERATIONS else 'marts'}.{one.table_name}"


OPERATIONS = ("table_counts", "rejects", "orphans", "match_results", "feed_snapshots")
Planter = Callable[[duckdb.DuckDBPyConnection, Expectation, str], list[tuple[str, str]]]


def faults(
    session: duckdb.DuckDBPyConnection, expectations: Iterable[Expectation], gate: str
) -> Iterator[Fault | Proof]:
    """What is planted for each expectation; a proof of failure where nothing is known to plant."""
    turns: Counter[str] = Counter()
    for one in expectations:
        check = check_of(one)
        name = "holds" if one.name.startswith("holds_") else one.name
        if name in ROWS:
            sql, words, recorded = ROWS[name]
            spoilt = sql.format(rows=relation(one, gate), table=one.table_name)
            yield Fault(check, name, spoilt, words, recorded)
        elif name in COLUMNS:
            place = f"{one.table_name}.{one.column_name}"
            for sql, words in COLUMNS[name](session, one, relation(one, gate)):
                turns[place] += 1
                yield Fault(check, f"column, {turns[place]}", sql, words)
        else:
            yield proof(check, gate, "", "no fault is known for its name")


def check_of(one: Expectation) -> Check:
    """By which an expectation and the verdict on it know one another."""
    return _check(one.table_name, one.column_name, one.name, one.expected)


def verdicts(report: Report) -> Verdicts:
    """What was found, by what was judged."""
    return {
        _check(one.table_name, one.column_name, one.expectation, one.expected): one.verdict
        for one in report.verdicts
    }


def _check(table: str, column: str | None, name: str, expected: str) -> Check:
    return table, column, name, expected.partition(",")[0] if name == "values_in_range" else ""


def proof(check: Check, gate: str, words: str, why_not: str = "") -> Proof:
    """A row of the document."""
    table, column, name, _ = check
    return Proof(gate, f"{table}.{column}" if column else table, name, words, why_not)


def rounds(planted: Iterable[Fault]) -> dict[str, list[Fault]]:
    """Faults that are planted together; equal ones once."""
    found: dict[str, list[Fault]] = {}
    for one in planted:
        found.setdefault(ROUND_OF.get(one.round, one.round), []).append(one)
    return found


def judged(
    planted: Iterable[Fault], before: Verdicts, after: Verdicts, gate: str
) -> Iterator[Proof]:
    """Whether each fault's own expectation failed, and did not fail so before."""
    for one in planted:
        found = after.get(one.check)
        failed = found in (Outcome.REFUSED, Outcome.REPORTED) and found != before[one.check]
        why_not = "" if failed else f"it was {found}, and {before[one.check]} without a fault"
        yield proof(one.check, gate, one.words, why_not)


def plant(session: duckdb.DuckDBPyConnection, planted: Iterable[Fault]) -> None:
    """Spoil a copy; what several expectations have in common is done once."""
    for sql in dict.fromkeys(one.sql for one in planted):
        session.execute(sql)


_LOST = ("delete from {rows}", "every row gone", False)
_REJECT = "insert into rejects.\"{table}\" (table_name) select '{table}' from range({many})"
# By the expectation: SQL, words, and whether the receipt counts it.
ROWS: Mapping[str, tuple[str, str, bool]] = {
    "rows_are_those_loaded": ("delete from {rows}", "rows gone that the receipt counts", False),
    "rows_not_lost": _LOST,
    "not_empty": _LOST,
    "holds": _LOST,
    "rows_not_multiplied": ("insert into {rows} from {rows}", "every row twice", False),
    "rejects_are_in_the_ledger": (
        _REJECT.replace("{many}", "1"), "a rejected line that the receipt does not count", False,
    ),
    "rejects_within_budget": (
        _REJECT.replace("{many}", "(select count(*) + 40 from {rows})"),
        "more rejected lines than loaded ones", True,
    ),
    "received_is_loaded_plus_rejected": ("", "a received line that is nowhere", False),
    "rejects_are_listed": (
        "update {rows} set reject_count = reject_count + 1", "a reject too many", False,
    ),
}  # fmt: skip
ROUND_OF = {
    **dict.fromkeys(("rows_are_those_loaded", "not_empty", "holds"), "rows_not_lost"),
    **dict.fromkeys(("rejects_are_listed",), "received_is_loaded_plus_rejected"),
    "rejects_are_in_the_ledger": "received_is_loaded_plus_rejected",
}


def _everywhere(rows: str, column: str, value: str) -> str:
    return f'update {rows} set "{column}" = {value}'


def _beyond(
    session: duckdb.DuckDBPyConnection, one: Expectation, rows: str
) -> list[tuple[str, str]]:
    """A value beyond each bound."""
    column, found = str(one.column_name), []
    kind = columns(session, rows)[column]
    for name, step, words in (("min_value", -1, "too little"), ("max_value", 1, "too much")):
        if (bound := one.arguments[name]) is not None:
            value = f"{_beside(bound, step)}::{kind}"
            found.append((_everywhere(rows, column, value), f"{words} in every row"))
    return found


def _beside(bound: object, step: int) -> str:
    if isinstance(bound, date):
        return f"'{bound + timedelta(days=400 * step)}'"
    assert isinstance(bound, int | float)
    return str(bound + step)


def _emptied(
    session: duckdb.DuckDBPyConnection, one: Expectation, rows: str
) -> list[tuple[str, str]]:
    """No value in any row, or a value in every row of a column that mostly has none."""
    column = str(one.column_name)
    nulls = count(session, f'from {rows} where "{column}" is null')
    if one.name == "rarely_null" or nulls * 2 < count(session, f"from {rows}"):
        return [(_everywhere(rows, column, "null"), "null in every row")]
    value = literal(columns(session, rows)[column])
    return [(_everywhere(rows, column, value), "a value in every row")]


def _strange(
    session: duckdb.DuckDBPyConnection, one: Expectation, rows: str
) -> list[tuple[str, str]]:
    value = unknown(columns(session, rows)[str(one.column_name)])
    return [(_everywhere(rows, str(one.column_name), value), "a value that nobody knows")]


def _said(sql: str, words: str) -> Planter:
    """A fault in a table of `ops`: `{0}` and `{1}` are the parts of the measure's name."""

    def plant_it(
        _: duckdb.DuckDBPyConnection, one: Expectation, rows: str
    ) -> list[tuple[str, str]]:
        return [(sql.format(*str(one.column_name).split("__"), rows=rows), words)]

    return plant_it


_ORPHANS = _said(
    "update {rows} set orphan_row_count = 1e9 where table_name = '{0}' and column_name = '{1}'",
    "orphans without number",
)
COLUMNS: Mapping[str, Planter] = {
    "values_in_range": _beyond,
    "null_share_stays": _emptied,
    "rarely_null": _emptied,
    "values_known": _strange,
    "few_orphans": _ORPHANS,
    "orphans_not_more": _ORPHANS,
    "not_in_the_future": _said(
        "update {rows} set rating_date = date '2999-01-01'", "ratings of the year 2999"
    ),
    "matched_as_often": _said(
        "update {rows} set outcome = 'unmatched' where source = '{0}'", "no record matched"
    ),
    "fresh": _said(
        "update {rows} set snapshot_at = snapshot_at - interval 99 days",
        "snapshots of 99 days ago",
    ),
}
