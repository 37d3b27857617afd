"""The passwords and keys of docker-compose.yml: random, in a file that only its owner reads.

    python3 -m cli.credentials

Standard library only: it runs where nothing but Docker and Python is installed.
"""

import base64
import os
import secrets
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
_FERNET = "AIRFLOW_FERNET_KEY"


def fill(example: str) -> str:
    """The text of `.env`: the example's, a random value after each name that has none."""
    return "".join(
        f"{line}{_random(line[:-1])}\n" if line.endswith("=") and line[0] != "#" else f"{line}\n"
        for line in example.splitlines()
    )


def write(folder: Path) -> Path:
    """Make `.env` from `.env.example`; the path.

    Raises:
        FileExistsError: there is one, and its passwords are in use.
    """
    target = folder / ".env"
    text = fill((folder / ".env.example").read_text("utf-8"))
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return target


def _random(name: str) -> str:
    if name == _FERNET:  # 32 bytes in URL-safe base64, padding included
        return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return secrets.token_urlsafe(48)


def main() -> None:
    """Write `.env`, or say that it is there."""
    try:
        target = write(PROJECT)
    except FileExistsError:
        sys.exit(f"{PROJECT / '.env'} exists and stays as it is: its passwords may be in use")
    print(f"Wrote {target}. Airflow's user is admin, its password AIRFLOW_ADMIN_PASSWORD there.")


if __name__ == "__main__":
    main()
