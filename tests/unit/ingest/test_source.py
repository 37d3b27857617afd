"""Opening a source: what is wrong with its bytes is told from what its reader does wrong."""

import gzip
import zlib
from pathlib import Path

import pytest

from ingest import source
from ingest.errors import SourceDamagedError

TEXT = b"a\tb\n" * 100_000


def read(file: Path, *, ahead: bool = False, fails: Exception | None = None) -> None:
    """Read a source to its end; or fail, as its reader, at the first bytes."""
    with source.opened(file, ahead=ahead, name=file.name) as handle:
        while handle.read(1 << 20):
            if fails:
                raise fails


@pytest.mark.parametrize("ahead", [False, True])
@pytest.mark.parametrize("error", [EOFError, OverflowError, zlib.error])
def test_an_error_of_the_reader_is_no_damage(
    tmp_path: Path, ahead: bool, error: type[Exception]
) -> None:
    file = tmp_path / "a.gz"
    file.write_bytes(gzip.compress(TEXT))
    with pytest.raises(error, match="mine"):
        read(file, ahead=ahead, fails=error("mine"))


@pytest.mark.parametrize("ahead", [False, True])
def test_a_cut_gzip_is_damage_that_names_its_file(tmp_path: Path, ahead: bool) -> None:
    file = tmp_path / "a.gz"
    file.write_bytes(gzip.compress(TEXT)[:-20])
    with pytest.raises(SourceDamagedError, match=r"a\.gz: not a whole gzip file"):
        read(file, ahead=ahead)


def test_text_that_a_bomb_unpacks_to_is_bounded(tmp_path: Path) -> None:
    file = tmp_path / "a.gz"
    file.write_bytes(gzip.compress(bytes(300 << 20), 9))
    with pytest.raises(SourceDamagedError, match=r"a\.gz: its text is more than 200 times"):
        read(file)
