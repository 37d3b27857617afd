"""Time pages in a browser: `python -m benchmarks.pages HOME … --write docs/benchmarks.md`."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Annotated

import httpx
import typer
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import machine
from benchmarks.render import NoPlaceError, place
from warehouse import connect

BEGIN = "<!-- pages: begin, written by `python -m benchmarks.pages --write` -->"
END = "<!-- pages: end -->"
_PORT = 8599
# What a person came for: a heading alone is not it.
_CONTENT = ".figures, .facts, .lines, .cards, table.data, .stVegaLiteChart canvas, textarea"
_BUSIEST = """
    select
        (select title_id from marts.rpt_top_titles order by vote_count desc, title_id limit 1),
        (select series_id from marts.rpt_series_heatmaps
         group by all order by count(*) desc, series_id limit 1),
        (select person_id from marts.rpt_people_careers
         order by credit_count desc, person_id limit 1)
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Seconds from an address to the first useful content, a value a round.

    `first`: nobody had asked for the page before; `again`: its answers are cached.
    """

    name: str
    first: list[float]
    again: list[float]


@dataclass(frozen=True, slots=True)
class Trial:
    """A home: how large it is, and how long its pages took."""

    title_count: int
    credit_count: int
    visits: list[Visit]
    load: float


def measure(browser: Browser, home: Path, rounds: int) -> Trial:
    """Visit every page twice a round, with a server of its own each round."""
    with connect.reading(home) as connection:
        [(title_count, credit_count)] = connection.execute(
            "select (select count(*) from dim_titles), (select count(*) from fct_credits)"
        ).fetchall()
        [(title, series, person)] = connection.execute(_BUSIEST).fetchall()
    addresses = _addresses(title, series, person)
    visits = [Visit(name, [], []) for name in addresses]
    for _ in range(rounds):
        with _serving(home) as site:
            page = browser.new_page()
            # The app's scripts are in the browser's cache from now on.
            _seconds(page, f"{site}/sql")
            for visit, address in zip(visits, addresses.values(), strict=True):
                visit.first.append(_seconds(page, f"{site}/{address}"))
                visit.again.append(_seconds(page, f"{site}/{address}"))
            page.close()
    return Trial(title_count, credit_count, visits, os.getloadavg()[0])


def _addresses(title: int, series: int, person: int) -> dict[str, str]:
    return {
        "Home": "",
        "Home, a search": "?q=teh+lanten",
        "Title, the most voted": f"title?id={title}",
        "Title, the longest series": f"title?id={series}",
        "Person, the most credits": f"person?id={person}",
        "Charts": "charts",
        "Genres & years": "genres",
        "Budgets": "budgets",
        "Reviews": "reviews",
        "Quality": "quality",
        "Tables": "tables",
        "SQL": "sql",
    }


def _seconds(page: Page, address: str) -> float:
    page.goto("about:blank")
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(_CONTENT).first.wait_for(state="visible", timeout=60_000)
    return time.perf_counter() - started


@contextmanager
def _serving(home: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "cli.main", "dashboards", "--port", str(_PORT)]
    environment = {**os.environ, "ARTHOUSE_HOME": str(home)}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet) as server:
        site = f"http://127.0.0.1:{_PORT}"
        while server.poll() is None and not _answers(site):
            time.sleep(0.1)
        yield site
        server.terminate()


def _answers(site: str) -> bool:
    try:
        return httpx.get(f"{site}/_stcore/health").is_success
    except httpx.TransportError:  # it does not listen yet
        return False


def document(trials: list[Trial], rounds: int) -> str:
    """The table of the page: a line a page, two columns a home."""
    here = machine.this()
    homes = [f"{one.title_count:,} titles, {one.credit_count:,} credits" for one in trials]
    loads = ", ".join(f"{one.load:.1f}" for one in trials)
    about = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; rounds: {rounds}; seconds, the median and the "
        f"worst. {here.processor}, {here.cores} cores, which the browser shares; load average "
        f"afterwards {loads}."
    )
    header = f"| page | {' | '.join(f'{home}: first' + ' | again' for home in homes)} |"
    rule = f"| --- | {' | '.join(['---: | ---:'] * len(trials))} |"
    lines = [
        f"| {visits[0].name} | "
        + " | ".join(f"{_cell(one.first)} | {_cell(one.again)}" for one in visits)
        + " |"
        for visits in zip(*(one.visits for one in trials), strict=True)
    ]
    return "\n".join([about, "", header, rule, *lines])


def _cell(seconds: list[float]) -> str:
    return f"{median(seconds):.1f} ({max(seconds):.1f})"


def main(
    homes: Annotated[list[Path], typer.Argument(help="Homes whose release is shown.")],
    rounds: Annotated[int, typer.Option(min=1)] = 3,
    write: Annotated[Path | None, typer.Option(help="A page that gets the figures.")] = None,
) -> None:
    """Time every page to its first useful content, in Chromium."""
    program = shutil.which("chromium") or sys.exit("no Chromium: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        trials = [measure(browser, home.resolve(), rounds) for home in homes]
        browser.close()
    text = document(trials, rounds)
    print(text)
    if write:
        write.write_text(place(write.read_text("utf-8"), text, BEGIN, END), "utf-8")


if __name__ == "__main__":
    try:
        typer.run(main)
    except NoPlaceError as error:
        sys.exit(str(error))
