"""The tasks of a build's DAG: the product's own steps, with stand-ins for dbt and the gate."""

import pkgutil
from typing import Any

from ingest import settings
from ingest.settings import Settings
from warehouse import build, lock

# Each step: its name in the ledger, its function, and what the function takes besides the run.
Steps = tuple[tuple[str, str, tuple[Any, ...]], ...]


def of_build(feed: str, transform: str) -> dict[str, Steps]:
    """What `dags/build_warehouse.py` does after its first task; `transform` stands for dbt."""
    return {
        "plan": (("plan", "warehouse.build:plan", ((feed,),)),),
        "transform": (("transform", transform, ()),),
        "gate": (("gate_candidate", f"{__name__}:gate", ()),),
        "seal": (("close", "warehouse.seal:close", ()), ("inspect", "warehouse.seal:inspect", ())),
        "publish": (
            ("publish", "warehouse.seal:publish", ()),
            ("prune", "warehouse.retention:prune", ()),
        ),
    }


def gate(here: Settings, run: str) -> dict[str, Any]:
    """A gate that lets everything pass."""
    (build.folder(here.home, run) / "profile.json").write_text("{}", "utf-8")
    return {"verdicts": []}


def work(function: str, *arguments: Any) -> Any:
    """What a step's child does, without the child."""
    here = settings.current()
    with lock.worker(here.home):
        return pkgutil.resolve_name(function)(here, *arguments)
