"""A published release that has nothing in some tables."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse import connect


def emptied(published: Path, home: Path, tables: Sequence[str]) -> Path:
    """A home whose release is a copy of the published one, without the rows of these marts."""
    release = home / "releases" / "000001-20260101T000000Z.duckdb"
    release.parent.mkdir()
    shutil.copyfile(connect.published(published), release)
    release.chmod(0o600)
    with duckdb.connect(release) as writer:
        for table in tables:
            writer.execute(f"delete from marts.{table}")
    (home / "warehouse.duckdb").symlink_to(release)
    return home
