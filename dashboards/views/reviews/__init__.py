"""Reviews: what those who wrote about titles say, and how much of it is known."""

import streamlit

from dashboards import markup
from dashboards.reader import Release
from dashboards.views.reviews import choice, helpful, lengths, ratings, titles


def show(release: Release) -> None:
    """Ratings, the most helpful reviews, lengths, titles and genres, and sources."""
    streamlit.title("Reviews")
    options = release.rows("reviews/choices")[0]
    if not options["sources"]:
        markup.show("reviews/absent.html")
        return
    chosen = choice.ask(options)
    figures = release.rows("reviews/figures", **chosen.reviews)[0]
    markup.show("reviews/figures.html", figures=figures)
    if figures["review_count"]:
        ratings.show(release, chosen, figures)
        helpful.show(release, chosen, figures)
        titles.show(release, chosen)
        lengths.show(release, chosen, figures)
    titles.by_genre(release, chosen)
    ratings.sources(release)
