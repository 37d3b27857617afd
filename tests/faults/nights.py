"""Nights in a row on changed dumps: one home is killed every night, its twin never."""

import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import duckdb

from ingest import lake
from sample import world
from tests.arthouse import Arthouse

# Snapshots and runs are named after their number and instant, which differ between twins.
_NAME = re.compile(r"\d{6}-\d{8}T\d{6}Z")
# The one before, the killed run's if it got so far, and the next run's.
_RELEASES = 3
_READER = """
import select, sys, time
from pathlib import Path
from warehouse import connect
seen = set()
while not select.select([sys.stdin], [], [], 0.05)[0]:
    with connect.reading(Path(sys.argv[1])) as connection:
        seen |= set(connection.execute(
            "select (select max(run_id) from ops.runs), (select count(*) from dim_titles), "
            "(select sum(vote_count) from dim_titles), (select count(*) from fct_credits)"
        ).fetchall())
print(len(seen))
"""
_EXPECTED = """
    with seen as (
        select
            substring(tconst, 3)::bigint as title_id, night.day::date as rating_date,
            averageRating::decimal(3, 1) as rating_average, numVotes::integer as vote_count
        from read_csv($files, delim = '\t', header = true, quote = '', all_varchar = true,
            filename = true) as ratings
        inner join nights as night on ratings.filename = night.file
    ),
    every as (
        select titles.title_id, nights.day::date as rating_date, rating_average, vote_count
        from (select distinct title_id from seen) as titles
        cross join nights
        left join seen on titles.title_id = seen.title_id and nights.day::date = seen.rating_date
    )
    from every
    window title_days as (partition by title_id order by rating_date)
    qualify (rating_average, vote_count) is distinct from
        (lag(rating_average) over title_days, lag(vote_count) over title_days)
"""
_TOLD = "select title_id, rating_date, rating_average, vote_count from fct_title_ratings_daily"


@dataclass(slots=True)
class Story:
    """Twin homes after the same nights.

    `dumps`: `<night>/<feed>` of every night. `feeds`: those ingested; only IMDb has a new night.
    `days`: from one night to the next.
    """

    dumps: Path
    feeds: Sequence[str]
    days: int
    killed: Arthouse
    calm: Arthouse

    def night(self, number: int) -> float:
        """The calm home's night; its seconds."""
        started = time.monotonic()
        done = self._start(self.calm, number)
        out, err = done.communicate(timeout=3600)
        assert done.returncode == 0, out + err
        return time.monotonic() - started

    def killed_night(self, number: int, after: float) -> list[str]:
        """The other home's night, killed after so many seconds and run again; what went wrong.

        A reader queries all along: it must see nothing but whole releases, three at most.
        """
        reader = _read(self.killed)
        victim = self._start(self.killed, number)
        time.sleep(after)
        victim.send_signal(signal.SIGKILL)
        victim.communicate()
        again = self._start(self.killed, number)
        out, err = again.communicate(timeout=3600)
        seen, complaint = reader.communicate("enough\n", timeout=60)
        wrong = [] if again.returncode == 0 else [out + err]
        if reader.returncode or not 1 < int(seen) <= _RELEASES:
            wrong.append(f"the reader saw {seen} releases {complaint}")
        return wrong

    def _start(self, house: Arthouse, number: int) -> subprocess.Popen[str]:
        nights = {feed: str(number if feed == "imdb" else 0) for feed in self.feeds}
        words = [f"--feed={feed}={self.dumps / at / feed}" for feed, at in nights.items()]
        words += [f"--only={feed}" for feed in self.feeds]
        return replace(house, days_ahead=number * self.days).start("run", *words)

    def differences(self) -> list[str]:
        """Marts, and files, in which the twins differ."""
        mine, other = self.killed.content(), self.calm.content()
        marts = [name for name in sorted({*mine, *other}) if mine.get(name) != other.get(name)]
        return [f"mart {name}" for name in marts] + leftovers(self.killed.home, self.calm.home)

    def forgotten(self, nights: int) -> int:
        """Rows by which the history told differs from the dumps' own."""
        days = [one.at.date() for one in lake.snapshots(self.killed.home, "imdb")]
        files = [str(self.dumps / str(n) / "imdb/title.ratings.tsv.gz") for n in range(nights + 1)]
        with duckdb.connect() as connection:
            connection.execute("create table nights (day date, file varchar)")
            last = dict(zip(days, files, strict=True))  # the last snapshot of a day counts
            connection.executemany("insert into nights values (?, ?)", list(last.items()))
            connection.execute(f"create table expected as {_EXPECTED}", {"files": files})
            connection.execute(
                f"attach '{self.killed.home / 'warehouse.duckdb'}' as house (read_only)"
            )
            connection.execute(
                "create table told as " + _TOLD.replace("from ", "from house.marts.")
            )
            [(count,)] = connection.execute(
                "select count(*) from ((from expected except all from told) "
                "union all (from told except all from expected))"
            ).fetchall()
        return int(count)


def _read(house: Arthouse) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _READER, str(house.home)],
        cwd=house.project,
        env=house.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def leftovers(mine: Path, other: Path) -> list[str]:
    """Files of one home more than of the other; names of runs and snapshots do not count."""
    surplus = _inventory(mine) - _inventory(other)
    return [f"{count} more of {name}" for name, count in sorted(surplus.items())]


def _inventory(home: Path) -> Counter[str]:
    parts = ("builds", "lake", "landing", "releases")
    files = [path for part in parts for path in (home / part).rglob("*")]
    # Drafts lie beside what they become, under a hidden name with their process' number.
    files += [*home.glob(".*"), *(home / "ledger").rglob(".*")]
    return Counter(_NAME.sub("*", str(path.relative_to(home))) for path in files)


def write_dumps(folder: Path, feeds: Sequence[str], nights: int, scale: float) -> None:
    """Every night's dumps; those of other feeds than IMDb on the first night alone."""
    for number in range(nights + 1):
        world.generate(folder / str(number), () if number else feeds, scale=scale, night=number)


def rebuilt(story: Story, home: Path) -> Arthouse:
    """A home that has the killed one's lake and nothing else, after a build on its last day."""
    lake_folder = story.killed.home / "lake"
    shutil.copytree(lake_folder, home / "lake")
    nights = len(lake.snapshots(story.killed.home, "imdb")) - 1
    fresh = Arthouse(home, days_ahead=nights * story.days)
    done = fresh("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return fresh


def moment(number: int, seconds: float) -> float:
    """When to kill a night that takes so long: anywhere but in its last tenth."""
    return Random(number).uniform(0.05, 0.9) * seconds
