"""What parent and child tell one another: an order on stdin, a report on stderr, both JSON."""

from typing import Literal, TypedDict


class Order(TypedDict):
    """What the parent asks for."""

    database: str
    statement: str
    parent: int
    memory_bytes: int
    seconds: float
    # DuckDB's own limit; 0: the parent alone keeps the time.
    milliseconds: int
    threads: int
    # None: all of them.
    rows: int | None


class Report(TypedDict, total=False):
    """How it ended."""

    kind: Literal["answered", "refused", "wrong", "time", "memory"]
    message: str
    # The place in the statement, in bytes.
    start: int
    length: int
    # How many rows there were, sent or not.
    total: int
