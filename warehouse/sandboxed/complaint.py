"""What DuckDB complains of, with its place in the statement, as a report."""

import json
import re

import duckdb

from warehouse.sandboxed.order import Report

# A message may quote the data, which can be anything.
MESSAGE_CHARACTERS = 2_000


class RefusedError(Exception):
    """The statement is not run here."""


def report(error: duckdb.Error, statement: str) -> Report:
    """The error in the report's words."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return {"kind": "memory"}
    if isinstance(error, duckdb.InterruptException):
        return {"kind": "time"}
    facts = _facts(str(error))
    made: Report = {
        "kind": "refused" if isinstance(error, duckdb.PermissionException) else "wrong",
        "message": facts.get("exception_message", str(error)).strip()[:MESSAGE_CHARACTERS],
    }
    if "location" in facts:
        start, length = _location(facts)
        seen = statement.encode()[start : start + length].decode(errors="replace")
        # In a text that query() runs, the place is in that text.
        if start >= 0 and facts.get("name", "").lower() in seen.lower():
            made |= {"start": start, "length": length}
    return made


def placed(
    connection: duckdb.DuckDBPyConnection, statement: str, error: duckdb.Error
) -> duckdb.Error:
    """The same error with its place, which `sql` leaves out and EXPLAIN tells without a run."""
    prefix = "explain "
    try:
        connection.execute(prefix + statement)
    except duckdb.Error as told:
        facts = _facts(str(told))
        if "location" in facts and facts["exception_message"] in str(error):
            start, length = _location(facts)
            facts["location"] = f"[{start - len(prefix)},{length}]"
            return type(error)(json.dumps(facts))
    return error


def _facts(text: str) -> dict[str, str]:
    """The object that `errors_as_json` puts after the kind of the error."""
    start = text.find("{")
    try:
        return {str(key): str(value) for key, value in json.loads(text[start:]).items()}
    except ValueError:
        return {}


def _location(facts: dict[str, str]) -> tuple[int, int]:
    start, length = re.findall(r"-?\d+", facts["location"])
    return int(start), int(length)
