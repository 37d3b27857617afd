"""One invented world, as every publisher would dump it: the titles of all feeds are the same."""

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from sample import budgets, imdb, movielens, pages, reviews

OTHERS: dict[str, Callable[..., dict[str, int]]] = {
    "movielens": movielens.generate,
    "reviews": reviews.generate,
    "budgets": budgets.generate,
    "pages": pages.generate,
}
FEEDS = ("imdb", *OTHERS)


def generate(
    out: Path,
    feeds: Sequence[str] = FEEDS,
    *,
    scale: float,
    seed: int = 1,
    night: int = 0,
    plain: bool = False,
    bad_lines: int = 0,
) -> dict[str, int]:
    """Write `out/<feed>/`; rows by file. IMDb's dumps come first: the others read them.

    `night`, `plain` and `bad_lines` are of IMDb's dumps alone: whatever the night, the other
    publishers dump what they know of the first night's titles, and so the same bytes.
    """
    titles = out / "imdb"
    counts = imdb.generate(
        titles, scale=scale, seed=seed, night=night, plain=plain, bad_lines=bad_lines
    )
    written = {f"imdb/{name}": count for name, count in counts.items()}
    others = [feed for feed in feeds if feed in OTHERS]
    with tempfile.TemporaryDirectory(dir=out, prefix=".sample-") as scratch:
        known = titles
        if night and others:
            known = Path(scratch)
            imdb.generate(known, scale=scale, seed=seed)
        for feed in others:
            written |= _listed(feed, OTHERS[feed](known, out / feed, seed=seed))
    return written


def _listed(feed: str, files: dict[str, int]) -> dict[str, int]:
    """Counts by file; of a file for each record, by what their names end in."""
    named = Counter[str]()
    for name, count in files.items():
        is_alone = count == 1
        named[f"{feed}/*{''.join(Path(name).suffixes)}" if is_alone else f"{feed}/{name}"] += count
    return dict(named)
