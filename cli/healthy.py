"""Whether Airflow's components are well, as its API server tells anybody: for health checks.

    python -m cli.healthy http://api-server:8080 scheduler

Standard library only: it starts in 0.1 s, where `airflow jobs check` takes several.
"""

import json
import sys
from urllib.error import URLError
from urllib.request import urlopen

COMPONENTS = ("metadatabase", "scheduler", "dag_processor", "triggerer")


def states(url: str, timeout_seconds: float = 5.0) -> dict[str, str | None]:
    """The state of each component by name; empty when nobody answers at the URL."""
    try:
        with urlopen(f"{url}/api/v2/monitor/health", timeout=timeout_seconds) as answer:  # noqa: S310 # ours
            report = json.load(answer)
    except (URLError, TimeoutError, ConnectionError):
        return {}
    return {name: (report.get(name) or {}).get("status") for name in COMPONENTS}


def main() -> None:
    """Exit with 0 if the component is healthy, else with 1 and its state."""
    url, component = sys.argv[1:]
    state = states(url).get(component, "unreachable")
    if state != "healthy":
        sys.exit(f"{component} at {url}: {state}")


if __name__ == "__main__":
    main()
