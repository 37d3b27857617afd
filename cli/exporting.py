"""The marts as documented Parquet: one file a table, a dictionary, and the feeds' terms."""

import json
from pathlib import Path

import typer
from rich.console import Console

from ingest.catalog import FEEDS
from warehouse import connect, release

_PARQUET = "format parquet, compression zstd"


def export(home: Path, folder: Path, out: Console, *, private: bool) -> None:
    """Write `<table>.parquet` for each mart, `dictionary.json` and `TERMS.txt`."""
    pins = release.manifest(home, connect.published(home).stem).pins
    sources = [source for feed in pins for source in FEEDS[feed].sources]
    forbidden = [source.publisher for source in sources if not source.may_redistribute]
    if forbidden and not private:
        raise typer.BadParameter(
            f"republishing is forbidden by {'; '.join(forbidden)}: "
            "say --private if you keep it to yourself"
        )
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise typer.BadParameter(f"{folder} is not empty: name a new folder")
    with connect.reading(home, may_write=folder) as connection:
        tables = connection.execute(
            "select table_name, comment from duckdb_tables() where schema_name = 'marts' "
            "order by all"
        ).fetchall()
        for name, _ in tables:
            target = str(folder / f"{name}.parquet").replace("'", "''")
            connection.execute(f"copy marts.{name} to '{target}' ({_PARQUET})")
        columns = connection.execute(
            "select table_name, column_name, data_type, comment from duckdb_columns() "
            "where schema_name = 'marts' order by table_name, column_index"
        ).fetchall()
    dictionary = {
        name: {
            "description": comment,
            "columns": [
                {"name": column, "type": kind, "description": words}
                for table, column, kind, words in columns
                if table == name
            ],
        }
        for name, comment in tables
    }
    (folder / "dictionary.json").write_text(json.dumps(dictionary, indent=2), "utf-8")
    terms = "\n".join(f"{one.publisher}: {one.licence}. {one.attribution}" for one in sources)
    (folder / "TERMS.txt").write_text(f"{terms}\n", "utf-8")
    out.print(f"{len(tables)} marts are in {folder}, with dictionary.json and TERMS.txt")
