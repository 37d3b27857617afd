"""`arthouse sql` as a person runs it: what it refuses, what it stops, and that nothing changes."""

import hashlib
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import psutil
import pytest

from tests import small_release
from tests.arthouse import Arthouse
from tests.hostile_sql import BOMBS, CANARY, ESCAPES, aimed, plant

pytestmark = pytest.mark.slow


@pytest.fixture
def house(tmp_path: Path) -> Arthouse:
    small_release.publish(tmp_path / "data")
    return Arthouse(tmp_path / "data")


@pytest.mark.parametrize(
    "name", ["read_text", "symlink", "copy a query out", "two", "explain analyze copy", "attach"]
)
def test_a_way_out_is_refused(house: Arthouse, tmp_path: Path, name: str) -> None:
    [release] = (house.home / "releases").iterdir()
    before = hashlib.sha256(release.read_bytes()).hexdigest()
    secret = plant(tmp_path)
    done = house("sql", aimed(ESCAPES[name], secret))
    assert done.returncode == 2
    assert done.stdout == ""
    assert CANARY not in done.stderr
    assert hashlib.sha256(release.read_bytes()).hexdigest() == before
    assert sorted(path.name for path in secret.parent.iterdir()) == ["link", "secret.csv"]


def test_a_bomb_is_stopped_and_the_person_told_how_to_wait_longer(house: Arthouse) -> None:
    began = monotonic()
    done = house("sql", BOMBS["levenshtein"], "--seconds", "2")
    assert monotonic() - began < 15
    assert done.returncode == 2
    assert "stopped after 2 seconds" in done.stderr
    assert "--seconds" in done.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_child_survives_the_command(house: Arthouse, how: signal.Signals) -> None:
    started = house.start("sql", BOMBS["count"])
    children: list[psutil.Process] = []
    end = monotonic() + 20
    while not any("sandboxed" in " ".join(child.cmdline()) for child in children):
        assert monotonic() < end
        children = psutil.Process(started.pid).children(recursive=True)
    started.send_signal(how)
    started.wait(20)
    assert started.returncode != 0
    # SIGKILL takes the child with it by the kernel, the others by us or by the kernel.
    assert psutil.wait_procs(children, timeout=15)[1] == []


def test_rows_flow_into_a_pipe_that_closes_early(house: Arthouse) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "sql", "from range(10000000000)", "--format", "csv"],
        env=house.environment(),
        cwd=house.project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert writer.stdout
    assert [writer.stdout.readline() for _ in range(3)] == [b"range\n", b"0\n", b"1\n"]
    writer.stdout.close()
    writer.wait(20)
    assert writer.stderr
    assert b"Traceback" not in writer.stderr.read()


def test_a_statement_comes_from_a_file(house: Arthouse, tmp_path: Path) -> None:
    file = tmp_path / "q.sql"
    file.write_text("select count(*) as n from dim_titles", "utf-8")
    assert house("sql", "-f", str(file), "--format", "csv").stdout == "n\n4\n"
    both = house("sql", "select 1", "-f", str(file))
    assert both.returncode == 2
    assert "not both" in both.stderr
