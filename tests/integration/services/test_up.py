"""`make up`: a component that dies, and a port that is taken; F42 has the rest."""

import socket
from pathlib import Path

import pytest

from cli import services
from tests.integration.services import standing

pytestmark = pytest.mark.slow


def test_it_stops_and_says_so_when_a_component_dies(
    tmp_path: Path,
) -> None:
    with standing.up(tmp_path) as up:
        family = up.family()
        [triggerer, *_] = [one for one in family if "triggerer" in standing.words(one)]
        triggerer.kill()
        assert up.process.wait(timeout=60) == 4
        assert "The triggerer ended by itself" in up.log()
        assert standing.left_of(family) == []


def test_a_taken_port_is_told_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(services.PortTakenError, match="--port"):
            services.up(tmp_path, other.getsockname()[1])
    assert list(tmp_path.iterdir()) == []
