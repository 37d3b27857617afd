"""What a search found: titles and people apart, each in the order of how well they fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit

from dashboards import markup, search
from dashboards.reader import Release
from dashboards.search import Hit

# Of titles and people together.
_HITS = 40
_KEPT_SEARCHES = 500


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one sort."""

    heading: str
    hits: Sequence[Hit]


def show(release: Release, text: str) -> None:
    """The titles and people that a text may mean."""
    markup.show("home/results.html", text=text, groups=groups(_hits(release.path, text, release)))


def groups(hits: Sequence[Hit]) -> list[Group]:
    """Titles and people, the group of the best hit first; none that is empty."""
    titles = Group("Titles", [hit for hit in hits if hit.title_id is not None])
    people = Group("People", [hit for hit in hits if hit.title_id is None])
    found = [titles, people]
    if hits and hits[0].title_id is None:
        found.reverse()
    return [group for group in found if group.hits]


# The release is no part of the key, its path is: a path never changes what it holds.
@streamlit.cache_data(max_entries=_KEPT_SEARCHES, show_spinner=False)
def _hits(path: Path, text: str, _release: Release) -> list[Hit]:  # noqa: ARG001
    return search.find(_release.cursor(), text, _HITS)
