"""The child of `tests.faults.statements`: one connection of the sandbox, many statements.

It imports nothing of ours but what the sandbox's own child does, and may be given a copy of that.
"""

import json
import os
import sys

from warehouse.sandboxed import confinement
from warehouse.sandboxed.order import Order

_MEMORY_BYTES = 3 * 1024**3
_CPU_SECONDS = 600
_MILLISECONDS = 300
_ROWS = 100


def main() -> None:
    """Answer every statement of stdin, a JSON line each."""
    given = json.load(sys.stdin)
    order: Order = {
        "database": given["database"],
        "statement": "",
        "parent": given["parent"],
        "memory_bytes": _MEMORY_BYTES,
        "seconds": 1.0,
        "milliseconds": _MILLISECONDS,
        "threads": 2,
        "rows": _ROWS,
    }
    confinement.confine(order["parent"], order["memory_bytes"], _CPU_SECONDS)
    # Only now: what is loaded counts against the limits.
    import pyarrow as pa

    from warehouse.sandboxed import answer

    said: list[str] = []

    def keep(reader: pa.RecordBatchReader, rows: int | None) -> int:
        del rows
        for batch in reader:
            if len(said) < _ROWS:
                said.append(str(batch[:_ROWS].to_pydict()))
        return 0

    answer._send = keep
    connection = answer.open_release(order)
    for statement in given["statements"]:
        said.clear()
        try:
            answer.answer(connection, {**order, "statement": statement})
            line = True, "".join(said)
        except Exception as error:  # noqa: BLE001 # whatever is said must not be the secret
            line = False, "".join(said) + str(error)
        os.write(1, json.dumps(line).encode() + b"\n")
    os._exit(0)
