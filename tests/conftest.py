"""What tests share: one published night of all feeds, and nights of IMDb's dumps alone."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.catalog import FEEDS
from sample import imdb, world
from tests.arthouse import SCALE, Arthouse


@pytest.fixture(autouse=True)
def _own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what Streamlit's AppTest does: it puts its script in the place of `__main__`.

    A child that multiprocessing starts later would import that script, which is gone, and die.
    """
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def sample_night(tmp_path_factory: pytest.TempPathFactory) -> Arthouse:
    """A home after a night on the sample dumps of every feed; whoever changes it, copies it.

    Who writes a page and tests it often names one that is there already, which saves a minute.
    """
    if ready := os.environ.get("ARTHOUSE_TEST_HOME"):
        return Arthouse(Path(ready))
    root = tmp_path_factory.mktemp("world")
    world.generate(root / "dumps", scale=SCALE, bad_lines=3)
    house = Arthouse(root / "data")
    house.ingest({name: root / "dumps" / name for name in FEEDS})
    return house


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
