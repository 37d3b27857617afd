"""Charts: titles by weighted rating, from the top or the bottom, by votes, and what moved."""

import streamlit

from dashboards.reader import Release
from dashboards.views.charts import choice, movers, ranking

_CHARTS = ("Top rated", "Lowest rated", "Most voted", "Movers")


def show(release: Release) -> None:
    """One chart at a time, narrowed the same way."""
    streamlit.title("Charts")
    chart = streamlit.segmented_control(
        "Chart",
        _CHARTS,
        default=_CHARTS[0],
        required=True,
        key="chart",
        bind="query-params",
        on_change=choice.to_first_page,
        label_visibility="collapsed",
    )
    chosen = choice.ask(release)
    if chart == "Movers":
        movers.show(release, chosen)
    else:
        ranking.show(release, chosen, chart or _CHARTS[0])
