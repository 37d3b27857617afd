"""Airflow as services on this machine: `airflow standalone` with our DAGs, on loopback only.

The metadata, the password and the logs are in `$ARTHOUSE_HOME/airflow-standalone` and may be
deleted: the ledger is what counts. For more than one person see `docs/deployment.md`.
"""

import json
import os
import secrets
import socket
import sys
import warnings
from pathlib import Path

from cli import airflow_process

HOST = "127.0.0.1"
USER = "admin"


class PortTakenError(Exception):
    """Something else listens where a server of ours would."""


def up(home: Path, port: int = 8080) -> int:
    """Serve until a signal or a lost component ends it; the exit code.

    Raises:
        PortTakenError: nothing was started.
    """
    require_free(port)
    folder = home / "airflow-standalone"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.update(environment(home, folder, port))
    # Before Airflow is imported: it reads the environment once, and its imports warn.
    warnings.simplefilter("ignore")
    from cli import standalone

    return standalone.serve(folder, f"http://{HOST}:{port}", USER, password(folder))


def environment(home: Path, folder: Path, port: int) -> dict[str, str]:
    """What the four components need to find our packages, this home and one another."""
    binaries = str(Path(sys.executable).parent)
    return airflow_process.environment(home) | {
        "PATH": os.pathsep.join((binaries, os.environ.get("PATH", os.defpath))),
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder}/airflow.db",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        # Each is a process that waits for a task; our lock lets one step work at a time.
        "AIRFLOW__CORE__PARALLELISM": "3",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(_passwords(folder)),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://{HOST}:{port}/execution/",
        # Airflow would invent one in each process, and they would refuse one another.
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_urlsafe(64),
        "AIRFLOW__API__SECRET_KEY": secrets.token_urlsafe(32),
        "AIRFLOW__API__BASE_URL": f"http://{HOST}:{port}",
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
    }


def password(folder: Path) -> str:
    """The admin's password, made at the first start, in a file that only its owner reads."""
    path = _passwords(folder)
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({USER: secrets.token_urlsafe(16)}, file)
    return str(json.loads(path.read_text("utf-8"))[USER])


def _passwords(folder: Path) -> Path:
    return folder / "passwords.json"


def require_free(port: int) -> None:
    """Check that a server can listen on the port.

    Raises:
        PortTakenError: something else does.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTakenError(
                f"{HOST}:{port} is taken ({error.strerror}): stop what listens there, "
                "or choose another with --port"
            ) from error
