"""Quality."""

import streamlit

from dashboards.reader import Release


def show(release: Release) -> None:  # noqa: ARG001
    """A page that is being written."""
    streamlit.title("Quality")
