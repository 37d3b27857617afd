"""A person's SQL that tries to get out, or to exhaust the machine: refused, or bounded."""

import hashlib
import shutil
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic, sleep

import psutil
import pytest

from tests import sandboxes, small_release
from tests.faults import statements
from tests.faults.ramblings import Rambling
from tests.faults.trials import IS_FULL, Trials
from tests.hostile_sql import BOMBS, CANARY, ESCAPES, FULL_LIMITS, HARMLESS, aimed, plant
from warehouse import sandbox
from warehouse.sandbox import process

GIB = 1024**3
# For a busy machine: the clock is ours, and only what follows the kill can be late.
SLACK_SECONDS = 4
# They kill a process, or are refused before there is one.
ALONE = ("deep", "long", "surrogate")
SAMPLE = 8
BATCH = 250


@dataclass(frozen=True, slots=True)
class Ground:
    """A release, a secret beside it, a listener, and what was there before anyone asked."""

    release: Path
    secret: Path
    listener: socket.socket
    before: dict[str, str]

    @property
    def root(self) -> Path:
        return self.release.parents[2]

    def aimed(self, statement: str) -> str:
        host, port = self.listener.getsockname()
        with_url = statement.replace("'URL'", f"'http://{host}:{port}/x.csv'")
        return aimed(with_url, self.secret).replace("127.0.0.1:9/", f"{host}:{port}/")

    def damage(self, told: str) -> list[str]:
        """What a statement achieved, that said this."""
        found = []
        if CANARY in told:
            found.append("the secret is told")
        if seen(self.root) != self.before:
            found.append("a file is not as it was")
        if self._is_called():
            found.append("an address was asked")
        if sandboxes.running():
            found.append("a child remains")
        return found

    def _is_called(self) -> bool:
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True


def seen(root: Path) -> dict[str, str]:
    """Every file and folder, with its content's hash."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(root.rglob("*"))
    }


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with laid(tmp_path / "ground") as made:
        yield made


@contextmanager
def laid(root: Path) -> Iterator[Ground]:
    released = small_release.publish(root / "home")
    secret = plant(root)
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        listener.setblocking(False)
        yield Ground(released, secret, listener, seen(root))


def attempt(ground: Ground, statement: str) -> list[str]:
    """What a statement achieves in a sandbox of its own, if anything."""
    try:
        answer = sandbox.ask(ground.release, ground.aimed(statement), sandbox.Limits(rows=100))
    except sandbox.QueryError as error:
        return ground.damage(str(error))
    return ["it is answered", *ground.damage(str(answer.table.to_pydict()))]


def attempts(ground: Ground, given: Sequence[str]) -> list[tuple[bool, str]]:
    """Whether each was answered in a sandbox that they share, and what was said."""
    return statements.told(ground.release, [ground.aimed(one) for one in given])


@pytest.mark.fault(
    "F36", "SQL that would read, write, call out or exhaust; wild SQL", quick=1_000, full=20_000
)
def test_a_persons_sql_stays_in_its_sandbox(
    trials: Trials, ground: Ground, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in trials.of(_alone()):
        if found := attempt(ground, ESCAPES[name]):
            trials.lose(f"{name}: {found}")
    _share(trials, ground)
    for name in trials.of(BOMBS):
        if found := _explode(ground, name):
            trials.lose(f"{name}: {found}")
    for seed in range(0, trials.planned, BATCH):
        _ramble(trials, ground, seed)
    answered = attempts(ground, list(HARMLESS.values()))
    assert [name for name, (is_ok, _) in zip(HARMLESS, answered, strict=True) if not is_ok] == []
    with laid(tmp_path / "weak") as other:
        _weaken(trials, other, monkeypatch, tmp_path)


def _alone() -> list[str]:
    """The escapes that are tried in a sandbox each: all in a full run, else a sample."""
    others = [name for name in ESCAPES if name not in ALONE]
    return [*ALONE, *(others if IS_FULL else Random(36).sample(others, SAMPLE))]


def _share(trials: Trials, ground: Ground) -> None:
    """All escapes one after the other; the damage of any shows at the end of all."""
    names = [name for name in ESCAPES if name not in ALONE]
    told = attempts(ground, [ESCAPES[name] for name in names])
    for name, (is_answered, words) in trials.of(zip(names, told, strict=True)):
        if is_answered or CANARY in words:
            trials.lose(f"{name}: answered {is_answered}: {words[:200]}")
    if found := ground.damage(""):
        trials.lose(f"one of all escapes: {found}")


def _ramble(trials: Trials, ground: Ground, seed: int) -> None:
    """A batch of wild statements: many are answered, and none may reach anything."""
    writer = Rambling(seed)
    given = [writer.statement() for _ in range(min(BATCH, trials.planned - seed))]
    told = attempts(ground, given)
    for statement, (_, words) in trials.of(zip(given, told, strict=True)):
        if CANARY in words:
            trials.lose(f"seed {seed}: the secret is told: {statement!r}")
    if found := ground.damage(""):
        trials.lose(f"seed {seed}: one of {BATCH}: {found}")


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


def _explode(ground: Ground, name: str) -> list[str]:
    """What a bomb achieves beyond its limits, if anything: a person's, in a full run."""
    seconds = (10.0 if name in FULL_LIMITS else 2.0) if IS_FULL else 1.0
    began = monotonic()
    found = []
    with watched() as sizes, pytest.raises(sandbox.LimitError):
        sandbox.ask(ground.release, BOMBS[name], sandbox.Limits(seconds=seconds, rows=1000))
    if (took := monotonic() - began) > seconds + SLACK_SECONDS:
        found.append(f"it took {took:.1f} s")
    if not 0 < max(sizes) <= 3 * GIB:
        found.append(f"it took {max(sizes):,} bytes")
    return found + ground.damage("")


def _weaken(trials: Trials, ground: Ground, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The same checks on sandboxes that lack a piece."""
    outer = '"enable_external_access = false",'
    _without(monkeypatch, folder / "reads", outer)
    found = attempt(ground, ESCAPES["read_text"])
    trials.control("a sandbox that may read", caught="the secret is told" in found)
    wild = Trials("F36", "wild SQL", BATCH)
    _share(wild, ground)
    trials.control("one that may, and is shared", caught="read_text: " in str(wild.losses))
    wild.losses.clear()
    _ramble(wild, ground, 0)
    trials.control("one that may, given wild SQL", caught="secret is told" in str(wild.losses))
    _without(monkeypatch, folder / "writes", outer, "    _limit(resource.RLIMIT_FSIZE, 0)\n",
             "    _require_one_query(connection, statement)\n")  # fmt: skip
    found = attempt(ground, ESCAPES["copy a query out"])
    trials.control("one that may write", caught="a file is not as it was" in found)
    monkeypatch.undo()


def _without(monkeypatch: pytest.MonkeyPatch, root: Path, *pieces: str) -> None:
    """Let the next children run a copy of their program that lacks these pieces."""
    source = Path(sandbox.__file__).parents[1]
    shutil.copytree(source / "sandboxed", root / "warehouse/sandboxed")
    shutil.copy(source / "__init__.py", root / "warehouse")
    modules = list((root / "warehouse/sandboxed").glob("*.py"))
    for piece in pieces:
        [module] = [one for one in modules if piece in one.read_text("utf-8")]
        module.write_text(module.read_text("utf-8").replace(piece, ""), "utf-8")
    monkeypatch.setattr(process, "PROJECT", root)
