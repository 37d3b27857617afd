"""Which reviews a person wants to see: a source, a genre, a number of votes."""

from dataclasses import dataclass

import streamlit

from dashboards import display
from dashboards.reader import Row

# Groups of fewer rated reviews are drawn faint.
FEW = 30
_ALL_SOURCES = "All sources"
_ALL_GENRES = "All genres"
_VOTES = ["1", "5", "10", "25", "50", "100", "500"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen; None where all are wanted."""

    source: str | None
    genre: str | None
    min_votes: int

    @property
    def reviews(self) -> dict[str, object]:
        """The parameters of a question about the reviews that were chosen."""
        return {"source": self.source, "genre": self.genre}


def ask(options: Row) -> Choice:
    """Ask by widgets, whose values are in the page's address."""
    names = {display.source(source): source for source in options["sources"]}
    with streamlit.container(horizontal=True):
        source = streamlit.selectbox(
            "Source", [_ALL_SOURCES, *names], key="source", bind="query-params"
        )
        genre = streamlit.selectbox(
            "Genre", [_ALL_GENRES, *(options["genres"] or [])], key="genre", bind="query-params"
        )
        min_votes = streamlit.selectbox(
            "Votes on a most helpful review, at least", _VOTES, key="votes", bind="query-params"
        )
    return Choice(
        source=names.get(source),
        genre=None if genre == _ALL_GENRES else genre,
        min_votes=int(min_votes),
    )
