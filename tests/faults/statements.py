"""Many statements in one sandbox: what reads them is ours, what sends their rows is not.

A sandbox runs one statement and ends, which takes a third of a second. Here the same connection,
confined in the same way, is given one statement after the other. Where one kills the child, the
next child goes on after it.
"""

import json
import os
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from warehouse.sandbox import process

_HERE = Path(__file__).resolve().parents[2]
_PROGRAM = """
import sys
sys.path[:0] = sys.argv[1:]
from tests.faults.answering import main
main()
"""
# For what does not heed DuckDB's own limit.
_PATIENCE_SECONDS = 5.0
DIED = "its process died"


def told(release: Path, statements: Sequence[str]) -> list[tuple[bool, str]]:
    """For each statement whether it was answered, and all that was said."""
    found: list[tuple[bool, str]] = []
    while len(found) < len(statements):
        found += _of_one_child(release, statements[len(found) :])
        if len(found) < len(statements):
            found.append((False, DIED))
    return found


def _of_one_child(release: Path, statements: Sequence[str]) -> list[tuple[bool, str]]:
    with TemporaryFile() as stdin, TemporaryDirectory() as nowhere:
        order = {"database": str(release), "parent": os.getpid(), "statements": list(statements)}
        stdin.write(json.dumps(order).encode())
        stdin.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _PROGRAM, str(process.PROJECT), str(_HERE)],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=nowhere,
            env=process.ENVIRONMENT,
        )
    with child:
        found = list(_lines(child, len(statements)))
        child.kill()
    return found


def _lines(child: subprocess.Popen[bytes], most: int) -> list[tuple[bool, str]]:
    assert child.stdout
    found: list[tuple[bool, str]] = []
    rest = b""
    while len(found) < most:
        # The first takes longer: the child must start.
        if not select.select([child.stdout], [], [], _PATIENCE_SECONDS)[0]:
            break
        read = os.read(child.stdout.fileno(), 1 << 20)
        if not read:
            break
        *lines, rest = (rest + read).split(b"\n")
        found += [tuple(json.loads(line)) for line in lines]
    return found
