"""What a release holds, beside the one before it: rows, bytes, and the numbers models take."""

import altair
import pyarrow
import streamlit

from dashboards import display, links, markup, nights, plots, reader, table
from dashboards.nights import Night
from dashboards.reader import Release, Row
from dashboards.table import Column

# Of a scheduler's runs every sixth is a build.
_LOOKED_AT = 180
_MEGABYTE = 1e6


def show(release: Release) -> None:
    """Show row counts against the last release, sizes over time, and model parameters."""
    streamlit.header("This release", anchor="release")
    _show_rows(release)
    _show_sizes()
    streamlit.subheader("Model parameters")
    table.show(
        release.rows("quality/parameters"),
        [
            Column("Parameter", lambda row: row["parameter_name"]),
            Column("Value", lambda row: f"{row['parameter_value']:,g}", is_number=True),
        ],
        caption="Numbers that models take as given: variables of the dbt project",
    )


def _show_rows(release: Release) -> None:
    streamlit.subheader("Rows against the release before")
    night = nights.night(reader.home(), release.run)
    published = night.step("publish")
    parent = str(published.facts["parent"] or "") if published else ""
    before = _rows_of(nights.night(reader.home(), parent)) if parent else {}
    now = _rows_of(night)
    rows = [
        {"name": name, "now": now.get(name), "before": before.get(name)}
        for name in sorted(now.keys() | before.keys())
    ]
    changed = [row for row in rows if row["now"] != row["before"]]
    if before:
        table.show(
            changed,
            _COLUMNS,
            caption=f"{len(changed)} of {len(rows)} tables have other counts than in run "
            f"{nights.number(parent)}",
            empty=f"All {len(rows)} tables have as many rows as in run {nights.number(parent)}.",
        )
    with streamlit.expander("All tables", expanded=not before):
        table.show(
            rows,
            _COLUMNS,
            caption="Rows by table",
            empty="The ledger here does not have the run that made this release.",
        )


def _rows_of(night: Night) -> dict[str, int]:
    inspected = night.step("inspect")
    return dict(inspected.facts["tables"]) if inspected else {}


def _page_of(row: Row) -> str | None:
    return None if row["now"] is None else links.page("tables", table=row["name"])


def _change(row: Row) -> str:
    if row["now"] is None or row["before"] is None:
        return display.UNKNOWN
    return display.change(row["now"] - row["before"], 0) if row["now"] != row["before"] else "0"


def _change_share(row: Row) -> str:
    if row["now"] is None or not row["before"]:
        return display.UNKNOWN
    share = 100 * (row["now"] / row["before"] - 1)
    return display.change(share) if share else "0"


_COLUMNS = [
    Column("Table", lambda row: row["name"], href=_page_of),
    Column("Rows", lambda row: display.number(row["now"]), is_number=True),
    Column("Before", lambda row: display.number(row["before"]), is_number=True),
    Column("Change", _change, is_number=True),
    Column("Change, %", _change_share, is_number=True),
]


def _show_sizes() -> None:
    streamlit.subheader("Size over time")
    made = [
        (night, sealed)
        for night in nights.recent(reader.home(), _LOOKED_AT)
        if night.step("publish") and (sealed := night.step("inspect"))
    ]
    if len(made) < 2:
        markup.show("quality/none.html", text="A chart needs a second release.")
        return
    rows = pyarrow.table(
        {
            "run": [night.number for night, _ in made],
            "at": [sealed.finished_at for _, sealed in made],
            "megabytes": [sealed.facts["byte_count"] / _MEGABYTE for _, sealed in made],
        }
    )
    chart = (
        altair.Chart(rows)
        .mark_line(point=True)
        .encode(
            x=altair.X(
                "at:T",
                title="Built (UTC)",
                axis=altair.Axis(tickCount=5),
                scale=altair.Scale(type="utc"),
            ),
            y=altair.Y("megabytes:Q", title="Size, MB"),
            tooltip=[
                altair.Tooltip("run:Q", title="Run", format="d"),
                altair.Tooltip("megabytes:Q", title="Size, MB", format=",.1f"),
            ],
        )
    )
    plots.show(chart, alt=f"The sizes of the last {len(made)} releases.", height=220)
