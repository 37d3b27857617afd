"""The floor of another feed: bare DuckDB, its files to text tables, nothing verified.

DuckDB opens no zip: its members are unpacked first, as a person would. A child process: `python -m
benchmarks.feed_floor FOLDER DATABASE`.
"""

import os
import sys
import tempfile
import zipfile
from pathlib import Path

import duckdb

_IEEE = (
    *("review_id", "reviewer", "movie", "rating", "review_summary", "review_date", "spoiler_tag"),
    *("review_detail", "helpful"),
)
_SPOILER = (
    *("review_date", "movie_id", "user_id", "is_spoiler", "review_text", "rating"),
    "review_summary",
)
_JSON = {"part-01.json": ("array", _IEEE), "IMDB_reviews.json": ("newline_delimited", _SPOILER)}


def load(folder: Path, database: Path) -> None:
    """Make the database from a feed's files, on all cores."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": os.cpu_count() or 1,
        "preserve_insertion_order": False,
    }
    with duckdb.connect(str(database), config=config) as connection:
        connection.execute("set enable_progress_bar = false")
        for path in sorted(folder.iterdir()):
            if path.suffix == ".zip":
                _load_zip(connection, path, database.parent)
            else:
                connection.execute(_json_sql(path))


def _load_zip(connection: duckdb.DuckDBPyConnection, archive: Path, scratch: Path) -> None:
    with tempfile.TemporaryDirectory(dir=scratch) as unpacked, zipfile.ZipFile(archive) as packed:
        for name in packed.namelist():
            text = Path(packed.extract(name, unpacked))
            connection.execute(
                f"create table {text.stem} as select * from read_csv('{text}', header = true, "
                "all_varchar = true, delim = ',', quote = '\"', escape = '\"')"
            )


def _json_sql(path: Path) -> str:
    form, names = _JSON[path.name]
    columns = dict.fromkeys(names, "varchar")
    return f"""
        create table "{path.stem}" as
        select * from read_json('{path}', format = '{form}', columns = {columns})
    """


def row_count(database: Path) -> int:
    """Rows of the tables that matter: ratings, or reviews of either format."""
    with duckdb.connect(str(database), read_only=True) as connection:
        [(count,)] = connection.execute("""
            select sum(estimated_size)::bigint from duckdb_tables()
            where table_name not in ('movies', 'links', 'tags')
        """).fetchall()
    return int(count)


if __name__ == "__main__":
    load(Path(sys.argv[1]), Path(sys.argv[2]))
