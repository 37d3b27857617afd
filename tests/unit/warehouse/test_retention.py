"""What is kept, because a reader, a build or a person may need it."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest import lake
from ingest.settings import Settings
from tests.unit.warehouse.test_build import land
from tests.unit.warehouse.test_release import make
from warehouse import build, ledger, release, retention


def ago(**units: float) -> str:
    """An instant of the past as manifests have it."""
    return (datetime.now(UTC) - timedelta(**units)).isoformat(timespec="seconds")[:19] + "Z"


def publish(home: Path, *made_at: str) -> None:
    """One release after another, each made at its instant."""
    parent = None
    for number, instant in enumerate(made_at, 1):
        run = f"{number:06d}-x"
        make(home, run, parent, made_at=instant)
        release.publish(home, run, parent)
        parent = run


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, keep_releases=1)


def test_a_release_stays_for_hours_after_another_took_its_place(settings: Settings) -> None:
    publish(settings.home, ago(hours=60), ago(hours=50), ago(hours=23), ago(hours=1))
    assert retention.prune(settings, "now")["releases"] == ["000001-x"]
    # The second was made two days ago; readers saw it until the third came.
    assert release.releases(settings.home) == ["000002-x", "000003-x", "000004-x"]


def test_without_hours_only_the_number_counts(settings: Settings) -> None:
    publish(settings.home, ago(hours=3), ago(hours=2), ago(hours=1))
    here = settings.model_copy(update={"keep_hours": 0.0})
    assert retention.prune(here, "now")["releases"] == ["000001-x", "000002-x"]


def test_releases_of_a_clock_that_was_ahead_do_not_pile_up(settings: Settings) -> None:
    publish(settings.home, ago(hours=-30), ago(hours=-26), ago(hours=-25))
    assert retention.prune(settings, "now")["releases"] == ["000001-x", "000002-x"]


def test_builds_that_nobody_published_do_not_push_out_what_readers_saw(
    settings: Settings,
) -> None:
    publish(settings.home, ago(hours=99), ago(hours=98), ago(hours=97))
    for run in ("000004-x", "000005-x", "000006-x"):
        make(settings.home, run, "000003-x", made_at=ago(hours=96))
    here = settings.model_copy(update={"keep_releases": 2})
    assert retention.prune(here, "now")["releases"] == ["000001-x", "000004-x"]
    assert release.rollback(settings.home) == "000002-x"


def test_the_snapshots_of_a_build_that_is_not_over_stay_whole(settings: Settings) -> None:
    home = settings.home
    here = settings.model_copy(update={"keep_snapshots": 1})
    land(home, "000001-20260101T000000Z")
    scheduled = ledger.begin(home, scheduled=True)
    build.plan(here, scheduled, ("imdb",))
    land(home, "000002-20260102T000000Z")
    make(home, "000009-x")
    release.publish(home, "000009-x", None)
    manifest = release.manifest(home, "000009-x")
    pins = {"imdb": "000002-20260102T000000Z"}
    file = release.folder(home) / "000009-x.json"
    file.write_text(json.dumps(asdict(replace(manifest, pins=pins))), "utf-8")
    now = ledger.begin(home, scheduled=False)
    retention.prune(here, now)
    assert [one.is_whole() for one in lake.snapshots(home, "imdb")] == [True, True]
    ledger.end(home, scheduled, "broken", "lost")
    retention.prune(here, now)
    assert [one.is_whole() for one in lake.snapshots(home, "imdb")] == [False, True]
