"""Every check of the warehouse is seen failing by a fault that is planted for it alone."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from expectations.limits import RawLimits
from ingest.catalog import FEEDS
from tests.faults import gates_proven, planted_tests, spoilt
from tests.faults.gates import Gated
from tests.faults.proofs import Proof
from tests.faults.trials import IS_FULL, Trials

# Of dbt's unit tests, and of the feeds: the full run has them all, as `docs/gates_proven.md`.
UNIT_TESTS = None if IS_FULL else 3
RAW_FEEDS = tuple(FEEDS) if IS_FULL else ("reviews",)


@pytest.mark.fault("F49", "a fault for each expectation and each dbt test", quick=1, full=1)
def test_every_check_fails_by_a_fault_of_its_own(
    trials: Trials, gated: Gated, tmp_path: Path
) -> None:
    places = [tmp_path / name for name in ("tests", "units", "expectations")]
    for place in places:
        place.mkdir()
    found = gates_proven.of_tests(gated, places[0])
    units = gates_proven.of_units(gated, places[1], UNIT_TESTS)
    expectations = list(gates_proven.of_expectations(gated, places[2], RAW_FEEDS))
    for one in trials.of((*found, *units, *expectations)):
        if one.why_not:
            trials.lose(f"{one.gate}: {one.check} of {one.place}: {one.planted}: {one.why_not}")
    whole = units if IS_FULL else []
    assert not gates_proven.stale([*found, *whole, *expectations]), (
        "docs/gates_proven.md is stale: python -m tests.faults.gates_proven writes it anew"
    )
    blind = _of_blind_tests(gated, tmp_path / "blind")
    trials.control("data tests that see no row", caught=all(one.why_not for one in blind))
    generous = [one for one in _of_generous_gate(gated, tmp_path / "generous") if one.why_not]
    names = [one.check for one in generous]
    trials.control("a budget that nothing exceeds", caught=names == ["rejects_within_budget"])
    forgotten = gates_proven.stale(found[1:])
    trials.control("a check that the document lacks", caught=len(forgotten) == 1)


def _of_blind_tests(gated: Gated, folder: Path) -> list[Proof]:
    folder.mkdir()
    looks = planted_tests.looks(gated)
    blind = [replace(one, query=f"from ({one.query}) where false") for one in looks]
    with planted_tests.workbench(gated, looks, folder) as session:
        return list(planted_tests.proofs(session, blind))


def _of_generous_gate(gated: Gated, folder: Path) -> list[Proof]:
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patched:
        generous = partial(RawLimits, rejects_always_allowed=10**9)
        patched.setattr(spoilt, "RawLimits", generous)
        return list(spoilt.raw_proofs(gated, "reviews", folder))
