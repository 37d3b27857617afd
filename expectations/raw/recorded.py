"""What load recorded of a snapshot: the counts a raw gate asserts instead of scanning again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

RECEIPT = "receipt.json"


@dataclass(frozen=True, slots=True)
class Counts:
    """A table's lines, as its receipt recorded them: received = loaded + rejected."""

    received: int
    loaded: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Previous:
    """The same table one snapshot ago; `null_shares` is empty where it was not measured."""

    loaded: int
    null_shares: Mapping[str, float]


def counts(snapshot: Path) -> dict[str, Counts]:
    """By table, from the receipt in a snapshot's folder.

    Raises:
        OSError: there is no receipt.
        ValueError: it is not the receipt of a snapshot.
    """
    file = snapshot / RECEIPT
    try:
        tables = json.loads(file.read_text("utf-8"))["tables"]
        return {
            table: Counts(facts["received_count"], facts["loaded_count"], facts["rejected_count"])
            for table, facts in tables.items()
        }
    except (AttributeError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{file} is not a receipt: {error!r}") from error
