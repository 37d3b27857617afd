"""`ingest.document`: no byte of a receipt or manifest changes unnoticed."""

import errno
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from ingest import document
from ingest.errors import RotError

FIELDS = {"run": "000001-x", "tables": {"title_ratings": {"received_count": 3}}, "name": "Amélie"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A document."""
    document.write(tmp_path / "receipt.json", FIELDS)
    return tmp_path / "receipt.json"


def test_a_document_is_json_and_says_what_was_written(file: Path) -> None:
    assert document.read(file) == FIELDS
    assert document.is_sealed(file)
    assert set(json.loads(file.read_text("utf-8"))) == {*FIELDS, "checksum"}
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_every_flipped_bit_is_noticed(file: Path) -> None:
    sound = file.read_bytes()
    unnoticed = []
    for place in range(len(sound) * 8):
        bad = bytearray(sound)
        bad[place // 8] ^= 1 << place % 8
        file.write_bytes(bad)
        with suppress(RotError):
            unnoticed.append(document.read(file))
    # A flip in the checksum's own name makes a field that no reader of a document knows.
    assert all(set(fields) - set(FIELDS) for fields in unnoticed)
    assert len(unnoticed) < 8 * len("checksum")


@pytest.mark.parametrize("length", [0, 1, 40, -1])
def test_a_document_that_was_cut_is_noticed(file: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(RotError, match=r"receipt\.json"):
        document.read(file)


def test_a_document_of_before_there_were_checksums_is_read(tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(FIELDS, indent=2), "utf-8")
    assert document.read(file) == FIELDS
    assert not document.is_sealed(file)


def test_what_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match=r"No space left on device: '.*/note\.json'"):
        document.note(tmp_path / "note.json", FIELDS)


@pytest.mark.parametrize("writing", [document.write, document.note])
def test_what_stood_there_stays_until_the_next_is_whole(
    writing: Callable[[Path, Mapping[str, Any]], None],
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = file.read_bytes()

    def torn(self: Path, data: bytes) -> None:
        with self.open("wb") as handle:
            handle.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", torn)
    with pytest.raises(OSError, match="No space left"):
        writing(file, FIELDS)
    assert file.read_bytes() == before
