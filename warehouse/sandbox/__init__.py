"""A person's SQL on a release, in a child process that can read nothing else and is soon over.

`memory_limit` and `max_execution_time` do not bound every function of DuckDB: only the limits of
a process, and its end, are a bound.
"""

from warehouse.sandbox.asking import Answer, Limits, ask, stream
from warehouse.sandbox.errors import LimitError, Place, QueryError, RefusedError

__all__ = [
    "Answer",
    "LimitError",
    "Limits",
    "Place",
    "QueryError",
    "RefusedError",
    "ask",
    "stream",
]
