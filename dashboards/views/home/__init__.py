"""Home: search first; without a question, what changed, what to see, and how the night went."""

import streamlit

from dashboards.reader import Release
from dashboards.views.home import found, overview


def show(release: Release) -> None:
    """A box to search in, and below it what was found or what is new."""
    streamlit.title("Film and television, on your own machine")
    text = streamlit.text_input(
        "Search titles and people",
        key="q",
        bind="query-params",
        type="search",
        live=True,
        placeholder="A title or a name, as you remember it",
        max_chars=200,
    )
    if text and text.strip():
        found.show(release, text.strip())
    else:
        overview.show(release)
