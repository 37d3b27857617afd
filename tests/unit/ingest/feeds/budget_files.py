"""Invented files of the feed budgets, small enough to read, and what load makes of them."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ingest.catalog import BUDGETS
from ingest.feeds import budgets
from ingest.parts import Arrived, FileLoad, Parts

WIKIDATA = [
    *("rotten_tomatoes_link", "wd_film_qid", "wd_film_label", "imdb_id", "tmdb_id"),
    *("budget_value", "budget_currency_qid", "budget_asof"),
    *("box_office_value", "box_office_currency_qid", "box_office_asof", "box_office_region_qid"),
]
THE_NUMBERS = [
    *("id", "release_date", "movie", "production_budget", "domestic_gross", "worldwide_gross")
]
TMDB = [
    *("adult", "budget", "id", "imdb_id", "original_title", "overview", "release_date"),
    *("revenue", "title"),
]
TMDB_5000 = [name for name in TMDB if name not in ("adult", "imdb_id")]


@dataclass(frozen=True)
class Lake:
    """What load made of the files."""

    folder: Path
    loads: Sequence[FileLoad]

    def rows(self, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
        return self._ask(f"select {columns} from read_parquet($1) order by all", table)

    def rejects(self, table: str) -> list[tuple[Any, ...]]:
        """(file, line, column, reason) of each."""
        return self._ask(
            "select source_file, line_number, column_name, reason from read_parquet($1) "
            "order by all",
            f"{table}.rejects",
        )

    def raw_lines(self, table: str) -> list[bytes]:
        lines = self._ask(
            "select raw_line from read_parquet($1) order by line_number", f"{table}.rejects"
        )
        return [bytes(line) for (line,) in lines]

    def counts(self, file: str | None) -> tuple[int, int, int, int]:
        [one] = [one for one in self.loads if one.file == file]
        return one.received_count, one.loaded_count, one.rejected_count, one.duplicate_count

    def warnings(self) -> list[str]:
        return [words for one in self.loads for words in one.warnings]

    def _ask(self, query: str, name: str) -> list[tuple[Any, ...]]:
        with duckdb.connect() as connection:
            return connection.execute(query, [str(self.folder / f"{name}.parquet")]).fetchall()


def load(folder: Path, files: Mapping[str, str | bytes]) -> Lake:
    """Load those files, by name; every count is checked against what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    arrived = []
    for name, content in files.items():
        path = folder / f"0123456789abcdef-{name}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        arrived.append(Arrived(name, path))
    incoming = folder / "incoming"
    incoming.mkdir()
    with duckdb.connect(config={"preserve_insertion_order": False, "threads": 2}) as connection:
        parts = Parts(connection, BUDGETS, incoming)
        loads = budgets.load(connection, arrived, parts)
        parts.join()
    lake = Lake(incoming, loads)
    for table in ("films", "amounts"):
        mine = [one for one in loads if one.table == table]
        assert sum(one.loaded_count for one in mine) == len(lake.rows(table))
        assert sum(one.rejected_count for one in mine) == len(lake.rejects(table))
        assert all(one.received_count == one.loaded_count + one.rejected_count for one in mine)
    return lake


def table(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """A CSV file with CR LF, as csv writes it; a column that is left out is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def film(qid: str = "Q1", **values: str) -> dict[str, str]:
    """A row of Wikidata's export."""
    return {"wd_film_qid": qid, "wd_film_label": f"Film {qid}", **values}


def result(rows: Iterable[Mapping[str, str]]) -> str:
    """The same rows as the query service answers them in JSON."""
    return json.dumps(
        {
            "head": {"vars": WIKIDATA},
            "results": {
                "bindings": [
                    {name: _binding(name, value) for name, value in row.items()} for row in rows
                ]
            },
        }
    )


def _binding(name: str, value: str) -> dict[str, str]:
    if name.endswith("_qid"):
        return {"type": "uri", "value": f"http://www.wikidata.org/entity/{value}"}
    if name.endswith("_value"):
        kind = "http://www.w3.org/2001/XMLSchema#decimal"
        return {"datatype": kind, "type": "literal", "value": value}
    return {"type": "literal", "value": value}
