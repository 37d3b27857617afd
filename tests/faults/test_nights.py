"""Three nights of changed dumps, a kill in each, beside three nights that nobody disturbed."""

import shutil
from pathlib import Path

import duckdb
import pytest

from ingest.catalog import FEEDS
from tests.arthouse import SCALE, Arthouse
from tests.faults import nights
from tests.faults.trials import IS_FULL, Trials


@pytest.mark.slow
@pytest.mark.fault("F50", "nights in a row of changed dumps, each killed once", quick=1, full=3)
def test_a_killed_night_is_as_if_nobody_had_killed_it(trials: Trials, tmp_path: Path) -> None:
    feeds = tuple(FEEDS) if IS_FULL else ("imdb",)
    nights.write_dumps(tmp_path / "dumps", feeds, trials.planned, 0.2 if IS_FULL else SCALE)
    calm, killed = Arthouse(tmp_path / "calm"), Arthouse(tmp_path / "killed")
    # libfaketime doubles what a night takes: one night more needs no other day.
    story = nights.Story(tmp_path / "dumps", feeds, int(IS_FULL), killed, calm)
    story.night(0)
    shutil.copytree(calm.home, killed.home, symlinks=True)
    for number in trials:
        night = number + 1
        after = nights.moment(night, story.night(night))
        lies = story.killed_night(night, after) or story.differences()
        if forgotten := story.forgotten(night):
            lies.append(f"{forgotten} rows of history differ from the dumps")
        for lie in lies:
            trials.lose(f"night {night}, killed after {after:.1f} s: {lie}")
    fresh = nights.rebuilt(story, tmp_path / "fresh")
    assert fresh.content() == killed.content(), "the lake alone gives another release"
    trials.control("a vote too many in one mart", caught=_notices_a_vote(story))
    trials.control("a folder left in builds", caught=_notices_a_folder(story))


def _notices_a_vote(story: nights.Story) -> bool:
    release = (story.killed.home / "warehouse.duckdb").resolve()
    release.chmod(0o644)
    with duckdb.connect(release) as connection:
        connection.execute(
            "update marts.fct_title_ratings_daily set vote_count = vote_count + 1 "
            "where title_id = (select min(title_id) from marts.fct_title_ratings_daily)"
        )
    return "mart fct_title_ratings_daily" in story.differences()


def _notices_a_folder(story: nights.Story) -> bool:
    (story.killed.home / "builds" / "dead").mkdir()
    return "1 more of builds/dead" in story.differences()
