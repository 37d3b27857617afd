"""A PostgreSQL server of a test, made as the compose file's would be."""

import os
import pwd
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.integration.services.processes import wait_for


def binaries() -> Path:
    """The folder of PostgreSQL's programs. CI must have them; elsewhere the test is skipped."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *map(Path, os.get_exec_path())]
    needed = ("initdb", "postgres", "createdb", "pg_isready")
    for folder in folders:
        if all((folder / name).exists() for name in needed):
            return folder
    message = "PostgreSQL's initdb is not on this machine (Debian: apt-get install postgresql)"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def initialise(folder: Path, programs: Path, environment: Mapping[str, str]) -> None:
    """Make a cluster in a folder that others may enter.

    `environment`: the POSTGRES_* variables of the official image.
    """
    secret = folder / "password"
    secret.write_text(environment["POSTGRES_PASSWORD"], "utf-8")
    data = folder / "cluster"
    data.mkdir()
    for path in (folder, secret, data):
        shutil.chown(path, _user())
    user = f"--username={environment['POSTGRES_USER']}"
    options = shlex.split(environment["POSTGRES_INITDB_ARGS"])
    initdb = [str(programs / "initdb"), f"--pgdata={data}", user, f"--pwfile={secret}"]
    _run([*initdb, "--no-sync", *options], folder)


def serve(folder: Path, programs: Path, port: int) -> subprocess.Popen[bytes]:
    """Serve the cluster on loopback."""
    with (folder / "postgres.log").open("wb") as log:
        return subprocess.Popen(
            [
                *_unprivileged(),
                *(str(programs / "postgres"), "-D", str(folder / "cluster"), "-p", str(port)),
                *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="),
                *("-c", "fsync=off"),
            ],
            cwd=folder,
            stderr=log,
            start_new_session=True,
        )


def create_database(
    folder: Path, programs: Path, port: int, environment: Mapping[str, str]
) -> None:
    """Wait for the server, and make the database that the image would have made."""
    where = ["--host=127.0.0.1", f"--port={port}"]
    ready = [str(programs / "pg_isready"), "--quiet", *where]
    wait_for("PostgreSQL is ready", 30, lambda: subprocess.run(ready, check=False).returncode == 0)
    user = f"--username={environment['POSTGRES_USER']}"
    _run(
        [str(programs / "createdb"), *where, user, environment["POSTGRES_DB"]], folder, environment
    )


def _run(command: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> None:
    password = (environment or {}).get("POSTGRES_PASSWORD", "")
    subprocess.run(
        [*_unprivileged(), *command],
        cwd=folder,
        env={"PATH": os.defpath, "PGPASSWORD": password},
        check=True,
        capture_output=True,
    )


def _user() -> str:
    """Who serves: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid()).pw_name
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _unprivileged() -> list[str]:
    if os.getuid() != 0:
        return []
    account = pwd.getpwnam(_user())
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
