"""A run that is killed leaves nothing to clean up, and nobody sees it."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.arthouse import PROJECT, Arthouse

pytestmark = pytest.mark.slow

Nights = Callable[[int], Path]

# Each step is killed in its midst: after the receipt of the step before it.
BEFORE = {
    "load_imdb": "fetch_imdb",
    "commit_imdb": "gate_imdb",
    "transform": "plan",
    "gate_candidate": "transform",
    "publish": "inspect",
}
READER = """
import sys, time
from pathlib import Path
from warehouse import connect
home, stop = Path(sys.argv[1]), Path(sys.argv[2])
seen = []
while not stop.exists():
    with connect.reading(home) as connection:
        [row] = connection.execute(
            "select (select max(run_id) from ops.runs), (select count(*) from marts.dim_titles), "
            "(select sum(vote_count) from marts.dim_titles), "
            "(select count(*) from marts.fct_credits)"
        ).fetchall()
    if row not in seen:
        seen.append(row)
    time.sleep(0.01)
print(len(seen), *(row[0] for row in seen))
"""


@contextmanager
def reader(house: Arthouse, stop: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that queries the published warehouse all along."""
    process = subprocess.Popen(
        [sys.executable, "-c", READER, str(house.home), str(stop)],
        cwd=PROJECT,
        env=house.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        stop.touch()
        process.wait(timeout=60)


@pytest.fixture(scope="module")
def undisturbed(
    first_night: Arthouse, nights: Nights, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """What the second night publishes when nobody kills it."""
    home = tmp_path_factory.mktemp("undisturbed") / "data"
    shutil.copytree(first_night.home, home, symlinks=True)
    house = Arthouse(home)
    assert house.night(nights(1)).returncode == 0
    return house.content()


def wait_for(house: Arthouse, task: str, process: subprocess.Popen[str]) -> None:
    """Until the newest run has that receipt."""
    newest = max((house.home / "ledger").iterdir())
    deadline = time.monotonic() + 200
    while not any(newest.glob(f"*-{task}.json")) or len(list(newest.parent.iterdir())) < 2:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
        newest = max((house.home / "ledger").iterdir())


@pytest.mark.parametrize("step", BEFORE)
def test_a_run_killed_in_a_step_is_finished_by_the_next(
    step: str, first_night: Arthouse, nights: Nights, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    shutil.copytree(first_night.home, tmp_path / "data", symlinks=True)
    house = Arthouse(tmp_path / "data")
    before = house.published()
    with reader(house, tmp_path / "stop") as reading:
        process = house.start("run", "--only", "imdb", "--feed", f"imdb={nights(1)}")
        wait_for(house, BEFORE[step], process)
        time.sleep(0.3)  # into the step: its child has started, and most have begun to write
        process.send_signal(signal.SIGKILL)
        process.communicate()
        after = house.night(nights(1))
        assert after.returncode == 0, after.stdout + after.stderr
        time.sleep(0.3)
    out, err = reading.communicate()
    assert reading.returncode == 0, err
    assert house.content() == undisturbed
    seen = out.split()
    assert seen[1] == before
    assert int(seen[0]) <= 3  # the first release, the killed run's if it got so far, and the next
    leftovers = [*(house.home / "builds").iterdir(), *house.home.glob("lake/*/.incoming-*")]
    assert leftovers == []


def test_sigterm_ends_a_run_at_once_and_leaves_no_process(
    first_night: Arthouse, nights: Nights, tmp_path: Path
) -> None:
    shutil.copytree(first_night.home, tmp_path / "data", symlinks=True)
    house = Arthouse(tmp_path / "data")
    process = house.start("run", "--only", "imdb", "--feed", f"imdb={nights(1)}")
    wait_for(house, "plan", process)
    time.sleep(0.5)
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=15)
    assert process.returncode not in (0, None)
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []
