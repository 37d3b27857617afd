"""Candidates whose closing is killed, or broken off by DuckDB itself, in a checkpoint.

Called on the ground (`killing`), where nothing has a database open.
"""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import duckdb

from ingest import settings
from tests.faults import killing, kills, story, tasks, tiny_night
from warehouse import build, ledger, seal, sources

# Rows of the run's own, enough for the checkpoint to take as long as the rest of the step.
_ROWS = 30_000
_NO_CHECK = (seal, "_require_alone", lambda _: None)


def _close(home: Path, point: str = "") -> float:
    """Close the candidate with a heavy checkpoint, broken off at a point; its seconds."""
    tiny_night.settle(home)
    run, connect, insert = ledger.runs(home)[-1], duckdb.connect, sources.insert

    def connected(*arguments: Any, **named: Any) -> duckdb.DuckDBPyConnection:
        connection = connect(*arguments, **named)
        if point:
            connection.execute(f"set debug_checkpoint_abort = '{point}'")
        return connection

    def inserted(connection: duckdb.DuckDBPyConnection, name: str, *rest: Any) -> None:
        insert(connection, name, *rest)
        if name == "ops.gate_results":
            texts = ", ".join(["md5(range::varchar)"] * (len(sources.GATE_RESULTS) - 2))
            rows = f"select $run, {texts}, now()::timestamp from range({_ROWS})"
            connection.execute(f"insert into {name} {rows}", {"run": run})

    for where, name, value in ((duckdb, "connect", connected), (sources, "insert", inserted)):
        setattr(where, name, value)
    started = perf_counter()
    tasks.work("warehouse.seal:close", run)
    return perf_counter() - started


def measure() -> float:
    """The seconds of a close that nobody disturbs."""
    home = story.here().home
    story.copy(kills.Scene("seal", scheduled=True).home, home)
    return float(killing.finish(partial(_close, home)))


def killed(seed: int, seconds: float) -> list[str]:
    """What is wrong with a candidate whose closing was killed at a random moment."""
    moment = Random(seed).uniform(0, seconds)
    return _disturbed(
        lambda home: killing.kill_after(partial(_close, home), moment), is_tried=seed % 2 == 0
    )


def broken_off(point: str, is_tried: bool) -> list[str]:
    """What is wrong with a candidate whose checkpoint DuckDB broke off."""
    return _disturbed(partial(_break_off, point), is_tried=is_tried)


def broken_off_unseen(point: str) -> list[str]:
    """What is said of a product that does not look what lies beside its candidate."""
    return story.with_defect(_NO_CHECK, broken_off, point, True)


def _break_off(point: str, home: Path) -> bool:
    try:
        killing.finish(partial(_close, home, point))
    except Exception as error:
        if "Checkpoint aborted" not in str(error):
            raise
        return True
    raise AssertionError(f"{point} does not break the checkpoint off")


def _disturbed(disturb: Callable[[Path], object], *, is_tried: bool) -> list[str]:
    """What is wrong with the file as it was left, and with what the task's next try makes of it."""
    wrong: list[str] = []

    def close(_: object, home: Path) -> bool:
        disturb(home)
        wrong.extend(killing.finish(partial(_as_it_is, home)))
        return True

    return kills.Scene("seal", scheduled=is_tried).killed(close) + wrong


def _as_it_is(home: Path) -> list[str]:
    """What is wrong if the file is taken as it was left: it is refused, or it holds everything."""
    tiny_night.settle(home)
    here, run = settings.current(), ledger.runs(home)[-1]
    try:
        rows = seal.inspect(here, run)["tables"]
    except seal.SealError as error:
        return [] if "candidate.duckdb.wal beside it" in str(error) else [str(error)]
    alone = Path(shutil.copy2(build.candidate(home, run), home.parent / "alone.duckdb"))
    found = seal.scan(here, alone, home.parent / ".spill")
    counts = {name: facts["row_count"] for name, facts in found.items()}
    return [] if counts == rows else [f"inspected as {rows}, the file alone holds {counts}"]
