"""Which release a page shows, how old it is, what its gates said; a newer one takes its place."""

import streamlit

from dashboards import markup, reader
from dashboards.reader import Release, Row
from warehouse.connect import NotPublishedError

# How long a page that is open goes on showing a release after a newer one is published.
_LOOKS_EVERY = "5s"


def show(release: Release) -> None:
    """Say what is shown, and watch for a newer release while the page is open."""
    _watch(release, release.row("banner/release"))


def wait() -> None:
    """Watch for the first release while the page is open."""
    _watch(None, None)


@streamlit.fragment(run_every=_LOOKS_EVERY)
def _watch(release: Release | None, facts: Row | None) -> None:
    if not is_current(release):
        streamlit.rerun(scope="app")
    if release:
        markup.show("banner.html", release=release, facts=facts)


def is_current(release: Release | None) -> bool:
    """Whether readers still see this release, or still none."""
    try:
        return reader.current() == release
    except NotPublishedError:
        return release is None
