"""What was refused from a feed's newest snapshot: counts by reason, then the lines."""

from pathlib import Path

import duckdb
from rich.console import Console

from cli import report
from ingest import lake


def show(home: Path, feed: str, limit: int, out: Console) -> None:
    """Print the reject ledger; bytes that are not text are shown escaped."""
    newest = lake.newest(home, feed)
    if newest is None:
        out.print(f"{feed} has never landed: `arthouse run` brings it")
        return
    files = str(newest.path / "*.rejects.parquet")
    with duckdb.connect() as connection:
        counts = connection.execute(
            "select source_file, coalesce(column_name, '') as column_name, reason, count(*) "
            "from read_parquet($files) group by all order by count(*) desc, 1, 2, 3 limit 50",
            {"files": files},
        ).fetchall()
        lines = connection.execute(
            "select source_file, line_number, coalesce(column_name, ''), reason, "
            "coalesce(try(decode(raw_line)), raw_line::varchar)[:200] "
            "from read_parquet($files) order by source_file, line_number limit $limit",
            {"files": files, "limit": limit},
        ).fetchall()
    if not counts:
        out.print(f"Nothing was refused from {feed}'s snapshot {newest.name}.")
        return
    columns = ("file", "column", "reason", "lines")
    out.print(report.table(f"Refused from {newest.name}, by reason", columns, counts))
    shown = [(file, str(number), *rest) for file, number, *rest in lines]
    out.print(report.table("Lines", ("file", "line", "column", "reason", "text"), shown))
