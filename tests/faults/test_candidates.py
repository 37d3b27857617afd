"""A candidate that is not what its gate judged: nobody lets readers see it."""

import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.faults.killing import Ground
from tests.faults.trials import IS_FULL, Trials

CANDIDATES = "tests.faults.candidates"
WATCH = "tests.faults.watch"
WALS = ("own", "foreign", "random", "empty")
STEPS = ("inspect", "publish")


@pytest.fixture
def ground() -> Iterator[Ground]:
    with Ground() as made:
        yield made


@pytest.fixture
def candidates(ground: Ground, tmp_path: Path) -> Ground:
    ground.ask(f"{CANDIDATES}:begin", tmp_path)
    return ground


@pytest.mark.fault("F21", "a .wal beside a candidate: own, foreign, random, empty", quick=8, full=8)
def test_a_candidate_with_a_log_beside_it_is_no_release(trials: Trials, candidates: Ground) -> None:
    for kind, step in trials.of(product(WALS, STEPS)):
        for lie in candidates.ask(f"{CANDIDATES}:beside", kind, step):
            trials.lose(f"{kind} before {step}: {lie}")
    caught = bool(candidates.ask(f"{CANDIDATES}:beside_unseen", "own"))
    trials.control("a publication that does not look beside its candidate", caught=caught)


@pytest.mark.fault("F22", "a bit of a candidate flips after its gate", quick=150, full=1000)
def test_a_candidate_that_changed_after_its_gate_is_no_release(
    trials: Trials, candidates: Ground
) -> None:
    for number in trials:
        step = STEPS[number % 2]
        for lie in candidates.ask(f"{CANDIDATES}:flipped", number, step):
            trials.lose(f"seed {number} before {step}: {lie}")
    caught = bool(candidates.ask(f"{CANDIDATES}:flipped_unseen", 1))
    trials.control("a publication that hashes nothing", caught=caught)


@pytest.mark.fault("F30", "DuckDB's lock dropped by a second handle of the file", quick=1, full=1)
def test_nothing_opens_a_candidate_in_the_process_that_writes_it(
    trials: Trials, ground: Ground, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    ground.ask(f"{WATCH}:begin", tmp_path)
    for _ in trials:
        looks, wrong = ground.ask(f"{WATCH}:looks_and_lies", False)
        assert looks, "the candidate was never looked at while it was written"
        for lie in wrong:
            trials.lose(lie)
    if IS_FULL:  # dbt takes as long as all else here
        home = request.getfixturevalue("sample_night").home
        shutil.copytree(home, tmp_path / "real", symlinks=True)
        for _ in trials.of(["dbt"]):
            looks, wrong = ground.ask(f"{WATCH}:dbt", tmp_path / "real")
            assert looks, "nothing was opened while dbt wrote the candidate"
            for lie in wrong:
                trials.lose(f"dbt: {lie}")
    _, wrong = ground.ask(f"{WATCH}:looks_and_lies", True)
    seen = {"it was opened in the process that writes it", "its lock was gone while it was written"}
    trials.control("a hash of the candidate before it is closed", caught=seen <= set(wrong))
