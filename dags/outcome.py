"""What kind of failure an exception is."""

from ingest.errors import IngestError, RotError
from warehouse.ledger import Outcome

# How a run ends that a person should look at.
FAILURES: frozenset[Outcome] = frozenset({"refused", "unreadable", "broken", "killed"})


def of(error: BaseException) -> Outcome:
    """`unreadable` and `refused` were raised on purpose; all else is `broken`.

    Refusals are known by their names: nothing heavy is imported here.
    """
    if isinstance(error, RotError):
        return "broken"
    if isinstance(error, IngestError):
        return "unreadable"
    return "refused" if type(error).__name__.endswith("RefusedError") else "broken"
