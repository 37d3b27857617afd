"""The feeds behind a release: how old they are, what arrived, and what was refused of it."""

from collections.abc import Sequence

import streamlit

from dashboards import display, markup, table
from dashboards.nights import Night
from dashboards.reader import Release, Row
from dashboards.table import Column


def show(release: Release, past: Sequence[Night]) -> None:
    """Show freshness, the reconciliation of lines, and the reject ledger."""
    _show_freshness(release, past)
    _show_loads(release)
    streamlit.header("Rejected lines", anchor="refused")
    markup.show("quality/rejects.html", reasons=release.rows("quality/rejects"))


def _show_freshness(release: Release, past: Sequence[Night]) -> None:
    streamlit.header("Feeds", anchor="feeds")
    checked = _checked(past)

    def last_look(row: Row) -> str:
        moment, outcome = checked.get(row["feed"], (None, ""))
        return f"{display.ago(moment)}: {outcome}" if moment else display.UNKNOWN

    table.show(
        release.rows("quality/freshness"),
        [
            Column("Feed", lambda row: row["feed"]),
            Column("Snapshot", lambda row: int(row["snapshot"].partition("-")[0]), is_number=True),
            Column("Taken", lambda row: display.instant(row["snapshot_at"]), is_number=True),
            Column("Age", lambda row: display.ago(row["snapshot_at"]), is_number=True),
            Column("Looked for news", last_look, is_number=True),
            Column(
                "Publisher's date",
                lambda row: display.instant(row["last_modified_at"]),
                is_number=True,
            ),
            Column("Files", lambda row: display.number(row["file_count"]), is_number=True),
            Column("Size", lambda row: display.size(row["byte_count"]), is_number=True),
        ],
        caption="The snapshot of each feed in this release, oldest first. A feed that never landed "
        "is not listed; its tables are empty.",
        empty="This release was built without any feed.",
    )


def _checked(past: Sequence[Night]) -> dict[str, tuple[str, str]]:
    """By feed: when it was last looked at, and what came of it."""
    found: dict[str, tuple[str, str]] = {}
    for night in past:
        for step in reversed(night.steps):
            kind, _, feed = step.task.partition("_")
            if kind == "fetch":
                words = {"done": "news", "unchanged": "nothing new"}
                found.setdefault(feed, (step.finished_at, words.get(step.outcome, step.outcome)))
    return found


def _show_loads(release: Release) -> None:
    streamlit.header("Received, loaded, rejected", anchor="loads")
    table.show(
        release.rows("quality/loads"),
        [Column("Feed", lambda row: row["feed"]), *_counts()],
        caption="Data lines by feed and table of the lake. Every line that arrives becomes a row "
        "or an entry in the reject ledger: received = loaded + rejected, for each file.",
        empty="Nothing was loaded.",
    )
    files = release.rows("quality/files")
    all_files = files[0]["file_count"] if files else 0
    with streamlit.expander(f"By file ({all_files:,})"):
        table.show(
            files,
            [Column("File", lambda row: row["source_file"], is_long=True), *_counts()],
            caption=f"{len(files):,} of {all_files:,} files, those with rejects first",
            empty="Nothing was loaded.",
        )


def _counts() -> list[Column]:
    return [
        Column("Table", lambda row: row["table_name"]),
        Column("Received", lambda row: display.number(row["received_count"]), is_number=True),
        Column("Loaded", lambda row: display.number(row["loaded_count"]), is_number=True),
        Column("Rejected", lambda row: display.number(row["rejected_count"]), is_number=True),
        Column("Adds up", lambda row: "yes" if row["is_reconciled"] else "no"),
    ]
