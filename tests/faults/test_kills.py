"""SIGKILL at any moment, and at every step that changes what is kept."""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest

from tests.faults.killing import Ground
from tests.faults.trials import Trials

CHECKPOINTS = "tests.faults.checkpoints"
KILLS = "tests.faults.kills"
# Where DuckDB can be told to break off; each leaves its files in another state.
POINTS = ("before_wal_finish", "before_truncate", "before_header", "after_free_list_write")
STREAK = 4
# A task, and whether a scheduler tries it again; else the next night begins anew.
SCENES = [(task, is_tried) for task in ("commit", "seal", "publish") for is_tried in (True, False)]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with Ground() as made:
        made.ask("tests.faults.story:begin", tmp_path_factory.mktemp("kills"))
        yield made


@pytest.fixture(scope="module")
def figures(ground: Ground) -> dict[tuple[str, bool], tuple[int, float]]:
    """Each scene's changes on the disk, and its seconds."""
    return {scene: ground.ask(f"{KILLS}:set_scene", *scene) for scene in SCENES}


def lies(ground: Ground, defect: str, function: str, *arguments: Any) -> bool:
    """Whether a defect planted in the product is seen."""
    return bool(ground.ask(f"{KILLS}:with_defect", defect, function, *arguments))


@pytest.mark.fault("F18", "a run killed at random, four times in a row", quick=200, full=1000)
def test_a_killed_run_harms_no_reader_and_the_next_one_ends_well(
    trials: Trials, ground: Ground
) -> None:
    for number in trials:
        for lie in ground.ask(f"{KILLS}:killed_night", number, STREAK):
            trials.lose(f"seed {number}: {lie}")
    defect = "a sweep that sweeps nothing"
    caught = any(lies(ground, defect, "killed_night", number, 1) for number in range(20))
    trials.control(defect, caught=caught)


@pytest.mark.fault("F19", "a checkpoint killed, or broken off by DuckDB", quick=100, full=500)
def test_a_candidate_left_in_a_checkpoint_is_refused_or_whole(
    trials: Trials, ground: Ground, figures: dict[tuple[str, bool], tuple[int, float]]
) -> None:
    assert figures
    for point, is_tried in trials.of(product(POINTS, (True, False))):
        for lie in ground.ask(f"{CHECKPOINTS}:broken_off", point, is_tried):
            trials.lose(f"broken off at {point}: {lie}")
    seconds = ground.ask(f"{CHECKPOINTS}:measure")
    for number in trials:
        for lie in ground.ask(f"{CHECKPOINTS}:killed", number, seconds):
            trials.lose(f"seed {number}: {lie}")
    caught = bool(ground.ask(f"{CHECKPOINTS}:broken_off_unseen", "before_header"))
    trials.control("an inspection that does not look beside its candidate", caught=caught)


@pytest.mark.fault("F20", "publish killed at its every step, and at random", quick=150, full=500)
def test_what_publishes_may_be_killed_at_every_step(
    trials: Trials, ground: Ground, figures: dict[tuple[str, bool], tuple[int, float]]
) -> None:
    for scene, (changes, _) in figures.items():
        for number in trials.of(range(changes)):
            for lie in ground.ask(f"{KILLS}:killed_at", *scene, number):
                trials.lose(f"{scene} at change {number}: {lie}")
    for number in trials:
        scene = SCENES[number % len(SCENES)]
        moment = Random(number).uniform(0, figures[scene][1])
        for lie in ground.ask(f"{KILLS}:killed_after", *scene, moment):
            trials.lose(f"{scene} with seed {number}: {lie}")
    scene = ("publish", True)
    for defect in (
        "a link that is removed before it is made anew",
        "a release that has its manifest after it has its place",
    ):
        caught = any(
            lies(ground, defect, "killed_at", *scene, number) for number in range(figures[scene][0])
        )
        trials.control(defect, caught=caught)
