"""Results with only the figures a test cares about."""

from benchmarks.machine import Machine
from benchmarks.results import Figure, Result, Round

MACHINE = Machine(
    cores=2,
    memory_bytes=24 << 30,
    processor="A Processor",
    system="Linux 6",
    python="3.11.7",
    duckdb="2.0.0",
)


def figure(wall: float, *, cpu: float = 1.0, peak: int | None = None) -> Figure:
    return Figure(wall_seconds=wall, cpu_seconds=cpu, peak_bytes=peak, disk_bytes=None)


def result(
    *rounds: dict[str, Figure],
    scale: float = 0.2,
    row_count: int = 1000,
    measured_at: str = "2026-11-22 23:00 UTC",
    contestants: tuple[str, ...] = ("floor", "load", "night", "imdb_sqlite"),
    steps: dict[str, dict[str, float]] | None = None,
) -> Result:
    return Result(
        scale=scale,
        measured_at=measured_at,
        machine=MACHINE,
        load_average=0.5,
        row_count=row_count,
        gzip_bytes=5 << 20,
        contestants=list(contestants),
        rounds=[Round(figures=one, steps=steps or {}) for one in rounds],
    )


def walls(**seconds: float) -> dict[str, Figure]:
    """One round: seconds by line."""
    return {line: figure(wall) for line, wall in seconds.items()}
