"""Which title an address names: by our key, also of before, or by IMDb's id."""

import re

from dashboards.reader import Release

# Our keys are BIGINT; IMDb's ids are `tt` and digits, whose number is our key.
_KEY = re.compile(r"(?:tt(?P<imdb>[0-9]{1,18})|(?P<ours>-?[0-9]{1,19}))/?", re.ASCII)
_LARGEST = 2**63 - 1


def number(asked: str) -> int | None:
    """The number in what an address names, or None where it is no id."""
    match = _KEY.fullmatch(asked)
    if not match:
        return None
    named = int(match["imdb"] or match["ours"])
    return named if abs(named) <= _LARGEST else None


def found(release: Release, asked: str) -> int | None:
    """The key of the title that an address names, or None where nobody knows it."""
    named = number(asked)
    if named is None:
        return None
    row = release.row("title/identity", number=named)
    return row["title_id"] if row else None
