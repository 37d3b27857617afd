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
        "message": _words(facts, str(error)).strip()[:MESSAGE_CHARACTERS],
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


def _words(facts: dict[str, str], text: str) -> str:
    """What a person typed wrong, or else DuckDB's own words."""
    name, near = facts.get("name"), facts.get("candidates", "").replace(",", ", ")
    message = facts.get("exception_message", text)
    if facts.get("error_subtype") == "COLUMN_NOT_FOUND" and near:
        return f"there is no column {name} here; like it: {near}"
    if facts.get("error_subtype") == "MISSING_ENTRY" and name:
        kind = facts.get("type", "thing").lower()
        return f"there is no {kind} {name}" + (f"; like it: {near}" if near else "")
    if message.startswith("Cannot access "):
        return "a query reads the published tables only: no file, no folder, no address"
    return message


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
