"""Budgets: what titles cost, what they earned, and how much of that is known."""

import streamlit

from dashboards import markup
from dashboards.reader import Release
from dashboards.views.budgets import choice, coverage, decades, ranking, returns, scatter, sources


def show(release: Release) -> None:
    """Cost against gross, returns, rankings, and the coverage behind them."""
    streamlit.title("Budgets")
    known = release.row("budgets/known")
    options = release.row("budgets/choices")
    if not known or not options or not options["decades"]:
        markup.show("budgets/absent.html")
        return
    markup.show("budgets/intro.html", known=known)
    chosen = choice.ask(options, known["real_year"])
    figures = release.rows("budgets/figures", **chosen.titles)[0]
    if figures["return_count"]:
        markup.show("budgets/figures.html", figures=figures)
        scatter.show(release, chosen, figures)
        ranking.show(release, chosen)
    else:
        markup.show("budgets/none.html", figures=figures)
    returns.show(release, chosen, figures)
    decades.show(release, chosen)
    coverage.show(release)
    sources.show(release)
