"""Measure the loads of other feeds: `python -m benchmarks.feeds` (`docs/benchmarks.md`).

Each beside bare DuckDB on the same files, and all of them beside the load of IMDb's dumps, in the
same rounds: machines that others share are compared with nothing but themselves.
"""

import json
import os
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from benchmarks import contestants, dumps, feed_files, feed_floor, feed_load, machine, measure
from benchmarks.contestants import Stage, WrongResultError
from benchmarks.dumps import Dumps
from benchmarks.feed_files import Files
from benchmarks.load import read as read_parts
from benchmarks.measure import CommandFailedError, Usage
from benchmarks.render import NoPlaceError, place

PROJECT = Path(__file__).resolve().parents[1]
DEFAULT_WORK = Path(tempfile.gettempdir()) / "arthouse-bench"
BEGIN = "<!-- feeds: begin, written by `python -m benchmarks.feeds --write` -->"
END = "<!-- feeds: end -->"
IMDB = "imdb"
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Lap:
    """One feed in one round: the floor's process, and ours less the copying of fetch."""

    floor_seconds: float
    floor_cpu_seconds: float
    our_seconds: float
    our_cpu_seconds: float
    our_peak_bytes: int


@dataclass(frozen=True, slots=True)
class Trial:
    """One feed's files, and its laps."""

    name: str
    row_count: int
    byte_count: int
    laps: list[Lap]

    def median(self, name: str) -> float:
        """Of one figure of the laps."""
        return float(median(getattr(lap, name) for lap in self.laps))


def lap_of_feed(files: Files, work: Path) -> Lap:
    """The floor and our load of one feed, in fresh processes and folders.

    Raises:
        WrongResultError: either has another number of rows than the files.
    """
    with tempfile.TemporaryDirectory(dir=work, prefix=f"{files.feed}-") as name:
        folder = Path(name)
        database, home, report = folder / "floor.duckdb", folder / "home", folder / "parts.json"
        floor = _measured(files, work, "feed_floor", str(files.folder), str(database))
        _check(files, feed_floor.row_count(database))
        database.unlink()
        paths = (str(files.folder), str(home), str(report))
        ours = _measured(files, work, "feed_load", files.feed, *paths)
        _check(files, feed_load.row_count(files.feed, files.table, home))
        fetch = read_parts(report)["fetch"]
    return Lap(
        floor.wall_seconds,
        floor.cpu_seconds,
        ours.wall_seconds - fetch.wall_seconds,
        ours.cpu_seconds - fetch.cpu_seconds,
        ours.peak_bytes,
    )


def _measured(files: Files, work: Path, module: str, *arguments: str) -> Usage:
    files.warm()
    os.sync()
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    log = work / "logs" / f"{files.feed}-{module}.log"
    return measure.run(command, folder=work, environment=environment, log=log)


def _check(files: Files, found: int) -> None:
    if found != files.row_count:
        raise WrongResultError(f"{files.feed}: {found} rows, the files have {files.row_count}")


def lap_of_imdb(made: Dumps, work: Path) -> Lap:
    """The same of IMDb's dumps."""
    figures = {}
    for run in (contestants.run_floor, contestants.run_load):
        with tempfile.TemporaryDirectory(dir=work, prefix=f"{IMDB}-") as folder:
            figures.update(run(Stage(made, Path(folder), work / "logs" / IMDB, work)).figures)
    floor, ours = figures["floor"], figures["load"]
    return Lap(
        floor.wall_seconds,
        floor.cpu_seconds,
        ours.wall_seconds,
        ours.cpu_seconds,
        ours.peak_bytes or 0,
    )


def document(trials: list[Trial], about: str) -> str:
    """The figures as Markdown; medians, with the lowest and the highest ratio."""
    imdb = next((trial for trial in trials if trial.name == IMDB), None)
    lines = [
        about,
        "",
        "| files | records | on disk, MiB | bare DuckDB: wall, s | CPU, s | our load: wall, s"
        " | CPU, s | ours ÷ bare: wall | CPU | records a second ÷ IMDb's: wall | CPU"
        " | peak memory, MiB |",
        "| --- |" + " ---: |" * 11,
        *(_line(trial, imdb) for trial in trials),
    ]
    return "\n".join(lines)


def _line(trial: Trial, imdb: Trial | None) -> str:
    walls = [lap.our_seconds / lap.floor_seconds for lap in trial.laps]
    cpus = [lap.our_cpu_seconds / lap.floor_cpu_seconds for lap in trial.laps]
    cells = (
        trial.name,
        f"{trial.row_count:,}",
        f"{trial.byte_count / _MIB:,.0f}",
        f"{trial.median('floor_seconds'):.1f}",
        f"{trial.median('floor_cpu_seconds'):.1f}",
        f"{trial.median('our_seconds'):.1f}",
        f"{trial.median('our_cpu_seconds'):.1f}",
        f"{median(walls):.2f} ({min(walls):.2f} to {max(walls):.2f})",
        f"{median(cpus):.2f} ({min(cpus):.2f} to {max(cpus):.2f})",
        _beside(trial, imdb, "our_seconds"),
        _beside(trial, imdb, "our_cpu_seconds"),
        f"{max(lap.our_peak_bytes for lap in trial.laps) / _MIB:,.0f}",
    )
    return f"| {' | '.join(cells)} |"


def _beside(trial: Trial, imdb: Trial | None, name: str) -> str:
    """Records a second over those of IMDb's dumps."""
    if imdb is None:
        return ""
    rates = (one.row_count / one.median(name) for one in (trial, imdb))
    return f"{next(rates) / next(rates):.2f}"


def _about(rounds: int, load_average: float) -> str:
    here = machine.this()
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; rounds: {rounds}. {here.processor}, "
        f"{here.cores} cores, {here.memory_bytes >> 30} GiB, {here.system}, Python {here.python}, "
        f"DuckDB {here.duckdb}; load average before the first round {load_average:.1f}."
    )


def main(
    ratings: Annotated[int, typer.Option(help="How many in the MovieLens zip; 0: none.")] = 10**7,
    reviews: Annotated[int, typer.Option(help="How many, half IEEE, half Spoiler.")] = 500_000,
    imdb_scale: Annotated[float, typer.Option(help="1.0 is IMDb's size; 0: without it.")] = 0.05,
    rounds: Annotated[int, typer.Option(min=1, help="Every feed once a round.")] = 3,
    work: Annotated[
        Path, typer.Option(envvar="ARTHOUSE_BENCH", help="Files, results, logs, scratch.")
    ] = DEFAULT_WORK,
    write: Annotated[
        Path | None, typer.Option(help="A page that gets the figures between its markers.")
    ] = None,
) -> None:
    """Measure our loads of ratings, reviews and IMDb's dumps, each beside bare DuckDB."""
    folder = work.expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Files | Dumps] = {}
    if ratings:
        files["movielens"] = feed_files.ratings(folder / "files", ratings)
    if reviews:
        files["reviews"] = feed_files.reviews(folder / "files", reviews)
    if imdb_scale:
        files[IMDB] = dumps.prepare(folder / "dumps", imdb_scale)
    trials = [Trial(name, one.row_count, one.byte_count, []) for name, one in files.items()]
    load_average = os.getloadavg()[0]
    for number in range(rounds):
        for trial in trials:
            one = files[trial.name]
            lap = lap_of_imdb(one, folder) if isinstance(one, Dumps) else lap_of_feed(one, folder)
            trial.laps.append(lap)
            print(f"round {number + 1}  {trial.name:<10} {json.dumps(asdict(lap))}", flush=True)
    text = document(trials, _about(rounds, load_average))
    print(text)
    if write is not None:
        write.write_text(place(write.read_text("utf-8"), text, BEGIN, END), "utf-8")


if __name__ == "__main__":
    try:
        typer.run(main)
    except (CommandFailedError, WrongResultError, NoPlaceError) as error:
        sys.exit(str(error))
