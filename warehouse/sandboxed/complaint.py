"""What DuckDB complains of, with its place in the statement, as a report."""

import json
import re

import duckdb

from warehouse.sandboxed.order import Report

# A message may quote the data, which can be anything.
MESSAGE_CHARACTERS = 2_000
NO_FILES = "a query reads the published tables only: no file, no folder, no address"


class RefusedError(Exception):
    """The statement is not run here."""


def report(text: str, statement: str) -> Report:
    """The error in the report's words; DuckDB's text, since Arrow passes on nothing else."""
    facts = _facts(text)
    kind, _, rest = text.partition(" Error: ")
    # Arrow's batches hold 2 GiB of text.
    if kind == "Out of Memory" or "Arrow Appender: The maximum total string size" in text:
        return {"kind": "memory"}
    if kind == "INTERRUPT":
        return {"kind": "time"}
    message = _words(facts, rest or text).strip()[:MESSAGE_CHARACTERS]
    made: Report = {"kind": "wrong", "message": message}
    # A relative path is looked for in a folder that is gone.
    if kind == "Permission" or "get working directory" in message:
        made = {"kind": "refused", "message": NO_FILES}
    elif "read-only mode" in message:
        made = {"kind": "refused", "message": "the published tables are read-only"}
    if "location" in facts:
        start, length = _location(facts)
        seen = statement.encode()[start : start + length].decode(errors="replace")
        # In a text that query() runs, the place is in that text.
        if start >= 0 and facts.get("name", "").lower() in seen.lower():
            made |= {"start": start, "length": length}
    return made


def placed(connection: duckdb.DuckDBPyConnection, statement: str, text: str) -> str:
    """The same error with its place, which `sql` leaves out and EXPLAIN tells without a run."""
    prefix = "explain "
    try:
        connection.execute(prefix + statement)
    except duckdb.Error as told:
        facts = _facts(str(told))
        if "location" in facts and facts["exception_message"] in text:
            start, length = _location(facts)
            facts["location"] = f"[{start - len(prefix)},{length}]"
            return f"{text.partition(': ')[0]}: {json.dumps(facts)}"
    return text


def _words(facts: dict[str, str], text: str) -> str:
    """What a person typed wrong, or else DuckDB's own words."""
    name, near = facts.get("name"), facts.get("candidates", "").replace(",", ", ")
    if facts.get("error_subtype") == "COLUMN_NOT_FOUND" and near:
        return f"there is no column {name} here; like it: {near}"
    if facts.get("error_subtype") == "MISSING_ENTRY" and name:
        kind = facts.get("type", "thing").lower()
        return f"there is no {kind} {name}" + (f"; like it: {near}" if near else "")
    return facts.get("exception_message", text)


def _facts(text: str) -> dict[str, str]:
    """The object that `errors_as_json` puts after the kind of the error."""
    _, brace, rest = text.partition("{")
    try:
        return {str(key): str(value) for key, value in json.loads(brace + rest).items()}
    except ValueError:
        return {}


def _location(facts: dict[str, str]) -> tuple[int, int]:
    start, length = re.findall(r"-?\d+", facts["location"])
    return int(start), int(length)
