"""Candidates that somebody touched after their gate: beside them, or in them.

Called on the ground (`killing`), where nothing has a database open.
"""

import os
import signal
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random

import duckdb

from ingest import lake
from tests.faults import killing, kills, story, tasks, tiny_night
from warehouse import build, ledger, seal

_SCENE = kills.Scene("publish", scheduled=False)
_NO_LOOK_BESIDE = (seal, "_require_alone", lambda _: None)
_NO_HASH = (lake, "sha256", lambda _: "0" * 64)


def begin(root: Path) -> None:
    """Begin a story, and come to an inspected candidate."""
    story.begin(root)
    _SCENE.set()


def _fresh() -> tuple[Path, str, Path]:
    """A home with an inspected candidate; the run, and the candidate."""
    home = story.here().home
    story.copy(_SCENE.home, home)
    run = ledger.runs(home)[-1]
    return home, run, build.candidate(home, run)


def beside(kind: str, step: str) -> list[str]:
    """What is wrong when a log lies beside the candidate as a step begins."""
    home, run, file = _fresh()
    wal = file.with_name(f"{file.name}.wal")
    wal.write_bytes(_wal(kind, home, file))
    told = _told(home, run, step)
    return _refused(told, f"{file} has {wal.name} beside it") + story.here().next_night(home)


def beside_unseen(kind: str) -> list[str]:
    """What is said of a product that does not look beside its candidate."""
    return story.with_defect(_NO_LOOK_BESIDE, beside, kind, "publish")


def flipped(seed: int, step: str) -> list[str]:
    """What is wrong when a bit flips in the candidate, or a byte is added, before a step."""
    draw, (home, run, file) = Random(seed), _fresh()
    content = bytearray(file.read_bytes())
    if seed % 10 == 0:
        content += draw.randbytes(1)
    else:
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    file.write_bytes(content)
    told = _told(home, run, step)
    if step == "publish":
        wrong = _refused(told, f"{file} changed after it was inspected")
        return wrong + story.here().aftermath(home)
    if told:  # DuckDB finds a block altered, or no database any more
        return [] if str(file) in told or "checksum" in told else [f"refused with {told!r}"]
    # A bit that holds no value flipped: what is published is what was judged.
    told, found = _told(home, run, "publish"), tiny_night.content(home)
    return [] if found == story.here().contents[1] else [f"readers see {found} ({told})"]


def flipped_unseen(seed: int) -> list[str]:
    """What is said of a product that does not hash what it publishes."""
    return story.with_defect(_NO_HASH, flipped, seed, "publish")


def _told(home: Path, run: str, step: str) -> str:
    """What a step says that refuses; "" of one that does not."""

    def work() -> None:
        tiny_night.settle(home)
        tasks.work(f"warehouse.seal:{step}", run)

    try:
        killing.finish(work)
    except Exception as error:  # noqa: BLE001 # whatever it refuses with is looked at
        return str(error).partition("Traceback")[0] or repr(error)
    return ""


def _refused(told: str, words: str) -> list[str]:
    return [] if words in told else [f"not refused with {words!r}, but said {told!r}"]


def _wal(kind: str, home: Path, file: Path) -> bytes:
    if kind == "random":
        return Random(1).randbytes(5_000)
    if kind == "empty":
        return b""
    target = home.parent / "written.duckdb"
    target.unlink(missing_ok=True)
    if kind == "own":
        target.write_bytes(file.read_bytes())
    log = target.with_name(f"{target.name}.wal")
    with suppress(EOFError):  # it was killed
        killing.finish(partial(_write_and_die, target))
    content = log.read_bytes()
    log.unlink()
    assert content, "nothing was logged"
    return content


def _write_and_die(file: Path) -> None:
    with duckdb.connect(file) as connection:
        connection.execute("set wal_autocheckpoint = '1TB'")
        connection.execute("create table strange as select range from range(9)")
        os.kill(os.getpid(), signal.SIGKILL)
