"""A folder that holds a file for each record, as one archive: the same bytes for the same files."""

import tarfile
from pathlib import Path


def pack(folder: Path, target: Path) -> None:
    """Write the files of a folder, whatever their times and owners, as an uncompressed tar.

    Members are named `<folder>/<path>`, in the order of their paths.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with tarfile.open(target, "w") as archive:
        for file in files:
            member = tarfile.TarInfo(f"{folder.name}/{file.relative_to(folder)}")
            member.size = file.stat().st_size
            with file.open("rb") as handle:
                archive.addfile(member, handle)
