"""The newest runs, what stopped those that were stopped, and the steps of one."""

import altair
import pyarrow
import streamlit

from dashboards import display, markup, nights, plots, reader
from dashboards.nights import Night
from warehouse import ledger

# By outcome: what it means, the command that a person types about it, and what that does.
_ADVICE = {
    "refused": (
        "A gate found data that are not fit: nothing of them was published.",
        "arthouse run",
        "tries again, when the publisher has mended the data or the rule is set right.",
    ),
    "unreadable": (
        "A feed could not be read: nobody answered, or the answer was not what it used to be.",
        "arthouse run --only FEED",
        "tries one feed again; the others stay as the lake has them.",
    ),
    "broken": (
        "Our own machinery failed, which says nothing about the data.",
        "arthouse doctor",
        "checks this machine; then run again.",
    ),
    "killed": (
        "It ended without a word: it was killed, or the machine stopped.",
        "arthouse run",
        "starts anew; there is nothing to clean up. If memory ran out, lower "
        "ARTHOUSE_MEMORY_LIMIT.",
    ),
    "held": (
        "A person went back to an older release, and keeps publication on hold.",
        "arthouse resume",
        "ends the hold.",
    ),
}
_STEP_PIXELS = 22
_AXIS_PIXELS = 70
_OUTCOMES = ("done", "unchanged", "refused", "unreadable", "broken", "killed", "held")


def show_failures(past: list[Night]) -> None:
    """Say what stopped runs, as long as no newer one did better."""
    for night in nights.failures(past):
        meaning, command, effect = _ADVICE[night.outcome]
        markup.show(
            "quality/failure.html", night=night, meaning=meaning, command=command, effect=effect
        )


def show(past: list[Night], published: str | None) -> Night | None:
    """List the runs, and show the steps of the one that the address names, or of the newest."""
    chosen = _chosen(past)
    streamlit.header("Runs", anchor="runs")
    markup.show(
        "quality/runs.html",
        nights=past,
        run_count=len(ledger.runs(reader.home())),
        chosen=chosen.run if chosen else None,
        published=published,
    )
    if chosen:
        _show_steps(chosen)
    return chosen


def _chosen(past: list[Night]) -> Night | None:
    """The run in the address; else the newest that judged anything, or just the newest."""
    named = streamlit.query_params.get("run")
    if named in ledger.runs(reader.home()):
        return nights.night(reader.home(), named)
    return next((one for one in past if one.verdicts()), past[0] if past else None)


def _show_steps(night: Night) -> None:
    streamlit.subheader(f"Steps of run {night.number}")
    if not night.steps:
        markup.show("quality/none.html", text="No step of this run has ended yet.")
        return
    steps = night.steps
    slowest = max(steps, key=lambda one: one.seconds)
    plots.show(
        _timeline(night),
        alt=f"The {len(steps)} steps of run {night.number} in time; the longest is "
        f"{slowest.task} with {display.seconds(slowest.seconds)}.",
        height=_AXIS_PIXELS + _STEP_PIXELS * len(steps),
    )
    markup.show("quality/steps.html", night=night)
    warnings = [
        (one.task.partition("_")[2], text)
        for one in steps
        for text in one.facts.get("warnings", [])
    ]
    markup.show("quality/warnings.html", warnings=warnings)


def _timeline(night: Night) -> altair.Chart:
    steps = night.steps
    begun = nights.starts(steps)
    rows = pyarrow.table(
        {
            "step": [f"{one.task}, {display.seconds(one.seconds)}" for one in steps],
            "place": list(range(len(steps))),
            "begun": begun,
            "ended": [at + one.seconds for at, one in zip(begun, steps, strict=True)],
            "outcome": [one.outcome for one in steps],
        }
    )
    seen = [word for word in _OUTCOMES if any(one.outcome == word for one in steps)]
    legend = altair.Legend(orient="bottom", columns=2) if len(seen) > 1 else None
    chart: altair.Chart = (
        altair.Chart(rows)
        .mark_bar(height=12)
        .encode(
            y=altair.Y(
                "step:N",
                title=None,
                sort=altair.SortField("place"),
                axis=altair.Axis(labelOverlap=False, labelLimit=220),
            ),
            x=altair.X(
                "begun:Q",
                title="Seconds since the first step began",
                axis=altair.Axis(tickCount=10),
            ),
            x2="ended:Q",
            color=altair.Color("outcome:N", title="Ended", sort=seen, legend=legend),
            tooltip=[
                altair.Tooltip("step:N", title="Step"),
                altair.Tooltip("outcome:N", title="Ended"),
            ],
        )
    )
    return chart
