"""The corpus: what a fuzz once found, kept so that it is tried first for ever.

`tests/faults/corpus/<feed>/<case>/` holds the files of one case under the names they landed by.
Every text is invented.
"""

from pathlib import Path

_FOLDER = Path(__file__).with_name("corpus")


def cases(feed: str) -> dict[str, dict[str, bytes]]:
    """The files of every case, by its name."""
    return {case.name: _files(case) for case in sorted((_FOLDER / feed).glob("*"))}


def _files(case: Path) -> dict[str, bytes]:
    return {
        path.relative_to(case).as_posix(): path.read_bytes()
        for path in sorted(case.rglob("*"))
        if path.is_file()
    }
