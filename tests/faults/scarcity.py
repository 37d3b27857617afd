"""Runs that find too little memory or too little room to spill, or that are killed spilling.

Called on the ground (`killing`), where nothing has a database open.
"""

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from cli import nightly
from ingest import incoming, lake
from ingest.feeds import imdb
from ingest.settings import Settings
from tests.faults import killing, story, tiny_night
from warehouse import build, ledger, retention, runbooks

SCARCE = "30MB"
# Sorted, these rows do not fit in scarce memory: DuckDB spills so much, or a file takes it.
_MANY = "select md5(range::varchar) as text from range(1_000_000)"
HOG_BYTES = 40 << 20
_SPILLED_BYTES = 1 << 20
_NO_SWEEP: tuple[Any, str, Any] = (retention, "_delete", lambda *_, **__: [])
_TRANSFORM = tiny_night.transform


def told(work: Callable[[], object]) -> tuple[str, str]:
    """What work that fails says, and the page that it leads to; nothing of work that does not."""
    try:
        killing.finish(work)
    except Exception as error:  # noqa: BLE001 # whatever it fails with is looked at
        return str(error), runbooks.of_error(error)
    return "", ""


def read(home: Path) -> list[str]:
    """What is wrong with what readers see, and whether they can read it."""
    words, _ = told(partial(story.read, home))
    return story.here().aftermath(home) + ([f"readers cannot read: {words}"] if words else [])


def instead_of_dbt(transform: Callable[..., dict[str, Any]]) -> None:
    setattr(tiny_night, "transform", transform)  # noqa: B010 # in a fork, which is the only one


def hog(here: Settings, run: str, *, is_spilling: bool, room: str = "") -> dict[str, Any]:
    """A transform that writes or spills more than there is room for."""
    folder = build.folder(here.home, run)
    limits: dict[str, Any] = {
        "memory_limit": SCARCE,
        "temp_directory": str(folder / ".spill"),
        "threads": 1,
    }
    with duckdb.connect(config=limits) as connection:
        if room:
            connection.execute(f"set max_temp_directory_size = '{room}'")
        connection.execute(f"attach '{build.candidate(here.home, run)}' as made")
        order = "order by text" if is_spilling else ""
        connection.execute(f"create table made.many as {_MANY} {order}")
    return {}


def starved(seed: int) -> list[str]:
    """What is wrong with a night that finds too little memory, or too little room to spill."""
    draw, home = Random(seed), story.here().home
    story.copy(story.here().after(0), home)
    transform = partial(hog, is_spilling=True, room="10MB") if seed % 2 else None
    limit = f"{draw.randint(1, 12)}MB" if transform is None else ""
    ended, page = killing.finish(partial(_starved_night, home, limit, transform))
    wrong = read(home)
    expected = "disk_full" if transform else "out_of_memory"
    if ended.outcome == "broken" and expected not in page:
        wrong.append(f"said {ended.reason!r}, which leads to {page}")
    if (ended.outcome != "broken" and transform) or ended.outcome not in ("done", "broken"):
        wrong.append(f"{ended}")
    return wrong + story.here().next_night(home)


def _starved_night(home: Path, limit: str, transform: Any) -> tuple[nightly.Ended, str]:
    if limit:
        os.environ["ARTHOUSE_MEMORY_LIMIT"] = limit
    if transform:
        instead_of_dbt(transform)
    ended = story.night(home, story.here().places[1])
    return ended, runbooks.of_run(ledger.read(home, ended.run)) or ""


def halved() -> list[str]:
    """What is said of a transform that takes an error for its end."""
    home = story.here().home
    story.copy(story.here().after(0), home)
    killing.finish(partial(_starved_night, home, "", _half))
    return read(home)


def _half(here: Settings, run: str) -> dict[str, Any]:
    marts = dict(list(tiny_night.MARTS.items())[:1])
    setattr(tiny_night, "MARTS", marts)  # noqa: B010 # in a fork
    return _TRANSFORM(here, run)


def killed_spilling(number: int) -> list[str]:
    """What is wrong after a run that was killed while it spilled, beside one that is at work."""
    home, is_loading = story.here().home, number % 2 == 0
    story.copy(story.here().after(0), home)
    victim = killing.fork(partial(_spilling_night, home, is_loading))
    spilled = _wait(home, victim)
    os.kill(victim, signal.SIGKILL)
    os.waitpid(victim, 0)
    if not spilled:
        return ["nothing was spilled"]
    wrong = read(home)
    alive = ledger.begin(home, scheduled=True)
    mine = [build.folder(home, alive) / ".spill", lake.incoming(home, "imdb", alive) / ".spill"]
    for folder in mine:
        folder.mkdir(parents=True)
    ended = killing.finish(partial(story.night, home, story.here().places[1]))
    if ended.outcome != "done":
        wrong.append(f"{ended}")
    wrong += [f"{folder} is of a run at work, and gone" for folder in mine if not folder.exists()]
    ledger.end(home, alive, "done")
    for folder in mine:
        folder.rmdir()
        folder.parent.rmdir()
    return wrong + story.here().next_night(home)


def killed_spilling_unswept() -> list[str]:
    """What is said of a product that sweeps nothing."""
    return story.with_defect(_NO_SWEEP, killed_spilling, 1)


def _wait(home: Path, victim: int) -> bool:
    """Whether the process spilled, as soon as it did."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not os.waitpid(victim, os.WNOHANG)[0]:
        sizes = [file.stat().st_size for file in home.glob("*/**/.spill/*") if file.exists()]
        if sum(sizes) > _SPILLED_BYTES:
            return True
        time.sleep(0.01)
    return False


def _spilling_night(home: Path, is_loading: bool) -> None:
    os.environ["ARTHOUSE_MEMORY_LIMIT"] = SCARCE
    instead_of_dbt(partial(hog, is_spilling=True))
    if is_loading:
        setattr(imdb, "load", _spilling_load)  # noqa: B010 # in a fork
    story.night(home, story.here().places[1])


def _spilling_load(here: Settings, run: str) -> None:
    with incoming.connect(here, lake.incoming(here.home, "imdb", run)) as connection:
        connection.execute(f"create table many as {_MANY} order by text")
