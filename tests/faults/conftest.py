"""The fixture each fault is tried with, and the table at the end of the run."""

import time
from collections.abc import Iterator

import pytest

from tests.arthouse import Arthouse
from tests.faults import gates, table
from tests.faults import trials as trying
from tests.faults.gates import Gated
from tests.faults.trials import IS_FULL, Trials

STARTED = time.time()


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> Iterator[Trials]:
    """The row of a test marked `fault`: settled and kept when the test ends."""
    marker = request.node.get_closest_marker("fault")
    fault, what = marker.args
    planned = marker.kwargs["full" if IS_FULL else "quick"]
    made = Trials(fault, what, planned)
    yield made
    made.save()
    made.end()


@pytest.fixture(scope="session")
def gated(sample_night: Arthouse, tmp_path_factory: pytest.TempPathFactory) -> Gated:
    """The sample's home with one more run that dbt has built: for gates, and never published."""
    return gates.published(sample_night.home, tmp_path_factory.mktemp("gated"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the rows of this run."""
    if hasattr(terminalreporter.config, "workerinput"):
        return
    rows = trying.rows(is_full=IS_FULL, since=STARTED)
    if rows:
        terminalreporter.section("faults, " + ("full" if IS_FULL else "quick"))
        terminalreporter.write_line(table.plain(rows))
