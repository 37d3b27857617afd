"""Title: all that our tables hold of one title."""

import streamlit
from streamlit.delta_generator import DeltaGenerator

from dashboards import markup
from dashboards.reader import Release
from dashboards.views.title import (
    details,
    episodes,
    heading,
    identity,
    liked,
    money,
    people,
    reviews,
    sources,
    story,
)

# What fills the wider column.
_MAIN = frozenset(
    {"also liked", "box office", "budget", "credits", "episodes", "reviews", "story and facts"}
)


def show(release: Release) -> None:
    """The title that the address names, in two columns where there is room."""
    asked = streamlit.query_params.get("id", "").strip()
    title_id = identity.found(release, asked)
    title = None if title_id is None else release.row("title/heading", title_id=title_id)
    if title_id is None or title is None:
        markup.show("title/unknown.html", asked=asked)
        return
    facts = story.facts(release, title_id)
    heading.show(release, title, facts)
    main, side = _columns(sources.statements(release, title_id))
    with main:
        story.show(facts)
        heading.trend(release, title_id)
        liked.show(release, title)
        people.show(release, title_id)
        episodes.show(release, title_id)
        money.show(release, title_id)
        story.curiosities(facts)
        reviews.show(release, title_id)
    with side:
        details.show(release, title, facts)
    sources.show(release, title)


def _columns(stated: set[str]) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Story and people beside the facts; facts alone have the page to themselves."""
    if stated & _MAIN:
        main, side = streamlit.columns([5, 3], gap="large")
        return main, side
    return streamlit.container(), streamlit.container()
