"""Reviews: four dump formats that researchers have published; one module per format.

A file's format is told by its name and by the fields of its first record. Every record of a source
is kept under its source's id; which of them are one review is for the warehouse to say.
"""

from collections.abc import Sequence
from types import ModuleType

import duckdb

from ingest import source
from ingest.errors import SourceChangedError
from ingest.feeds.reviews import ieee, kaggle, spoiler, stanford
from ingest.feeds.reviews.drafts import TABLE, Settled
from ingest.parts import Arrived, FileLoad, Parts
from ingest.records import MAX_BYTES, read_exactly

__all__ = ["load"]


def load(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Arrived], parts: Parts
) -> list[FileLoad]:
    """Load every file; where two of one source have an id in common, the first is kept.

    Raises:
        SourceChangedError: a file of no known format.
        SourceDamagedError: a file that is cut short, altered, or larger than it may be.
    """
    loads: list[FileLoad] = []
    settled: dict[str, list[Settled]] = {}
    for arrived in sorted(files, key=lambda file: file.name):
        form = _format(arrived)
        earlier = settled.setdefault(form.SOURCE, [])
        folder = parts.new()
        loads.append(form.load(connection, arrived, folder, earlier))
        earlier.append(Settled(arrived.name, folder / f"{TABLE.name}.parquet"))
    return loads


def _format(arrived: Arrived) -> ModuleType:
    name = arrived.name.casefold()
    if name.endswith((".tar", ".tar.gz", ".tgz")):
        return stanford
    if name.removesuffix(".gz").endswith(".csv"):
        return kaggle
    with source.opened(arrived.path, name=arrived.name) as handle:
        start = read_exactly(handle, MAX_BYTES)
    found = {form: start.find(f'"{form.MARK}"'.encode()) for form in (ieee, spoiler)}
    named = [form for form, place in found.items() if place >= 0]
    if not named:
        raise SourceChangedError(
            arrived.name,
            f"no record at its start has a field {ieee.MARK} or {spoiler.MARK}",
            "The IEEE DataPort dump and the Spoiler dump are the JSON that is read",
        )
    return min(named, key=found.__getitem__)
