"""Time search: `python -m benchmarks.search RELEASE … --write docs/benchmarks.md`."""

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated

import duckdb
import typer

from benchmarks import machine, misspelt, search_corpus
from benchmarks.render import NoPlaceError, place
from dashboards import search
from dashboards.search_words import cut
from warehouse import connect

BEGIN = "<!-- search: begin, written by `python -m benchmarks.search --write` -->"
END = "<!-- search: end -->"
DEFAULT_WORK = Path(tempfile.gettempdir()) / "arthouse-bench" / "search"
_SEED = 4
_COLD = 20
_SHOWN_FIRST = 3
_BLOCK_BYTES = 262_144
_BLOCKS = """
    select count(distinct block) from (
        select block_id as block from pragma_storage_info('marts.{table}') where block_id >= 0
        union all select unnest(additional_block_ids) from pragma_storage_info('marts.{table}')
    )
"""


@dataclass(frozen=True, slots=True)
class Round:
    """One pass over all searches on a warm connection: milliseconds of each, and the load."""

    wall: list[float]
    cpu: list[float]
    load: float


@dataclass(frozen=True, slots=True)
class Trial:
    """One database: its sizes, its rounds, first searches of new connections, what was found."""

    title_count: int
    name_count: int
    index_bytes: int
    rounds: list[Round]
    cold: list[float]
    found_share: float
    strict_share: float


def measure(database: Path, count: int, rounds: int) -> Trial:
    """Search a release, one query after the other."""
    connection = connect.opened(database)
    searches = misspelt.searches(connection, count, _SEED)
    texts = [one.text for one in searches]
    found = [search.find(connection, text)[:_SHOWN_FIRST] for text in texts]
    made = [_pass(connection, texts) for _ in range(rounds)]
    shares = _shares(connection, searches, found)
    titles, names = (
        connection.execute(f"select count(*) from marts.{table}").fetchall()[0][0]
        for table in ("dim_titles", "rpt_search_names")
    )
    blocks = sum(
        connection.execute(_BLOCKS.format(table=f"rpt_search_{table}")).fetchall()[0][0]
        for table in ("names", "words", "terms", "spellings")
    )
    connection.close()
    cold = [_cold(database, text) for text in texts[:_COLD]]
    return Trial(titles, names, blocks * _BLOCK_BYTES, made, cold, *shares)


def _pass(connection: duckdb.DuckDBPyConnection, texts: list[str]) -> Round:
    wall, cpu = [], []
    for text in texts:
        started, busy = time.perf_counter(), time.process_time()
        search.find(connection, text)
        wall.append((time.perf_counter() - started) * 1000)
        cpu.append((time.process_time() - busy) * 1000)
    return Round(wall, cpu, os.getloadavg()[0])


def _cold(database: Path, text: str) -> float:
    """Open, search, close: DuckDB's own cache is empty, the system's page cache is not."""
    started = time.perf_counter()
    with connect.opened(database) as connection:
        search.find(connection, text)
    return (time.perf_counter() - started) * 1000


def _shares(
    connection: duckdb.DuckDBPyConnection,
    searches: list[misspelt.Search],
    found: list[list[search.Hit]],
) -> tuple[float, float]:
    """How many searches found the name, and how many the very title, among the first."""
    rows = connection.execute(
        "select vote_rank, title_id, person_id from marts.rpt_search_names where is_shown"
    ).fetchall()
    ids = {rank: (title_id, person_id) for rank, title_id, person_id in rows}
    named = strict = 0
    for one, hits in zip(searches, found, strict=True):
        strict += any((hit.title_id, hit.person_id) == ids[one.vote_rank] for hit in hits)
        named += any(cut(hit.name) == cut(one.name) for hit in hits)
    return named / len(searches), strict / len(searches)


def document(trials: list[Trial], count: int) -> str:
    """The table of the page."""
    here = machine.this()
    about = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {count} searches a round, rounds: "
        f"{len(trials[0].rounds)}. {here.processor}, {here.cores} cores, DuckDB {here.duckdb}."
    )
    header = (
        "| titles | names | index, MB | load average | wall, ms: median, p95 | p95 of the rounds |"
        " CPU, ms: median, p95 | with a new connection, ms: median | in the first three: by name |"
        " the very one |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    return "\n".join([about, "", header, *map(_line, trials)])


def _line(trial: Trial) -> str:
    loads = sorted(one.load for one in trial.rounds)
    tails = sorted(_p95(one.wall) for one in trial.rounds)
    cells = [
        f"{trial.title_count:,}",
        f"{trial.name_count:,}",
        f"{trial.index_bytes / 1e6:,.0f}",
        f"{loads[0]:.1f} to {loads[-1]:.1f}",
        f"{median(median(one.wall) for one in trial.rounds):.0f}, {median(tails):.0f}",
        f"{tails[0]:.0f} to {tails[-1]:.0f}",
        f"{median(median(one.cpu) for one in trial.rounds):.0f}, "
        f"{median(_p95(one.cpu) for one in trial.rounds):.0f}",
        f"{median(trial.cold):.0f}",
        f"{trial.found_share:.1%}",
        f"{trial.strict_share:.1%}",
    ]
    return f"| {' | '.join(cells)} |"


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def main(
    databases: Annotated[list[Path] | None, typer.Argument(help="Releases to search.")] = None,
    corpus: Annotated[bool, typer.Option(help="Search 12 million titles, too.")] = False,
    count: Annotated[int, typer.Option(min=20, help="Searches a round.")] = 320,
    rounds: Annotated[int, typer.Option(min=1)] = 3,
    work: Annotated[
        Path, typer.Option(help="Where the 12 million titles are kept.")
    ] = DEFAULT_WORK,
    write: Annotated[Path | None, typer.Option(help="A page that gets the figures.")] = None,
) -> None:
    """Time misspelt searches for titles and people of releases."""
    work.mkdir(parents=True, exist_ok=True)
    files = [path.resolve() for path in databases or []]
    files += [search_corpus.build(work)] if corpus else []
    text = document([measure(file, count, rounds) for file in files], count)
    print(text)
    if write:
        write.write_text(place(write.read_text("utf-8"), text, BEGIN, END), "utf-8")


if __name__ == "__main__":
    try:
        typer.run(main)
    except NoPlaceError as error:
        sys.exit(str(error))
