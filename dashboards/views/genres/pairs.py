"""Which genres go together, more often or less than by chance."""

import math

import altair
import streamlit

from dashboards import display, plots, table
from dashboards.reader import Release, Row
from dashboards.views.genres.choice import FEW, Choice

# As many as a telephone shows with their names.
_MAP_GENRES = 12
_ROW_COUNT = 20
_ANY = "Any genre"
# Beyond eight times as often, or an eighth, one colour is as good as another: 2 to the third.
_FARTHEST = 3


def show(release: Release, chosen: Choice) -> None:
    """A map of the largest genres, and a list of the pairs that meet most."""
    streamlit.header("Genres that go together")
    pairs = release.rows("genres/pairs", title_type=chosen.title_type)
    seen = [pair for pair in pairs if pair["title_count"] >= FEW]
    streamlit.caption(
        "Lift = titles with both genres × titles with any genre / (titles with the one × titles "
        "with the other): 1 is what chance would give, 2 twice as often. Titles "
        f"{chosen.of_type} of all years; pairs of fewer than {FEW} titles are left blank."
    )
    if seen:
        _show_map(release, chosen, seen)
    _show_list(seen)


def _show_map(release: Release, chosen: Choice, pairs: list[Row]) -> None:
    sizes = release.rows("genres/sizes", title_type=chosen.title_type)
    largest = [row["genre_name"] for row in sizes][:_MAP_GENRES]
    cells = [
        {**pair, "log_lift": math.log2(pair["lift"])}
        for pair in pairs
        if pair["genre"] in largest and pair["other_genre"] in largest
    ]
    chart = (
        altair.Chart(altair.InlineData(values=cells))
        .mark_rect()
        .encode(
            x=altair.X("other_genre:N", title=None, sort=largest, axis=_NAMES),
            y=altair.Y("genre:N", title=None, sort=largest),
            color=_COLOUR,
            tooltip=_TOOLTIPS,
        )
    )
    alt = f"Heat map of lift between the {len(largest)} genres with most titles {chosen.of_type}"
    plots.show(chart, alt=alt, height=460)


def _show_list(pairs: list[Row]) -> None:
    genres = sorted({pair["genre"] for pair in pairs})
    genre = streamlit.selectbox(
        "Pairs with", [_ANY, *genres], key="with", bind="query-params", width=240
    )
    if genre == _ANY:
        rows = [pair for pair in pairs if pair["genre"] < pair["other_genre"]]
    else:
        rows = [pair for pair in pairs if pair["genre"] == genre]
    shown = rows[:_ROW_COUNT]
    table.show(
        shown,
        _COLUMNS,
        caption=f"{len(shown)} of {len(rows)} pairs, by lift. The share is of the first genre's "
        "titles: how many are of the other, too.",
        empty=f"No two genres share {FEW} titles: choose another type.",
    )


# Of the logarithms -1 and 1, a half and twice.
_LIFT_LABEL = "(datum.value < 0 ? '1/' : '') + format(pow(2, abs(datum.value)), 'd') + '×'"
_COLOUR = altair.Color(
    "log_lift:Q",
    scale=altair.Scale(domain=[-_FARTHEST, _FARTHEST], domainMid=0, clamp=True, interpolate="rgb"),
    legend=altair.Legend(
        title="Lift",
        orient="bottom",
        values=list(range(-_FARTHEST, _FARTHEST + 1)),
        labelExpr=_LIFT_LABEL,
        gradientLength=280,
    ),
)
_TOOLTIPS = [
    altair.Tooltip("genre:N", title="Genre"),
    altair.Tooltip("other_genre:N", title="With"),
    altair.Tooltip("lift:Q", title="Lift", format=".2f"),
    altair.Tooltip("title_count:Q", title="Titles with both", format=","),
    altair.Tooltip("genre_share:Q", title="Share of the genre", format=".1%"),
]
_NAMES = altair.Axis(labelAngle=-90, labelLimit=120)
_COLUMNS = [
    table.Column("Genre", lambda row: row["genre"]),
    table.Column("With", lambda row: row["other_genre"]),
    table.Column("Lift", lambda row: display.times(row["lift"]), is_number=True),
    table.Column(
        "Titles with both", lambda row: display.number(row["title_count"]), is_number=True
    ),
    table.Column(
        "Share",
        lambda row: display.share(row["genre_share"]),
        is_number=True,
        bar=lambda row: row["genre_share"],
    ),
]
