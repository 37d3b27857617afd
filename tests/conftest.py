"""What tests share: one published night of all feeds, and nights of IMDb's dumps alone."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from ingest.catalog import FEEDS
from sample import imdb, world
from tests.arthouse import SCALE, Arthouse


@pytest.fixture(autouse=True)
def _own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what Streamlit's AppTest does: it puts its script in the place of `__main__`.

    A child that multiprocessing starts later would import that script, which is gone, and die.
    """
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="module", autouse=True)
def _close_releases() -> Iterator[None]:
    """Let go of what the dashboards keep open: a process opens a release in one way only."""
    yield
    if reader := sys.modules.get("dashboards.reader"):
        for kept in (reader._answer, reader._connection):
            kept.clear()
        gc.collect()


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder made once for all of pytest-xdist's workers: the first makes it, the others wait."""
    root = factory.getbasetemp()
    target = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / name
    made = target.with_suffix(".made")
    with FileLock(target.with_suffix(".lock")):
        if not made.exists():
            make(target)
            made.touch()
    return target


@pytest.fixture(scope="session")
def sample_night(tmp_path_factory: pytest.TempPathFactory) -> Arthouse:
    """A home after a night on the sample dumps of every feed; whoever changes it, copies it.

    Who writes a page and tests it often names one that is there already, which saves a minute.
    """
    if ready := os.environ.get("ARTHOUSE_TEST_HOME"):
        return Arthouse(Path(ready))

    def make(root: Path) -> None:
        world.generate(root / "dumps", scale=SCALE, bad_lines=3)
        Arthouse(root / "data").ingest({name: root / "dumps" / name for name in FEEDS})

    return Arthouse(_once(tmp_path_factory, "world", make) / "data")


@pytest.fixture(scope="session")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """The invented dumps of night n, with three lines that must be rejected."""

    def dumps(night: int) -> Path:
        return _once(
            tmp_path_factory,
            f"night-{night}",
            lambda folder: imdb.generate(folder, scale=SCALE, night=night, bad_lines=3),
        )

    return dumps


@pytest.fixture(scope="session")
def first_night(
    tmp_path_factory: pytest.TempPathFactory, nights: Callable[[int], Path]
) -> Arthouse:
    """A home after its first night. Tests that change it work on a copy."""

    def make(root: Path) -> None:
        done = Arthouse(root / "data").night(nights(0))
        assert done.returncode == 0, done.stdout + done.stderr

    return Arthouse(_once(tmp_path_factory, "first-night", make) / "data")
