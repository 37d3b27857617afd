"""A chart of an answer: the person chooses what lies along it, what is measured, and the kind."""

import altair
import pyarrow
import streamlit
from pyarrow import types

from dashboards import markup, plots
from dashboards.views.sql import unique

_BARS, _LINE, _POINTS = "Bars", "Line", "Points"
# More bars cannot be read.
_MOST_BARS = 40
_BAR_PIXELS = 24
_AXIS_PIXELS = 60


def show(rows: pyarrow.Table) -> None:
    """Choose and draw; without a number there is nothing to draw."""
    measures = [field.name for field in rows.schema if _is_measure(field.type)]
    along = [field.name for field in rows.schema if not types.is_nested(field.type)]
    if not measures or len(along) < 2:
        text = "A chart needs two columns, and a number in one of them."
        markup.show("sql/none.html", text=text)
        return
    first_x, first_y, first_kind = suggested(rows)
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        x = streamlit.selectbox("Along", along, index=along.index(first_x), width=220)
        y = streamlit.selectbox("Measure", measures, index=measures.index(first_y), width=220)
        kind = streamlit.segmented_control(
            "As", (_BARS, _LINE, _POINTS), default=first_kind, required=True
        )
    _draw(rows, x, y, kind)


def suggested(rows: pyarrow.Table) -> tuple[str, str, str]:
    """A chart to begin with: the first name or time, the last number, and what suits them."""
    plain = [field for field in rows.schema if not types.is_nested(field.type)]
    named = [field for field in plain if not _is_measure(field.type)]
    y = next(field for field in reversed(plain) if _is_measure(field.type))
    x = next((field for field in [*named, *plain] if field.name != y.name), y)
    if types.is_temporal(x.type) or x.name.endswith(("year", "decade")):
        return x.name, y.name, _LINE
    return x.name, y.name, _POINTS if _is_measure(x.type) else _BARS


def _draw(rows: pyarrow.Table, x: str, y: str, kind: str) -> None:
    # Vega reads dots and brackets in a field's name as a path.
    drawn = pyarrow.table(
        {"x": rows.column(x), "y": rows.column(y).cast(pyarrow.float64(), safe=False)}
    )
    height = plots.HEIGHT
    if kind == _BARS:
        if drawn.num_rows > _MOST_BARS:
            markup.show("sql/cut.html", shown=_MOST_BARS, all=drawn.num_rows)
            drawn = drawn[:_MOST_BARS]
        height = _AXIS_PIXELS + _BAR_PIXELS * drawn.num_rows
    chart = _bars(drawn, x, y) if kind == _BARS else _line_or_points(drawn, x, y, kind)
    plots.show(chart, alt=f"{y} by {x}, {drawn.num_rows} rows of the answer.", height=height)


def _bars(drawn: pyarrow.Table, x: str, y: str) -> altair.Chart:
    """Bars lie, so that names can be read, in the order of the answer."""
    names = [str(name) if name is not None else "NULL" for name in drawn.column("x").to_pylist()]
    # Vega would lay the bars of one name on each other.
    drawn = drawn.set_column(0, "x", [unique.names(names)])
    axis = altair.Axis(labelLimit=220, labelOverlap=False)
    chart: altair.Chart = (
        altair.Chart(drawn)
        .mark_bar()
        .encode(
            y=altair.Y("x:N", title=x, sort=None, axis=axis),
            x=altair.X("y:Q", title=y, axis=altair.Axis(format=plots.COUNT)),
            tooltip=_tooltip(drawn, x, y),
        )
    )
    return chart


def _line_or_points(drawn: pyarrow.Table, x: str, y: str, kind: str) -> altair.Chart:
    field = drawn.schema.field("x").type
    chart = altair.Chart(drawn)
    marked = chart.mark_line(point=True) if kind == _LINE else chart.mark_circle(size=40)
    if types.is_temporal(field):
        along = altair.X("x:T", title=x)
    elif _is_measure(field):
        drawn_axis = altair.Axis(format="d") if types.is_integer(field) else altair.Axis()
        along = altair.X("x:Q", title=x, axis=drawn_axis, scale=altair.Scale(zero=False))
    else:
        along = altair.X("x:N", title=x, sort=None)
    upward = altair.Y("y:Q", title=y, axis=altair.Axis(format=plots.COUNT))
    drawn_chart: altair.Chart = marked.encode(x=along, y=upward, tooltip=_tooltip(drawn, x, y))
    return drawn_chart


def _tooltip(drawn: pyarrow.Table, x: str, y: str) -> list[altair.Tooltip]:
    kind = "T" if types.is_temporal(drawn.schema.field("x").type) else "N"
    return [
        altair.Tooltip(f"x:{kind}", title=x),
        altair.Tooltip("y:Q", title=y, format=",.6~g"),
    ]


def _is_measure(kind: pyarrow.DataType) -> bool:
    is_number: bool = types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)
    return is_number
