"""What dbt may say of the nodes of a project, and how a run is judged in which one was bad."""

import re
from collections.abc import Callable
from typing import Any

from tests.faults.gates import Gated
from tests.faults.trials import PROJECT
from warehouse import build, runbooks

Results = list[dict[str, Any]]
Judge = Callable[[Results, str], None]
# What dbt may say of a node, by its kind; those of `on_error: continue` build its children.
SAID = {
    "model": ("error", "error, and on it goes", "runtime error", "skipped", "partial success"),
    "seed": ("error", "error, and on it goes", "skipped"),
    "test": ("fail", "error", "warn", "skipped"),
    "unit_test": ("fail", "error", "skipped"),
}


def all_passed(gated: Gated) -> Results:
    """What `warehouse.build` reads of a dbt run in which every node of the project passed."""
    manifest = gated.manifest()
    nodes = {**manifest["nodes"], **manifest["unit_tests"]}
    return [
        {
            "id": name,
            "name": node["name"],
            "kind": node["resource_type"],
            "status": "pass" if "test" in node["resource_type"] else "success",
            "seconds": 0.1,
            "message": "",
            "table": node.get("attached_node") or "",
        }
        for name, node in nodes.items()
    ]


def spoilt(passed: Results, node: str, said: str, after: frozenset[str]) -> Results:
    """The same run, but for one node and what depends on it."""
    status, _, goes_on = said.partition(",")
    changes = {} if goes_on else {one: {"status": "skipped"} for one in after}
    changes[node] = {"status": status, "message": "planted"}
    return [{**one, **changes.get(one["id"], {})} for one in passed]


def after(children: dict[str, list[str]], node: str) -> frozenset[str]:
    """All that depends on a node, however far."""
    found: set[str] = set()
    coming = list(children.get(node, ()))
    while coming:
        one = coming.pop()
        if one not in found:
            found.add(one)
            coming += children.get(one, ())
    return frozenset(found)


def misjudged(judge: Judge, results: Results, name: str, said: str) -> str:
    """What is wrong with the judgement on a run in which one node was bad; '' if nothing is."""
    expected = build.BuildRefusedError if said == "fail" else build.BuildError
    try:
        judge(results, "r")
    except (build.BuildError, build.BuildRefusedError) as error:
        if not isinstance(error, expected):
            return f"it was {type(error).__name__}"
        if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", str(error)):
            return f"not named: {error}"
        return "" if (PROJECT / runbooks.of_error(error)).is_file() else "no runbook"
    return "it was published"
