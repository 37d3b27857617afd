"""The command as a person runs it: in a process of its own, on a home of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import connect, release

PROJECT = Path(__file__).resolve().parents[1]
SCALE = 0.0005


@dataclass(frozen=True, slots=True)
class Arthouse:
    """One home, and the command on it.

    `project`: where the code is run from. `days_ahead`: of today is the command's clock.
    """

    home: Path
    project: Path = PROJECT
    days_ahead: int = 0

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "cli.main", *arguments],
            cwd=self.project,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ARTHOUSE_", "AIRFLOW"))}
        ours = {"ARTHOUSE_HOME": str(self.home), "PYTHONPATH": str(self.project)}
        return {**kept, **ours, **(_ahead(self.days_ahead) if self.days_ahead else {})}

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=400)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def night(self, dumps: Path) -> subprocess.CompletedProcess[str]:
        return self("run", "--only", "imdb", "--feed", f"imdb={dumps}")

    def ingest(self, folders: Mapping[str, Path]) -> None:
        """A night on these feeds; it must succeed."""
        feeds = [word for name, at in folders.items() for word in ("--feed", f"{name}={at}")]
        done = self("run", *feeds)
        assert done.returncode == 0, done.stdout + done.stderr

    def query(self, statement: str) -> list[tuple[object, ...]]:
        with connect.reading(self.home) as connection:
            return connection.execute(statement).fetchall()

    def published(self) -> str | None:
        return release.current(self.home)

    def content(self) -> dict[str, str]:
        """The content of each mart, less the columns that tell when a run looked."""
        with duckdb.connect(connect.published(self.home), read_only=True) as connection:
            names = connection.execute(
                "select table_name from duckdb_tables() where schema_name = 'marts'"
            ).fetchall()
            looked = {"dim_titles": "exclude (first_seen_at)"}
            return {
                name: str(
                    connection.execute(
                        f"select count(*), sum(hash(row)::hugeint) "
                        f"from (select * {looked.get(name, '')} from marts.{name}) as row"
                    ).fetchone()
                )
                for (name,) in names
            }


def _ahead(days: int) -> dict[str, str]:
    """Debian's libfaketime: every process of the command sees another day."""
    libraries = list(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    assert libraries, "no libfaketime: apt-get install libfaketime"
    return {
        "LD_PRELOAD": str(libraries[0]),
        "FAKETIME": f"+{days}d",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
