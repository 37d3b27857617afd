"""Fifty ways out and ten ways to exhaust the machine: each is refused or bounded."""

import hashlib
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest

from tests import sandboxes, small_release
from tests.hostile_sql import BOMBS, CANARY, ESCAPES, FULL_LIMITS, HARMLESS, aimed, plant
from warehouse import sandbox
from warehouse.sandbox import process

GIB = 1024**3
# For a busy machine: the clock is ours, and only what follows the kill can be late.
SLACK_SECONDS = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """A release and a secret, and what was there before anyone asked."""

    release: Path
    secret: Path
    before: dict[str, str]


def seen(root: Path) -> dict[str, str]:
    """Every file and folder, with its content's hash."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(root.rglob("*"))
    }


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    root = tmp_path_factory.mktemp("ground")
    released = small_release.publish(root / "home")
    secret = plant(root)
    return Ground(released, secret, seen(root))


def attempt(ground: Ground, statement: str, *, answered: bool = False) -> list[str]:
    """What the statement achieved, if anything."""
    found = []
    try:
        answer = sandbox.ask(
            ground.release, aimed(statement, ground.secret), sandbox.Limits(rows=100)
        )
        told = str(answer.table.to_pydict())
        if not answered:
            found.append("it is answered")
    except sandbox.QueryError as error:
        told = str(error)
        if answered:
            found.append(told)
    if CANARY in told:
        found.append("the secret is told")
    if seen(ground.release.parents[2]) != ground.before:
        found.append("a file is not as it was")
    if sandboxes.running():
        found.append("a child remains")
    return found


@pytest.mark.parametrize("name", ESCAPES)
def test_there_is_no_way_out(ground: Ground, name: str) -> None:
    assert attempt(ground, ESCAPES[name]) == []


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_like_it_is_answered(ground: Ground, name: str) -> None:
    assert attempt(ground, HARMLESS[name], answered=True) == []


def test_there_are_as_many_as_were_promised() -> None:
    assert len(ESCAPES) >= 50
    assert len(BOMBS) >= 10


def weakened(monkeypatch: pytest.MonkeyPatch, root: Path, *without: str) -> None:
    """Let the next children run a copy of their program that lacks these pieces."""
    source = Path(process.PROJECT, "warehouse")
    shutil.copytree(source / "sandboxed", root / "warehouse/sandboxed")
    shutil.copy(source / "__init__.py", root / "warehouse")
    module = root / "warehouse/sandboxed/answer.py"
    text = module.read_text("utf-8")
    for piece in without:
        assert piece in text
        text = text.replace(piece, "")
    module.write_text(text, "utf-8")
    monkeypatch.setattr(process, "PROJECT", root)


def test_a_way_out_would_be_seen(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weakened(monkeypatch, tmp_path, '"enable_external_access = false",')
    found = attempt(ground, ESCAPES["read_text"])
    assert found == ["it is answered", "the secret is told"]


def test_a_file_is_not_written_even_where_duckdb_would(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_selects = "    _require_one_query(connection, statement)\n"
    weakened(monkeypatch, tmp_path, '"enable_external_access = false",', only_selects)
    found = attempt(ground, ESCAPES["copy a query out"])
    # What a process may not fill it may still create: the harness sees that, too.
    assert found in ([], ["a file is not as it was"])
    for left in ground.secret.parent.glob("*out.parquet*"):
        assert left.stat().st_size == 0
        left.unlink()


@contextmanager
def watched() -> Iterator[list[int]]:
    """The address space of our children, again and again."""
    sizes: list[int] = []
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            for child in sandboxes.running():
                try:
                    sizes.append(child.memory_info().vms)
                except psutil.NoSuchProcess:
                    continue
            sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield sizes
    finally:
        over.set()
        thread.join()


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_bounded(ground: Ground, name: str) -> None:
    limits = sandbox.Limits(rows=1000)
    if name not in FULL_LIMITS:
        limits = sandbox.Limits(seconds=2, rows=1000)
    began = monotonic()
    with watched() as sizes, pytest.raises(sandbox.LimitError) as stopped:
        sandbox.ask(ground.release, BOMBS[name], limits)
    assert monotonic() - began < limits.seconds + SLACK_SECONDS
    assert 0 < max(sizes) <= 3 * GIB
    assert stopped.value.limit in ("time", "memory", "size")
    assert seen(ground.release.parents[2]) == ground.before
    assert sandboxes.running() == []
