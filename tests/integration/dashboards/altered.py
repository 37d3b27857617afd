"""A release with something changed in it, for what a first night of the sample does not have."""

import shutil
from pathlib import Path

import duckdb

from warehouse import connect


def altered(published: Path, home: Path, *statements: str) -> Path:
    """A home whose release is a copy of the published one, after these statements."""
    source = connect.published(published)
    copy = home / "releases" / source.name
    copy.parent.mkdir(parents=True)
    shutil.copyfile(source, copy)
    copy.chmod(0o600)
    with duckdb.connect(copy) as writer:
        for statement in statements:
            writer.execute(statement)
    (home / "warehouse.duckdb").symlink_to(copy)
    return home


def emptied(published: Path, home: Path) -> Path:
    """A home in whose release no table of `marts` has a row."""
    altered(published, home)
    with duckdb.connect(connect.published(home)) as writer:
        tables = writer.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
        for (name,) in tables:
            writer.execute(f"delete from marts.{name}")
    return home
