"""Results as Markdown, and their place between two markers of a page."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median

from benchmarks import targets
from benchmarks.results import Figure, Result
from benchmarks.targets import GIB

BEGIN = "<!-- figures: begin, written by `python -m benchmarks --write` -->"
END = "<!-- figures: end -->"
ABSENT = ""
LINES = {
    "floor": "(a) the floor: bare DuckDB, text tables, nothing verified",
    "load": "(b) our load, verified, without copying",
    "load_fetched": "(b) our load with fetch",
    "night": "(c) our night, whole",
    "unchanged_night": "(c) an unchanged night = start-up",
    "night_less_startup": "(c) our night less start-up",
    "imdb_sqlite": "(d) imdb-sqlite 2.1.0, no indexes",
}
_GROWING = ("floor", "load", "night_less_startup", "imdb_sqlite")
_STEPS = {
    "load": "Parts of our load (b)",
    "night": "Steps of the night (c)",
    "unchanged_night": "Steps of the unchanged night (c)",
}


class NoPlaceError(Exception):
    """The page lacks the two markers, or has them in the wrong order."""


def place(page: str, text: str, begin_mark: str = BEGIN, end_mark: str = END) -> str:
    """The page with `text` between two markers.

    Raises:
        NoPlaceError: see there.
    """
    before, begin, rest = page.partition(begin_mark)
    _, end, after = rest.partition(end_mark)
    if not (begin and end):
        raise NoPlaceError(
            f"the page must have a line {begin_mark} and, after it, a line {end_mark}"
        )
    return f"{before}{begin}\n{text}\n{end}{after}"


def write(page: Path, results: Sequence[Result]) -> None:
    """Put every result into a page."""
    page.write_text(place(page.read_text("utf-8"), document(results)), "utf-8")


def document(results: Sequence[Result]) -> str:
    """A section for each scale, then the growth between them."""
    parts = [section(result) for result in results]
    if len(results) > 1:
        parts.append(growth_section(results))
    return "\n\n".join(parts)


def section(result: Result) -> str:
    """One scale: where, what, the targets, the steps."""
    machine = result.machine
    about = (
        f"{result.measured_at}; alternating rounds: {len(result.rounds)}. {machine.processor}, "
        f"{machine.cores} cores, {machine.memory_bytes / GIB:.0f} GiB, {machine.system}, "
        f"Python {machine.python}, DuckDB {machine.duckdb}; "
        f"load average before the first round {result.load_average:.1f}."
    )
    title = (
        f"### Scale {result.scale:g}: {result.row_count / 1e6:,.1f} million rows, "
        f"{_size(result.gzip_bytes)} of gzip"
    )
    blocks = [title, about, _figures_table(result), _targets_table(targets.of(result))]
    blocks += [
        _steps_table(heading, result.steps(line), targets.wall_median(result, "floor"))
        for line, heading in _STEPS.items()
        if result.figures(line)
    ]
    return "\n\n".join(blocks)


def growth_section(results: Sequence[Result]) -> str:
    """Time against rows, from each scale to the next."""
    rows = [
        (
            LINES[one.line],
            f"{one.smaller:g} → {one.larger:g}",
            f"{one.rows:.2f}",
            _quotient(one.time),
            one.verdict if one.line in ("load", "night_less_startup") else "",
        )
        for one in targets.growth(list(results), _GROWING)
    ]
    header = ("contestant", "scale", "rows grew", "median time grew", "no worse than linear")
    return f"### Growth\n\n{_table(header, rows)}"


def _figures_table(result: Result) -> str:
    floor = targets.wall_median(result, "floor")
    sqlite = targets.wall_median(result, "imdb_sqlite")
    rows = []
    for line, label in LINES.items():
        figures = result.figures(line)
        if not figures:
            continue
        wall = targets.wall_median(result, line)
        rows.append(
            (
                label,
                _spread([one.wall_seconds for one in figures], _seconds),
                _spread([one.cpu_seconds for one in figures], _seconds),
                _spread(_known(figures, lambda one: one.peak_bytes), _size),
                _spread(_known(figures, lambda one: one.disk_bytes), _size, is_ranged=False),
                _quotient(targets.ratio(wall, floor)),
                _quotient(targets.ratio(sqlite, wall)),
            )
        )
    header = (
        "contestant: median (lowest to highest)",
        "wall, s",
        "CPU, s",
        "peak memory",
        "disk",
        "wall ÷ floor",
        "imdb-sqlite ÷ wall",
    )
    return _table(header, rows)


def _targets_table(judged: Iterable[targets.Target]) -> str:
    rows = [
        (
            one.name,
            f"{one.way} {one.bound:g}{one.unit}",
            ABSENT if one.found is None else f"{one.found:.2f}{one.unit}",
            one.verdict,
        )
        for one in judged
    ]
    return _table(("target", "required at 0.2", "found", "verdict"), rows)


def _steps_table(heading: str, steps: dict[str, list[float]], floor: float | None) -> str:
    rows = [
        (step, _spread(seconds, _seconds), _quotient(targets.ratio(median(seconds), floor)))
        for step, seconds in steps.items()
    ]
    return f"{heading}:\n\n{_table(('step', 'wall, s', 'wall ÷ floor'), rows)}"


def _known(figures: Iterable[Figure], value: Callable[[Figure], int | None]) -> list[float]:
    return [found for figure in figures if (found := value(figure)) is not None]


def _spread(
    values: Sequence[float], shown: Callable[[float], str], *, is_ranged: bool = True
) -> str:
    """The median, with the range when there is one to speak of."""
    if not values:
        return ABSENT
    middle = shown(median(values))
    lowest, highest = shown(min(values)), shown(max(values))
    return f"{middle} ({lowest} to {highest})" if is_ranged and lowest != highest else middle


def _seconds(value: float) -> str:
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _size(byte_count: float) -> str:
    if byte_count >= GIB:
        return f"{byte_count / GIB:.2f} GiB"
    return f"{byte_count / (1 << 20):.0f} MiB"


def _quotient(value: float | None) -> str:
    return ABSENT if value is None else f"{value:.2f}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---", *("---:" for _ in header[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, rule, *rows))
