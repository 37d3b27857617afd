"""Run the one statement, report, and end without tidying: there is nothing to keep."""

import json
import math
import os
import sys
from typing import NoReturn

from warehouse.sandboxed import confinement
from warehouse.sandboxed.order import Order, Report


def main() -> NoReturn:
    """Do what stdin says."""
    order: Order = json.load(sys.stdin)
    # All its threads at work until the parent ends it; one second for starting.
    cpu_seconds = math.ceil(order["seconds"] * order["threads"]) + 1
    confinement.confine(order["parent"], order["memory_bytes"], cpu_seconds)
    try:
        report = _report(order)
    except MemoryError:
        report = {"kind": "memory"}
    except BrokenPipeError:
        # The parent wants no more.
        os._exit(1)
    os.write(2, json.dumps(report).encode())
    os._exit(0)


def _report(order: Order) -> Report:
    # Only now: what is loaded counts against the limits.
    import duckdb
    import pyarrow as pa

    from warehouse.sandboxed import answer, complaint

    try:
        return answer.answer(answer.open_release(order), order)
    except complaint.RefusedError as refusal:
        return {"kind": "refused", "message": str(refusal)}
    except BrokenPipeError:
        raise
    # What DuckDB says while the rows are read comes through Arrow.
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        return complaint.report(str(error), order["statement"])
