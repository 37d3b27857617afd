"""What a search found: titles and people, each list in the order of how well it fits."""

from pathlib import Path

import streamlit

from dashboards import markup, search
from dashboards.reader import Release
from dashboards.search import Hit

# Of titles and people together.
_HITS = 40
_KEPT_SEARCHES = 500


def show(release: Release, text: str) -> None:
    """The titles and people that a text may mean."""
    hits = _hits(release.path, text, release)
    markup.show(
        "home/results.html",
        text=text,
        titles=[hit for hit in hits if hit.title_id is not None],
        people=[hit for hit in hits if hit.title_id is None],
    )


# The release is no part of the key, its path is: a path never changes what it holds.
@streamlit.cache_data(max_entries=_KEPT_SEARCHES, show_spinner=False)
def _hits(path: Path, text: str, _release: Release) -> list[Hit]:  # noqa: ARG001
    return search.find(_release.cursor(), text, _HITS)
