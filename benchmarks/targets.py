"""Targets: what issue A asks of the figures, computed from medians of one run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from benchmarks.results import Figure, Result

GIB = 1 << 30
MOST_PEAK_GIB = 4.0
# Everything of ours that holds memory; the load and the night are processes of their own.
_OURS = ("load", "night", "unchanged_night")


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that must be at most, or at least, a bound; None where it was not measured."""

    name: str
    bound: float
    way: Literal["at most", "at least"]
    found: float | None
    unit: str = ""

    @property
    def verdict(self) -> str:
        """`pass`, `miss`, or `not measured`."""
        if self.found is None:
            return "not measured"
        is_met = self.found <= self.bound if self.way == "at most" else self.found >= self.bound
        return "pass" if is_met else "miss"


def wall_median(result: Result, line: str) -> float | None:
    """Median seconds of a line, or None."""
    return _median(result.figures(line), lambda figure: figure.wall_seconds)


def _median(figures: Iterable[Figure], value: Callable[[Figure], float]) -> float | None:
    values = [value(figure) for figure in figures]
    return median(values) if values else None


def ratio(over: float | None, under: float | None) -> float | None:
    """A quotient; None when either is missing or nothing is divided by."""
    return over / under if over is not None and under else None


def peak_gib(result: Result) -> float | None:
    """The most memory that anything of ours held at once, in any round."""
    peaks = [
        figure.peak_bytes
        for line in _OURS
        for figure in result.figures(line)
        if figure.peak_bytes is not None
    ]
    return max(peaks) / GIB if peaks else None


def of(result: Result) -> list[Target]:
    """The targets at one scale."""
    floor, sqlite = wall_median(result, "floor"), wall_median(result, "imdb_sqlite")
    night = wall_median(result, "night")
    less_startup = wall_median(result, "night_less_startup")
    load = wall_median(result, "load")
    return [
        Target("our load, verified, ÷ the floor", 0.75, "at most", ratio(load, floor)),
        Target("the night less start-up ÷ the floor", 2.5, "at most", ratio(less_startup, floor)),
        Target("imdb-sqlite's bare load ÷ the whole night", 3.0, "at least", ratio(sqlite, night)),
        Target("our peak memory", MOST_PEAK_GIB, "at most", peak_gib(result), " GiB"),
    ]


@dataclass(frozen=True, slots=True)
class Growth:
    """How a line's median time grew from one scale to the next; linear is `rows`."""

    line: str
    smaller: float
    larger: float
    rows: float
    time: float | None

    @property
    def verdict(self) -> str:
        """Whether time grew no more than rows did."""
        return Target(self.line, self.rows, "at most", self.time).verdict


def growth(results: list[Result], lines: Iterable[str]) -> list[Growth]:
    """Each line's growth between neighbouring scales."""
    return [
        Growth(
            line,
            small.scale,
            large.scale,
            large.row_count / small.row_count,
            ratio(wall_median(large, line), wall_median(small, line)),
        )
        for small, large in pairwise(results)
        for line in lines
    ]
