"""The harness of the fuzz: a crash, a hang, and what breaks a law are each a loss."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.catalog import MOVIELENS
from ingest.errors import SourceChangedError
from ingest.feeds import movielens
from ingest.parts import Arrived, FileLoad
from tests.faults import loads
from tests.faults.loads import Loader, tried
from tests.faults.trials import Trials
from tests.unit.ingest.feeds.test_movielens import ratings

FILES = {"ratings.csv": ratings("1,7,4.0,964982703", "1,7,9.0,1")}


def fail(*_: object) -> list[FileLoad]:
    raise KeyError("planted")


def wait(*_: object) -> list[FileLoad]:
    time.sleep(30)
    return []


def refuse(_: object, files: Sequence[Arrived], __: object) -> list[FileLoad]:
    raise SourceChangedError(str(files[0].path.parent), "", "Look")


def count_wrongly(*_: object) -> list[FileLoad]:
    return [FileLoad("ratings", received_count=3, loaded_count=2, rejected_count=0)]


@pytest.mark.parametrize(
    ("planted", "words"),
    [
        (fail, ["KeyError: 'planted'"]),
        (wait, ["HangError: over"]),
        (refuse, ["a refusal that names no file", "a refusal without reason", "a folder of ours"]),
        (count_wrongly, ["ratings: FileLoad", "ratings: 0 rows, unlike the counts"]),
    ],
)
def test_a_loader_that_fails_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planted: object, words: list[str]
) -> None:
    row = Trials("F00", "a planted defect", 1)
    monkeypatch.setattr(loads, "MOST_CLOCK_SECONDS", 0.3)
    monkeypatch.setattr(movielens, "load", planted)
    with Loader(MOVIELENS, tmp_path) as loader:
        tried(row, loader, 0, FILES)
    assert all(one in loss for loss, one in zip(row.losses, words, strict=True))


def test_a_sound_loader_breaks_no_law(tmp_path: Path) -> None:
    row = Trials("F00", "nothing", 1)
    with Loader(MOVIELENS, tmp_path) as loader:
        got = tried(row, loader, 0, FILES)
    assert (row.losses, len(got.tables["ratings"]), len(got.rejects)) == ([], 1, 1)
