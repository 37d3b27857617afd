"""Measure ourselves: `python -m benchmarks --scale 0.05` (`docs/benchmarks.md`)."""

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import dumps, machine, render, results
from benchmarks.contestants import CONTESTANTS, Stage, WrongResultError
from benchmarks.measure import CommandFailedError
from benchmarks.results import Result, Round

DEFAULT_WORK = Path(tempfile.gettempdir()) / "arthouse-bench"


def measure(work: Path, scale: float, rounds: int, names: list[str]) -> Result:
    """Measure contestants in turn; the result so far is kept after each round."""
    here = machine.this()
    print(f"Dumps of scale {scale:g}: made once, kept in {work / 'dumps'} …")
    made = dumps.prepare(work / "dumps", scale)
    result = Result(
        scale=scale,
        measured_at=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        machine=here,
        load_average=os.getloadavg()[0],
        row_count=made.row_count,
        gzip_bytes=made.byte_count,
        contestants=names,
        rounds=[],
    )
    for number in range(rounds):
        result.rounds.append(_round(work, made, number, names))
        path = results.write(work / "results", result)
    print(f"Kept in {path}")
    return result


def _round(work: Path, made: dumps.Dumps, number: int, names: list[str]) -> Round:
    measured = Round()
    first = number % len(names)
    # Another contestant goes first in each round: whatever the first one pays, all pay in turn.
    for name in (*names[first:], *names[:first]):
        with tempfile.TemporaryDirectory(dir=work, prefix=f"{name}-") as folder:
            logs = work / "logs" / f"{made.folder.name}-{number + 1}"
            attempt = CONTESTANTS[name](Stage(made, Path(folder), logs, work / "tools"))
        measured.take(attempt)
        for line, figure in attempt.figures.items():
            print(f"round {number + 1}  {line:<20} {figure.wall_seconds:8.2f} s", flush=True)
    return measured


def main(
    scale: Annotated[
        float | None, typer.Option(help="1.0 is IMDb's size; without it nothing is measured.")
    ] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Every contestant once a round.")] = 3,
    only: Annotated[
        str | None, typer.Option(help=f"Of {','.join(CONTESTANTS)}: those between commas.")
    ] = None,
    work: Annotated[
        Path, typer.Option(envvar="ARTHOUSE_BENCH", help="Dumps, results, logs, scratch.")
    ] = DEFAULT_WORK,
    write: Annotated[
        Path | None, typer.Option(help="A page that gets all kept results, between its markers.")
    ] = None,
) -> None:
    """Measure the floor, our load, our night and imdb-sqlite on the same invented dumps."""
    names = only.split(",") if only else list(CONTESTANTS)
    if unknown := sorted(set(names) - set(CONTESTANTS)):
        raise typer.BadParameter(f"no contestant is called {', '.join(unknown)}")
    if scale is None and write is None:
        raise typer.BadParameter("nothing to do: give --scale, --write, or both")
    folder = work.expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if scale is not None:
        print(render.section(measure(folder, scale, rounds, names)))
    if write is not None:
        render.write(write, results.read(folder / "results"))
        print(f"Wrote {write}")


if __name__ == "__main__":
    try:
        typer.run(main)
    except (CommandFailedError, WrongResultError, render.NoPlaceError) as error:
        sys.exit(str(error))
