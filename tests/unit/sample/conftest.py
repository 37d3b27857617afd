from pathlib import Path

import pytest

from sample import imdb


@pytest.fixture(scope="session")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """IMDb's dumps of a small world, whose titles the other feeds are about."""
    out = tmp_path_factory.mktemp("imdb")
    imdb.generate(out, scale=0.0005)
    return out
