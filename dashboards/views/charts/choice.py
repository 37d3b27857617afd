"""Which titles a chart is of: type, genre, decade, votes, and whether adult titles are in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit

from dashboards import display
from dashboards.reader import Release

_Option = TypeVar("_Option", int, str)

PAGE = "page"
# In pixels: two side by side on a telephone.
WIDTH = 166
_ALL_TYPES = "All types"
_ALL_GENRES = "All genres"
_ALL_DECADES = "All decades"
# Leaves titles that many have heard of, and does so in the sample, too.
_MIN_VOTES = 1_000.0
# More than any title has.
_MOST_VOTES = 100_000_000.0


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen; None where everything is wanted."""

    title_type: str | None
    genre: str | None
    decade: int | None
    min_votes: int
    is_adult_shown: bool

    @property
    def titles(self) -> dict[str, object]:
        """The parameters of a question about the titles that were chosen."""
        return {
            "title_type": self.title_type,
            "genre": self.genre,
            "decade": self.decade,
            "min_votes": self.min_votes,
            "is_adult_shown": self.is_adult_shown,
        }


def ask(release: Release) -> Choice:
    """Ask by widgets, whose values are in the page's address."""
    options = release.rows("charts/choices")[0]
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        title_type = _option("Type", "type", _ALL_TYPES, options["title_types"], display.title_type)
        genre = _option("Genre", "genre", _ALL_GENRES, options["genres"], str)
        decade = _option(
            "Decade of release", "decade", _ALL_DECADES, options["decades"], "{}s".format
        )
        min_votes = streamlit.number_input(
            "Minimum votes",
            min_value=0.0,
            max_value=_MOST_VOTES,
            value=_MIN_VOTES,
            step=1_000.0,
            format="%.0f",
            key="votes",
            bind="query-params",
            on_change=to_first_page,
            width=WIDTH,
        )
        is_adult_shown = streamlit.toggle(
            "Adult titles", key="adult", bind="query-params", on_change=to_first_page
        )
    # Asked for as a float, since Streamlit breaks on an infinite whole number in an address.
    return Choice(title_type, genre, decade, int(min_votes), is_adult_shown)


def to_first_page() -> None:
    """Another choice is another ranking: its third page says nothing of the last one's."""
    if PAGE in streamlit.session_state:
        streamlit.session_state[PAGE] = 1


def _option(
    label: str,
    key: str,
    everything: str,
    options: Sequence[_Option] | None,
    name: Callable[[_Option], str],
) -> _Option | None:
    """One of the options, or None for all of them, by what it is called in the address."""
    by_name: dict[str, _Option] = {name(option): option for option in options or ()}
    chosen = streamlit.selectbox(
        label,
        [everything, *by_name],
        key=key,
        bind="query-params",
        on_change=to_first_page,
        width=WIDTH,
    )
    return by_name.get(chosen)
