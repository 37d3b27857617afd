"""The dashboards on this machine: Streamlit with our pages, on loopback only, until Ctrl-C."""

import os
import sys
from pathlib import Path

from cli import services

_APP = Path(__file__).resolve().parents[1] / "dashboards" / "app.py"


def serve(home: Path, port: int, *, opens_browser: bool) -> None:
    """Become Streamlit: this process is then its own, and a signal ends it without a trace.

    Raises:
        PortTakenError: something else listens there.
    """
    services.require_free(port)
    # What the app says of itself in a log must reach it while it runs.
    environment = os.environ | {"ARTHOUSE_HOME": str(home.resolve()), "PYTHONUNBUFFERED": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(
        (str(_APP.parents[1]), *filter(None, [os.environ.get("PYTHONPATH")]))
    )
    options = {
        "server.address": services.HOST,
        "server.port": str(port),
        "server.headless": str(not opens_browser).lower(),
    }
    given = [f"--{name}={value}" for name, value in options.items()]
    sys.stdout.flush()
    command = [sys.executable, "-m", "streamlit", "run", str(_APP), *given]
    os.execve(sys.executable, command, environment)  # noqa: S606 # a list, and our own program
