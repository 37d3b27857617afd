"""What every page shows of the release, and what it says when there is none to show."""

import shutil
from pathlib import Path

import duckdb
import pytest

from dashboards import banner, navigation
from dashboards.reader import Release
from tests.integration.dashboards.shown import Opened, words
from warehouse import connect


@pytest.mark.parametrize("url_path", [page.url_path for page in navigation.PAGES])
def test_every_page_shows_the_release_its_age_and_its_gates(
    opened: Opened, release: Release, url_path: str
) -> None:
    app = opened(url_path)
    assert not app.exception
    assert "problem" not in words(app)
    assert f"Release {int(release.run.partition('-')[0])}<" in words(app)
    assert "min ago" in words(app) or "h ago" in words(app) or "just now" in words(app)
    assert " checks passed" in words(app)


def test_without_a_release_the_page_says_what_to_run(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ARTHOUSE_HOME", str(tmp_path))
    app = opened("charts")
    assert not app.exception
    assert "arthouse run" in words(app)


@pytest.mark.parametrize(
    ("url_path", "table"),
    [("charts", "ops.gate_results"), ("title", "marts.rpt_series_heatmaps")],
    ids=["a page", "a part that renews itself"],
)
def test_a_release_of_another_version_is_named_as_such(
    opened: Opened,
    published: Path,
    release: Release,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    url_path: str,
    table: str,
) -> None:
    [(series_id,)] = (
        release.cursor()
        .execute("select series_id from marts.rpt_series_heatmaps order by all limit 1")
        .fetchall()
    )
    older = tmp_path / "releases" / "000001-20260101T000000Z.duckdb"
    older.parent.mkdir()
    shutil.copyfile(connect.published(published), older)
    older.chmod(0o600)
    with duckdb.connect(older) as writer:
        writer.execute(f"drop table {table}")
    (tmp_path / "warehouse.duckdb").symlink_to(older)
    monkeypatch.setenv("ARTHOUSE_HOME", str(tmp_path))
    app = opened(url_path, id=str(series_id))
    assert not app.exception
    assert "another version of arthouse" in words(app)


def test_an_open_page_whose_warehouse_is_gone_says_so(
    opened: Opened, published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = opened("charts")
    monkeypatch.setenv("ARTHOUSE_HOME", str(tmp_path))
    assert not banner.is_current(Release(connect.published(published)))
    assert not app.run().exception
    assert "Nothing is published yet" in words(app)
