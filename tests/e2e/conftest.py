"""Nights of IMDb's dumps alone, for what is seen by the command."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sample import imdb
from tests.arthouse import SCALE, Arthouse


@pytest.fixture(scope="session")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """The invented dumps of night n, with three lines that must be rejected."""
    root = tmp_path_factory.mktemp("dumps")

    def dumps(night: int) -> Path:
        folder = root / str(night)
        if not folder.exists():
            imdb.generate(folder, scale=SCALE, night=night, bad_lines=3)
        return folder

    return dumps


@pytest.fixture(scope="session")
def first_night(
    tmp_path_factory: pytest.TempPathFactory, nights: Callable[[int], Path]
) -> Arthouse:
    """A home after its first night. Tests that change it work on a copy."""
    house = Arthouse(tmp_path_factory.mktemp("home") / "data")
    done = house.night(nights(0))
    assert done.returncode == 0, done.stdout + done.stderr
    return house
