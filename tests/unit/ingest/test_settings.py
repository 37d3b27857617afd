"""`ingest.settings`: environment over `arthouse.toml` over the defaults."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.settings import Settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "THREADS", "FEEDS", "REJECT_BUDGET", "KEEP_SNAPSHOTS"):
        monkeypatch.delenv(f"ARTHOUSE_{name}", raising=False)


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "arthouse.toml").write_text('home = "/lake"\nthreads = 3\n', "utf-8")
    monkeypatch.setenv("ARTHOUSE_THREADS", "5")
    settings = Settings()
    assert (settings.home, settings.threads) == (Path("/lake"), 5)


def test_feeds_are_named_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTHOUSE_FEEDS", '{"imdb": "/dumps"}')
    assert Settings().feeds == {"imdb": "/dumps"}


def test_a_relative_home_stays_where_it_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=Path("here"))
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert settings.home == tmp_path / "here"
    assert Settings(home=Path("~/x")).home == Path.home() / "x"


@pytest.mark.parametrize(
    ("name", "value"),
    [("THREADS", "0"), ("THREADS", "many"), ("REJECT_BUDGET", "1.5"), ("KEEP_SNAPSHOTS", "0")],
)
def test_a_setting_that_makes_no_sense_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"ARTHOUSE_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()
