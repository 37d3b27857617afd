"""Secrets that a person gives us, looked for in all that a night leaves behind."""

import csv
import dataclasses
import io
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest

from ingest import fetch
from ingest.address import Address
from ingest.catalog import BUDGETS
from ingest.download import Retries
from tests.arthouse import Arthouse
from tests.faults import canaries
from tests.faults.canaries import Canaries
from tests.faults.trials import IS_FULL, Trials
from tests.integration.ingest.server import Publisher, Served, publishing, status

FILE = "the_numbers_movie_budgets.csv"
REFUSED = "ml-32m.zip"


def films() -> bytes:
    """A few films with amounts, as The Numbers' table has them."""
    written = io.StringIO()
    lines = csv.writer(written)
    names = ("production_budget", "domestic_gross", "worldwide_gross")
    lines.writerow(("id", "release_date", "movie", *names))
    lines.writerow((1, "Apr 2, 2010", "Tide of Glass", "$400", "$309", "$453"))
    return written.getvalue().encode()


def night(folder: Path, publisher: Publisher, given: Canaries) -> str:
    """A night in which every secret is used or seen; what it said, and `arthouse status` after."""
    publisher.files[FILE] = Served(films())
    publisher.files[REFUSED] = Served(b"", answers={n: status(403) for n in range(1, 9)})
    hidden = dataclasses.replace(given, userinfo=given.file)
    (folder / "arthouse.toml").write_text(
        f'[feeds]\nmovielens = "{hidden.url(publisher.url, REFUSED)}"\n', "utf-8"
    )
    house = Arthouse(folder / "data")
    typed = dataclasses.replace(given, userinfo=given.parameter).url(publisher.url, FILE)
    location = given.url(publisher.url, FILE)
    extent = "whole" if IS_FULL else "ingest"
    words = [f"--feed=budgets={location}", "--only=budgets", "--only=movielens"]
    commands = [
        ["-m", "tests.faults.talkative", typed, extent, "run", *words],
        ["-m", "cli.main", "status"],
    ]
    known = {
        "PUBLISHER_TOKEN": given.environment,
        "AIRFLOW_CONN_PUBLISHER": f"http://reader:{given.connection}@files.example",
        # Nobody listens there: what is not delivered is said, too.
        "ARTHOUSE_NOTIFY": f'["json://reader:{quote(given.notification, safe="")}@127.0.0.1:1/"]',
    }
    said = ""
    for command in commands:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            env=house.environment() | known,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (3, 4), done.stdout + done.stderr
        said += done.stdout + done.stderr
    assert "HTTP 403" in said
    assert "Nobody was told" in said
    return said


@pytest.mark.fault("F41", "a secret of ours in what a night leaves or says", quick=7, full=7)
def test_no_secret_is_kept_or_told(
    trials: Trials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, home = Canaries(), tmp_path / "data"
    with publishing() as publisher:
        (home / "said").mkdir(parents=True)
        (home / "said/all").write_text(night(tmp_path, publisher, given), "utf-8")
        asked = publisher.asked(f"{FILE}?sig={given.query}")
        assert asked[-1]["Authorization"], "the server got what it needs"
        for place in trials.of(field.name for field in dataclasses.fields(given)):
            for file in canaries.places(home, given.forms(getattr(given, place))):
                trials.lose(f"the canary of the {place} is in {file}")
        assert list((home / "lake/budgets").glob("*/*.parquet")), "a night with nothing to look at"
        _plant(trials, home, given.forms(given.query), publisher, monkeypatch)


def _plant(
    trials: Trials,
    home: Path,
    forms: set[bytes],
    publisher: Publisher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same search where a canary is packed, and where our address hides nothing."""
    [canary, *_] = sorted(forms, key=len)
    with duckdb.connect(home / "planted.duckdb") as connection:
        connection.execute("create schema ops; create table ops.runs (facts struct(said varchar))")
        connection.execute("insert into ops.runs values ({'said': $1})", [canary.decode() * 2])
        connection.execute(f"copy ops.runs to '{home / 'planted.parquet'}'")
    found = canaries.places(home, forms)
    trials.control("one in a release", caught="planted.duckdb" in found)
    trials.control("one in the lake", caught="planted.parquet" in found)
    monkeypatch.setattr(Address, "shown", Address.asked)
    location = f"{publisher.url}{FILE}?sig={canary.decode()}"
    fetch.collect(home / "bare", BUDGETS, location, Retries(1, 0.0))
    found = [file for file in canaries.places(home / "bare", forms) if file.endswith(".json")]
    trials.control("a receipt that shows a whole address", caught=len(found) == 1)
