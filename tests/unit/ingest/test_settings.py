"""`ingest.settings`: environment over `arthouse.toml` over the defaults."""

import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest import settings as ours
from ingest.settings import Settings, UnusableSettingsError


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


@pytest.mark.parametrize(
    ("feeds", "words"),
    [
        ('{"imdb": {"url": "https://reader:sesam@files.example"}}', "feeds.imdb: Input should be"),
        ('{"imdb": "https://reader:sesam@files.example"', "feeds.*write it as JSON"),
    ],
)
def test_what_is_wrong_is_told_without_its_value(
    monkeypatch: pytest.MonkeyPatch, feeds: str, words: str
) -> None:
    monkeypatch.setenv("ARTHOUSE_FEEDS", feeds)
    ours.current.cache_clear()
    with pytest.raises(UnusableSettingsError, match=words) as told:
        ours.current()
    assert "docs/settings.md" in str(told.value)
    assert "sesam" not in "".join(traceback.format_exception(told.value))


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "arthouse.toml").write_text("threads = 3\nfeeds = sesam\n", "utf-8")
    ours.current.cache_clear()
    with pytest.raises(UnusableSettingsError, match=r"arthouse.toml is no TOML: .*line 2") as told:
        ours.current()
    assert "sesam" not in str(told.value)
