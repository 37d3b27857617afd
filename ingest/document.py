"""Documents: receipts and manifests as JSON that ends with a checksum of all that stands before it.

A disk or a hand that alters one byte is noticed by whoever reads it next. A document written before
there were checksums has none, and is taken at its word.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.errors import RotError

_CHECKSUM = "checksum"
_SEALED = re.compile(
    rb'(?P<text>.*),\n  "checksum": "sha256:(?P<digest>[0-9a-f]{64})"\n}', re.DOTALL
)


def write(target: Path, fields: Mapping[str, Any]) -> None:
    """Put a document in the place of the one before, whole and on the disk."""
    _place(target, sealed(fields))


def note(target: Path, fields: Mapping[str, Any]) -> None:
    """Write JSON without a checksum: what a run notes for its own next step.

    Whole and on the disk, too: the next run reads the notes of one that was killed.
    """
    _place(target, json.dumps(fields, indent=2).encode())


def _place(target: Path, data: bytes) -> None:
    # The draft of a writer that was killed is the next one's: our locks let none write beside it.
    draft = target.with_name(f".{target.name}")
    put(draft, data, meant=target)
    handle = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    draft.replace(target)


def put(file: Path, data: bytes, meant: Path | None = None) -> None:
    """Write a file whole; an error names it, or the one it is meant to become.

    Python's own error of a full disk names none.
    """
    try:
        file.write_bytes(data)
    except OSError as error:
        error.filename = str(meant or file)
        raise


def sealed(fields: Mapping[str, Any]) -> bytes:
    """The bytes of a document."""
    text = json.dumps(fields, indent=2).removesuffix("\n}").encode()
    digest = hashlib.sha256(text).hexdigest()
    return text + f',\n  "{_CHECKSUM}": "sha256:{digest}"\n}}'.encode()


def read(file: Path) -> dict[str, Any]:
    """What a document says, without its checksum.

    Raises:
        RotError: these are not the bytes that were written.
        FileNotFoundError: there is no such document.
    """
    data = file.read_bytes()
    try:
        fields: dict[str, Any] = json.loads(data)
    except ValueError as error:
        raise rotten(file, f"it is no JSON any more ({error})") from error
    if not isinstance(fields, dict):
        raise rotten(file, "it is no JSON object any more")
    if _CHECKSUM in fields:
        found = _SEALED.fullmatch(data)
        if not found or hashlib.sha256(found["text"]).hexdigest().encode() != found["digest"]:
            raise rotten(file, "it is not what its checksum was made of")
        del fields[_CHECKSUM]
    return fields


def is_sealed(file: Path) -> bool:
    """Whether a document ends with a checksum, which `read` compares."""
    return _SEALED.fullmatch(file.read_bytes()) is not None


def rotten(file: Path, reason: str) -> RotError:
    """What to raise where a file of ours is not what was written."""
    return RotError(str(file), reason, "`arthouse verify` names all that is damaged: run it")
