"""Quality: what the nights did, what the gates said, and what was taken in of what arrived."""

import streamlit

from dashboards import markup, nights, reader
from dashboards.reader import Release
from dashboards.views.quality import checks, counts, feeds, matching, runs


def show(release: Release) -> None:
    """Runs and checks from the ledger, then the release that readers see."""
    past = nights.recent(reader.home())
    streamlit.title("Quality")
    markup.show("quality/contents.html")
    runs.show_failures(past)
    if chosen := runs.show(past, published=release.run):
        checks.show(chosen)
    feeds.show(release, past)
    matching.show(release)
    counts.show(release)


def show_unpublished() -> None:
    """Runs and checks, while there is no release."""
    past = nights.recent(reader.home())
    streamlit.title("Quality")
    runs.show_failures(past)
    if chosen := runs.show(past, published=None):
        checks.show(chosen)
