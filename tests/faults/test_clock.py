"""Nights under a clock that jumps."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dags import step
from ingest import lake
from ingest.settings import Settings
from tests.faults import small_run
from tests.faults.clock import Clock
from tests.faults.trials import Trials
from warehouse import build, ledger, release, sources

RATINGS = build.DBT_PROJECT / "models"
# The model of the history of ratings, and those it reads.
HISTORY = {
    "stg_imdb__rating_changes": "staging/imdb/stg_imdb__rating_changes.sql",
    "int_title_ratings_settled": "intermediate/ratings/int_title_ratings_settled.sql",
}
_REFERENCE = re.compile(r"\{\{ (?:ref|source)\('([^']+)'(?:, '([^']+)')?\) \}\}")
_CHANGES = """
    copy (select 1::bigint tconst, 'changed' change, 8.0::decimal(3, 1) "averageRating",
        $votes::integer "numVotes") to '{file}' (format parquet)
"""


@dataclass(slots=True)
class Nights:
    """What began, was committed and was published, in the order it happened."""

    home: Path
    clock: Clock
    runs: list[str] = field(default_factory=list)
    snapshots: list[str] = field(default_factory=list)
    releases: list[str] = field(default_factory=list)

    def night(self, instant: str | None = None, **within: float) -> None:
        """Ingest more votes and build, at an instant; `within`: how the clock moves meanwhile."""
        if instant:
            self.clock.set(instant)
        run = self._begin(f"ingest_{small_run.FEED}")
        step.take(run, "load_imdb", f"{small_run.HERE}:load")
        draft = lake.incoming(self.home, small_run.FEED, run)
        with duckdb.connect() as connection:
            file = draft / "rating_changes.parquet"
            votes = {"votes": 100 * (len(self.snapshots) + 1)}
            connection.execute(_CHANGES.format(file=file), votes)
        step.take(run, "commit_imdb", f"{__name__}:commit", run)
        step.end(run)
        newest = lake.newest(self.home, small_run.FEED)
        self.snapshots.append(newest.name if newest else "none")
        run = self._begin("build_warehouse")
        words = small_run.do(run, between=partial(self._move, within))
        self.releases.append(run if words == "done" else words)

    def _move(self, within: dict[str, float], task: str) -> None:
        if task == "gate":
            self.clock.move(**within)

    def _begin(self, dag: str) -> str:
        self.runs.append(step.begin({"dag": dag}))
        return self.runs[-1]


def commit(here: Settings, run: str, _: str) -> dict[str, Any]:
    """The product's, of our feed."""
    from ingest import incoming

    return incoming.commit(here, small_run.FEED, run)


def back(nights: Nights) -> None:
    """A day back between two nights, and within one."""
    for instant in ("2026-03-01T04:30:00", "2026-03-02T04:30:00", "2026-03-01T05:00:00"):
        nights.night(instant)
    nights.night("2026-03-03T04:30:00", days=-1)
    nights.night()
    nights.night("2026-03-04T04:30:00")


def ahead(nights: Nights) -> None:
    """A day ahead between two nights, and within one; and right again."""
    for instant in ("2026-03-01T04:30:00", "2026-03-03T04:30:00", "2026-03-02T05:00:00"):
        nights.night(instant)
    nights.night("2026-03-03T06:00:00", days=1)
    nights.night("2026-03-04T04:30:00")
    nights.night("2026-03-05T04:30:00")


def summer_time(nights: Nights) -> None:
    """Berlin's hour that is skipped in spring, and the one that comes twice in autumn."""
    for instant in ("2026-03-29T00:59:58", "2026-03-29T01:00:02"):
        nights.night(instant)
    for instant in ("2026-10-25T00:30:00", "2026-10-25T01:30:00", "2026-10-26T00:30:00"):
        nights.night(instant)


def midnight(nights: Nights) -> None:
    """A run that begins on one day, and ends on the next; the year's, too."""
    nights.night("2026-12-30T23:59:59", seconds=10)
    nights.night("2026-12-31T23:59:59", seconds=10)
    nights.night("2027-01-01T04:30:00")


def history(home: Path) -> list[tuple[date, int, int | None]]:
    """The day, votes and new votes of our title, as the models make them of the whole lake."""
    with duckdb.connect() as connection:
        connection.execute("create schema imdb")
        sources._create_history(
            connection,
            "imdb.rating_changes",
            sources._CHANGES["rating_changes"],
            "rating_changes",
            lake.snapshots(home, small_run.FEED),
        )
        for name, file in HISTORY.items():
            sql = (RATINGS / file).read_text("utf-8")
            named = _REFERENCE.sub(lambda m: ".".join(filter(None, m.groups())), sql)
            connection.execute(f"create view {name} as {named}")
        return connection.execute(
            "select rating_date, vote_count, new_vote_count from int_title_ratings_settled "
            "order by rating_date"
        ).fetchall()


def complaints(nights: Nights) -> list[str]:
    """What is out of order, not the newest, or wrong in history."""
    home, wrong = nights.home, []
    found = [one.name for one in lake.snapshots(home, small_run.FEED)]
    expected = {
        "runs": (nights.runs, ledger.runs(home)),
        "snapshots": (nights.snapshots, found),
        "moves of the link": (nights.releases, small_run.moves(home)),
        "kept releases": (nights.releases[-3:], release.releases(home)[-3:]),
        "what readers see": (nights.releases[-1], release.current(home)),
    }
    wrong += [
        f"{name}: {one}, not {other}" for name, (one, other) in expected.items() if one != other
    ]
    sequences = [int(run[:6]) for run in nights.runs]
    if sequences != sorted(set(sequences)):
        wrong.append(f"runs are not in order: {nights.runs}")
    pins = [release.manifest(home, run).pins for run in release.releases(home)[-1:]]
    if pins != [{small_run.FEED: nights.snapshots[-1]}]:
        wrong.append(f"the newest release is made of {pins}, not of {nights.snapshots[-1]}")
    rows = history(home)
    if rows[-1][1] != 100 * len(nights.snapshots):
        wrong.append(f"history does not end with the newest votes: {rows}")
    if any(new <= 0 for _, _, new in rows[1:] if new is not None):
        wrong.append(f"history goes back: {rows}")
    ends = [ledger.read(home, run)[-1] for run in nights.runs]
    wrong += [f"{one.run} took {one.seconds} s" for one in ends if one.seconds < 0]
    return wrong


def spent(
    story: Callable[[Nights], None], home: Path, planted: Callable[[pytest.MonkeyPatch], None]
) -> list[str]:
    """What is wrong after these nights, in Berlin."""
    with small_run.at_work(home), pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        planted(patch)
        nights = Nights(home, Clock(patch))
        story(nights)
        found = complaints(nights)
    time.tzset()
    return found


def _nothing(_: pytest.MonkeyPatch) -> None:
    pass


def _by_instant(patch: pytest.MonkeyPatch) -> None:
    def newest(home: Path, feed: str, _: object = None) -> lake.Snapshot | None:
        return max(lake.snapshots(home, feed), key=lambda one: one.at, default=None)

    patch.setattr(lake, "newest", newest)


def _as_told(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sources, "accumulate", lambda instants, _: instants)


@pytest.mark.fault(
    "F43", "a clock a day back, a day ahead, in summer time, and over midnight", quick=4, full=4
)
def test_a_clock_that_jumps(trials: Trials, tmp_path: Path) -> None:
    for story in trials.of((back, ahead, summer_time, midnight)):
        for wrong in spent(story, tmp_path / story.__name__, _nothing):
            trials.lose(f"{story.__name__}: {wrong}")
    for planted, plant in (
        ("the newest chosen by its instant", _by_instant),
        ("a history that believes the clock", _as_told),
    ):
        caught = bool(spent(back, tmp_path / plant.__name__, plant))
        trials.control(planted, caught=caught)
