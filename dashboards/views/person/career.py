"""A person's career as charts: how much, of what kind, and how it was rated, over the years."""

from collections.abc import Iterable, Sequence

import altair
import pyarrow
import streamlit

from dashboards import display, plots
from dashboards.reader import Row

# A chart of fewer says less than the list below it.
_LEAST_WORKS = 3
_MOST_POINTS = 300
_NAMES_IN_TOOLTIP = 4
_OTHER = "Other crew"
_KINDS = {
    "actor": "Acting",
    "actress": "Acting",
    "director": "Directing",
    "writer": "Writing",
    "producer": "Producing",
    "composer": "Music",
    "cinematographer": "Camera and editing",
    "editor": "Camera and editing",
    "self": "As themselves",
    "archive_footage": "As themselves",
    "archive_sound": "As themselves",
}
# As many as the theme has colours, always in this order: a kind has one colour for everybody.
ORDER = (
    "Acting",
    "Directing",
    "Writing",
    "Producing",
    "Music",
    "Camera and editing",
    "As themselves",
    _OTHER,
)


def show(works: Sequence[Row]) -> None:
    """The charts for which there is enough."""
    years = list(yearly(works))
    rated = list(rated_works(works))
    has_output = len({bar["year"] for bar in years}) >= _LEAST_WORKS
    if not has_output and len(rated) < _LEAST_WORKS:
        return
    streamlit.header("Career", anchor=False)
    # One axis for both charts: what stands above another is of the same year.
    seen = [row["year"] for row in (*years, *rated)]
    domain = (min(seen) - 1, max(seen) + 1)
    if has_output:
        _show_output(years, domain)
    if len(rated) >= _LEAST_WORKS:
        _show_ratings(rated, domain, len({work["work_id"] for work in works}))


def kind(category: str) -> str:
    """The kind of work that a category of credit belongs to."""
    return _KINDS.get(category, _OTHER)


def yearly(works: Iterable[Row]) -> Iterable[Row]:
    """A bar per year and kind of work, stacked: each work counts once for its kind in a year."""
    names: dict[tuple[int, str], dict[int, Row]] = {}
    for work in works:
        for year in work["years"] or ():
            names.setdefault((year, kind(work["category"])), {})[work["work_id"]] = work
    tops: dict[int, int] = {}
    for year, name in sorted(names, key=lambda key: (key[0], ORDER.index(key[1]))):
        known = sorted(names[year, name].values(), key=lambda work: -(work["vote_count"] or 0))
        base = tops.get(year, 0)
        tops[year] = base + len(known)
        yield {
            "year": year,
            "left": year - 0.42,
            "right": year + 0.42,
            "kind": name,
            "count": len(known),
            "base": base,
            "top": tops[year],
            "titles": _listed(known),
        }


def rated_works(works: Iterable[Row]) -> Iterable[Row]:
    """A point per rated work that has a year, the most voted first: its kinds of work together."""
    found: dict[int, Row] = {}
    for work in works:
        if work["rating_average"] is None or work["first_year"] is None:
            continue
        point = found.setdefault(work["work_id"], {**work, "kinds": set()})
        point["kinds"].add(kind(work["category"]))
        point["first_year"] = min(point["first_year"], work["first_year"])
    by_votes = sorted(found.values(), key=lambda point: -(point["vote_count"] or 0))
    for point in by_votes[:_MOST_POINTS]:
        kinds = sorted(point["kinds"], key=ORDER.index)
        yield {
            "year": point["first_year"],
            "rating": float(point["rating_average"]),
            "votes": point["vote_count"],
            "kind": kinds[0],
            "kinds": ", ".join(kinds),
            "title": display.title_name(point["primary_title"], point["work_id"]),
            "type": display.title_type(point["title_type"]),
        }


def _listed(works: Sequence[Row]) -> str:
    names = [
        display.title_name(work["primary_title"], work["work_id"])
        for work in works[:_NAMES_IN_TOOLTIP]
    ]
    rest = len(works) - len(names)
    return ", ".join(names) + (f" and {rest:,} more" if rest else "")


def _years(field: str, title: str, domain: tuple[int, int]) -> altair.X:
    return plots.years(field, title).scale(altair.Scale(domain=list(domain), nice=False))


def _show_output(years: Sequence[Row], domain: tuple[int, int]) -> None:
    streamlit.subheader("Works by year", anchor=False)
    streamlit.caption(
        "A work counts once for each kind of work done on it, in each year of its credited titles; "
        "the episodes of a series count as one."
    )
    chart = (
        altair.Chart(pyarrow.Table.from_pylist(list(years)))
        .mark_bar()
        .encode(
            x=_years("left", "Year", domain),
            x2="right",
            y=plots.counts("base", "Works, by kind"),
            y2="top",
            color=_colour(years),
            tooltip=[
                altair.Tooltip("year:Q", title="Year", format=plots.YEAR),
                altair.Tooltip("kind:N", title="Kind of work"),
                altair.Tooltip("count:Q", title="Works"),
                altair.Tooltip("titles:N", title="Most voted"),
            ],
        )
    )
    plots.show(chart, alt="Bars: works in each year, by kind of work")


def _show_ratings(rated: Sequence[Row], domain: tuple[int, int], work_count: int) -> None:
    streamlit.subheader("Ratings of the works over time", anchor=False)
    shown = f"{len(rated):,} of {work_count:,} works have a rating and a year"
    if len(rated) == _MOST_POINTS:
        shown = f"The {_MOST_POINTS} most voted of {work_count:,} works"
    streamlit.caption(f"{shown}. A larger mark has more votes; the scale of sizes is logarithmic.")
    chart = (
        altair.Chart(pyarrow.Table.from_pylist(list(rated)))
        .mark_circle(opacity=0.75)
        .encode(
            x=_years("year", "Year of the first credit", domain),
            y=altair.Y("rating:Q", title="Rating (1 to 10)", scale=altair.Scale(domain=[1, 10])),
            size=altair.Size(
                "votes:Q", scale=altair.Scale(type="log", range=[20, 500]), legend=None
            ),
            color=_colour(rated),
            tooltip=[
                altair.Tooltip("title:N", title="Title"),
                altair.Tooltip("type:N", title="Type"),
                altair.Tooltip("year:Q", title="Year", format=plots.YEAR),
                altair.Tooltip("kinds:N", title="Kind of work"),
                altair.Tooltip("rating:Q", title="Rating", format=".1f"),
                altair.Tooltip("votes:Q", title="Votes", format=","),
            ],
        )
    )
    plots.show(chart, alt="Points: the rating of each work by the year of its first credit")


def _colour(rows: Sequence[Row]) -> altair.Color:
    present = {row["kind"] for row in rows}
    kinds = [name for name in ORDER if name in present]
    legend = altair.Legend(orient="bottom", title=None, columns=2, values=kinds)
    return altair.Color(
        "kind:N",
        scale=altair.Scale(domain=list(ORDER)),
        legend=legend if len(kinds) > 1 else None,
    )
