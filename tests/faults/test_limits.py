"""A disk without room, too little memory, and what a killed run had spilled."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.faults.killing import Ground
from tests.faults.trials import IS_FULL, Trials

DISKS = "tests.faults.disks"
SCARCITY = "tests.faults.scarcity"
PLACES = ("landing", "lake", "candidate", "spill", "close", "publish")
# Of the room that a step needs, what it finds.
SHARES = tuple(n / 12 for n in range(12)) if IS_FULL else (0.0, 0.3, 0.6, 0.9)


@pytest.fixture
def ground() -> Iterator[Ground]:
    with Ground() as made:
        yield made


@pytest.mark.fault(
    "F23", "a disk without room: landing, lake, build, spill, publish", quick=24, full=72
)
def test_a_full_disk_is_said_and_the_next_run_makes_room(
    trials: Trials, ground: Ground, tmp_path: Path
) -> None:
    is_mounted = ground.ask(f"{DISKS}:begin", tmp_path)
    if not is_mounted:
        trials.what += "; no disk of its own here, so files are limited in size"
    was_full = set()
    for place, share in trials.of(product(PLACES, SHARES)):
        is_full, wrong = ground.ask(f"{DISKS}:full", place, share, is_mounted)
        was_full |= {place} if is_full else set()
        for lie in wrong:
            trials.lose(f"{place} with {share:.2f} of its room: {lie}")
    assert was_full == set(PLACES), "some places were never full"
    caught = bool(ground.ask(f"{DISKS}:full_for_ever", is_mounted))
    trials.control("a product that never deletes what fills the disk", caught=caught)


@pytest.mark.fault("F24", "too little memory, or too little room to spill", quick=10, full=100)
def test_a_starved_run_says_so_and_leaves_no_half_table(
    trials: Trials, ground: Ground, tmp_path: Path
) -> None:
    ground.ask("tests.faults.story:begin", tmp_path)
    for number in trials:
        for lie in ground.ask(f"{SCARCITY}:starved", number):
            trials.lose(f"seed {number}: {lie}")
    caught = bool(ground.ask(f"{SCARCITY}:halved"))
    trials.control("a build that takes an error for its end", caught=caught)


@pytest.mark.fault("F26", "what a killed run had spilled", quick=10, full=50)
def test_the_next_run_deletes_what_a_killed_one_spilled_and_no_other_s(
    trials: Trials, ground: Ground, tmp_path: Path
) -> None:
    ground.ask("tests.faults.story:begin", tmp_path)
    for number in trials:
        for lie in ground.ask(f"{SCARCITY}:killed_spilling", number):
            trials.lose(f"try {number}: {lie}")
    caught = bool(ground.ask(f"{SCARCITY}:killed_spilling_unswept"))
    trials.control("a sweep that sweeps nothing", caught=caught)
