"""Home: search first, then what changed since the last release."""

import streamlit

from dashboards.reader import Release


def show(release: Release) -> None:  # noqa: ARG001
    """Search, and what is new."""
    streamlit.title("Film and television, on your own machine")
    streamlit.text_input("Search", key="q", bind="query-params", type="search", live=True)
