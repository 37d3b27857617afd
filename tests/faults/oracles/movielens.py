"""What texts of MovieLens and MovieTweetings must become."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from ingest.catalog import Table
from ingest.dialect import COLONS, CSV
from ingest.feeds import movielens
from tests.faults.oracles.verdict import BOM, GAP, SPACES, RefusedError, names
from tests.unit.ingest import oracle

_YEAR = re.compile(rf"(.*?){GAP}*\(([0-9]{{4}})(?:[-\u2013]{GAP}*(?:[0-9]{{4}})?)?\){GAP}*")
Row = tuple[Any, ...]


def expected(name: str, text: bytes) -> tuple[str, list[Row], list[oracle.Reject]]:
    """The table of a text, its rows as the lake has them, and its rejects."""
    file = PurePosixPath(name.replace("!", "/")).name.removesuffix(".gz")
    is_tweeted = name.startswith("latest/")
    publisher = "movietweetings" if is_tweeted else "movielens"
    described: Table = movielens._FORMATS[publisher][file[:-4]].table
    dialect = CSV if file.endswith(".csv") else COLONS
    if dialect is COLONS:
        _check_first_line(text)
    elif not {one.name for one in described.columns} <= set(names(text)):
        raise RefusedError
    rows, rejected = oracle.outcome(described, text, dialect)
    is_latin_1 = any("UTF-8" in reason for _, _, reason, _ in rejected)
    if is_latin_1 and dialect is COLONS and not is_tweeted:
        raise RefusedError
    return described.name, [_KEPT[described.name](publisher, *row) for row in rows], rejected


def _check_first_line(text: bytes) -> None:
    plain = text.removeprefix(BOM)
    first = plain.split(b"\n")[0].removesuffix(b"\r")
    if (
        not plain
        or b"\0" in first
        or b"\r" in first
        or first.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise RefusedError


def _title(publisher: str, number: int, title: str | None, genres: str | None) -> Row:
    found = _YEAR.fullmatch(title or "")
    named = found[1] if found else (title or "").strip(SPACES)
    known = None if genres in (None, "(no genres listed)") else genres
    split = None if known is None else [one for one in known.split("|") if one]
    return publisher, number, named or None, int(found[2]) if found else None, split


def _rating(publisher: str, user: int, title: int, stars: object, at: object) -> Row:
    return publisher, user, title, stars, "0.5-5" if publisher == "movielens" else "0-10", at


_KEPT: dict[str, Callable[..., Row]] = {
    "ratings": _rating,
    "tags": lambda publisher, *row: (publisher, *row),
    "links": lambda publisher, *row: (publisher, *row),
    "titles": _title,
}
