"""Runbooks: which page of `docs/runbooks/` tells what to do about a failure. Chosen here alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from warehouse.ledger import Receipt

FOLDER = "docs/runbooks"
# By the name of the exception: what raised it may be heavy to import, and a receipt has its name.
ERRORS = {
    "SourceUnavailableError": "source_unavailable",
    "SourceDamagedError": "source_damaged",
    "SourceChangedError": "source_changed",
    "LakeConflictError": "lake_conflict",
    "RotError": "rot",
    "GateBrokenError": "gate_broken",
    "BuildRefusedError": "dbt_test_failed",
    "BuildError": "build_broken",
    "SealError": "seal_failed",
    "ReleaseConflictError": "release_conflict",
    "ReleaseHeldError": "publication_held",
    "NotPublishedError": "not_published",
    "LockedError": "run_locked",
    "ChildError": "child_died",
    "BackupError": "backup_refused",
    "PortTakenError": "port_taken",
    "UnusableSettingsError": "settings_unusable",
}
# By the first expectation that refused; `holds_<table>` is one promise in many words.
EXPECTATIONS = {
    "rows_not_lost": "rows_lost",
    "rows_not_multiplied": "rows_multiplied",
    "null_share_stays": "values_missing",
    "rarely_null": "values_missing",
    "values_in_range": "values_out_of_range",
    "not_in_the_future": "values_out_of_range",
    "values_known": "values_unknown",
    "rejects_within_budget": "rejects_over_budget",
    "rows_are_those_loaded": "counts_disagree",
    "rejects_are_in_the_ledger": "counts_disagree",
    "received_is_loaded_plus_rejected": "counts_disagree",
    "rejects_are_listed": "counts_disagree",
    "holds": "counts_disagree",
    "not_empty": "table_empty",
    "few_orphans": "orphans",
    "orphans_not_more": "orphans",
    "matched_as_often": "matches_fewer",
    "fresh": "snapshot_old",
    "readable": "gate_broken",
}
# What a machine says when it is full, in whatever is told of it; it goes before the rest.
WORDS = {
    # DuckDB calls it memory, but it may spill as much as the disk takes: we set it no other limit.
    "max_temp_directory_size": "disk_full",
    "No space left on device": "disk_full",
    "File too large": "disk_full",
    "Out of Memory": "out_of_memory",
    "out of memory": "out_of_memory",
    "MemoryError": "out_of_memory",
    "failed to map segment": "out_of_memory",  # of the linker, where a library found no room
}
OUTCOMES = {
    "held": "publication_held",
    "killed": "run_killed",
    "refused": "gate_refused",
    "unreadable": "source_unavailable",
    "broken": "broken",
}
# What no run says: `arthouse status`, and notifications.
ROT = f"{FOLDER}/{ERRORS['RotError']}.md"
RESTORE = f"{FOLDER}/restore.md"
STALE = f"{FOLDER}/release_stale.md"
NOTIFICATIONS = f"{FOLDER}/notification_failed.md"


def of_error(error: BaseException) -> str:
    """The page about an exception."""
    name = type(error).__name__
    outcome = "refused" if name.endswith("RefusedError") else "broken"
    return _page(name, str(error), getattr(error, "verdicts", []), outcome)


def of_outcome(outcome: str) -> str:
    """The page about a run of which no more is known than its outcome."""
    return f"{FOLDER}/{OUTCOMES[outcome]}.md"


def of_run(receipts: Sequence[Receipt]) -> str | None:
    """The page about what ended a run; None where nothing did."""
    last = receipts[-1] if receipts else None
    if last is None or last.outcome not in OUTCOMES:
        return None
    steps = [one for one in receipts if one.task not in ("begin", "end")]
    return of_receipt(next((one for one in steps if one.outcome == last.outcome), last))


def of_receipt(receipt: Receipt) -> str | None:
    """The page about what a step came to; None where nothing is to be done."""
    if receipt.outcome not in OUTCOMES:
        return None
    facts = receipt.facts
    return _page(facts.get("error", ""), receipt.reason, facts.get("verdicts", []), receipt.outcome)


def of_expectation(name: str) -> str:
    """The page about a promise of the gates."""
    kind = "holds" if name.startswith("holds_") else name
    return f"{FOLDER}/{EXPECTATIONS.get(kind, OUTCOMES['refused'])}.md"


def _page(error: str, words: str, verdicts: Sequence[Mapping[str, Any]], outcome: str) -> str:
    if outcome == "broken":
        full = (page for mark, page in WORDS.items() if mark in f"{error} {words}")
        if page := next(full, None):
            return f"{FOLDER}/{page}.md"
    refused = [one for one in verdicts if one["verdict"] == "refused" and one["gate"] != "dbt"]
    if outcome == "refused" and refused:
        return of_expectation(refused[0]["expectation"])
    return f"{FOLDER}/{ERRORS.get(error, OUTCOMES[outcome])}.md"
