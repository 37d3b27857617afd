"""Results: what was measured at one scale in one run, and the file it is kept in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.machine import Machine


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table in one round; None where the line has no such quantity."""

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int | None
    disk_bytes: int | None

    def less(self, other: "Figure") -> "Figure":
        """The time over another figure's; memory and disk do not subtract."""
        wall = self.wall_seconds - other.wall_seconds
        return Figure(wall, self.cpu_seconds - other.cpu_seconds, None, None)


@dataclass(frozen=True, slots=True)
class Round:
    """Every contestant once: figures by line, and seconds by step of those lines with steps."""

    figures: dict[str, Figure] = field(default_factory=dict)
    steps: dict[str, dict[str, float]] = field(default_factory=dict)

    def take(self, other: "Round") -> None:
        """Add what another contestant measured."""
        self.figures.update(other.figures)
        self.steps.update(other.steps)


@dataclass(frozen=True, slots=True)
class Result:
    """A run at one scale. `gzip_bytes`: the dumps; `load_average`: before the first round."""

    scale: float
    measured_at: str
    machine: Machine
    load_average: float
    row_count: int
    gzip_bytes: int
    contestants: list[str]
    rounds: list[Round]

    def figures(self, line: str) -> list[Figure]:
        """A line's figures, a round each; empty when nobody measured it."""
        return [one.figures[line] for one in self.rounds if line in one.figures]

    def steps(self, line: str) -> dict[str, list[float]]:
        """Seconds by step, in the order of the steps, a round each."""
        seconds: dict[str, list[float]] = {}
        for one in self.rounds:
            for step, taken in one.steps.get(line, {}).items():
                seconds.setdefault(step, []).append(taken)
        return seconds


_FORMAT = TypeAdapter(Result)


def write(folder: Path, result: Result) -> Path:
    """Keep a result; one of the same scale and contestants is replaced. Its file."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{result.scale:g}-{'+'.join(result.contestants)}.json"
    draft = target.with_suffix(".part")
    draft.write_bytes(_FORMAT.dump_json(result, indent=2))
    draft.replace(target)
    return target


def read(folder: Path) -> list[Result]:
    """One result a scale, smallest first: of most contestants, then the newest."""
    return choose(_FORMAT.validate_json(path.read_bytes()) for path in folder.glob("*.json"))


def choose(results: Iterable[Result]) -> list[Result]:
    """The result to show of each scale."""
    shown: dict[float, Result] = {}
    for one in sorted(results, key=lambda one: (len(one.contestants), one.measured_at)):
        shown[one.scale] = one
    return [shown[scale] for scale in sorted(shown)]
