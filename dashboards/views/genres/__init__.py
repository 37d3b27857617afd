"""Genres & years: how much was made, how it was rated, how long it runs, what goes together."""

import streamlit

from dashboards import markup
from dashboards.reader import Release
from dashboards.views.genres import choice, output, pairs, ratings, runtimes, summary


def show(release: Release) -> None:
    """Figures over the years for a type of title and its genres, then genres compared."""
    streamlit.title("Genres & years")
    chosen = choice.ask(release)
    if chosen is None:
        markup.show("genres/absent.html")
        return
    output.show(release, chosen)
    ratings.show(release, chosen)
    runtimes.show(release, chosen)
    pairs.show(release, chosen)
    summary.show(release, chosen)
