"""What names a title: how much of it was matched, and how much names none that a dump knows."""

import streamlit

from dashboards import display, table
from dashboards.reader import Release
from dashboards.table import Column


def show(release: Release) -> None:
    """Show match rates by source and method, then what no dump describes."""
    streamlit.header("Matches", anchor="matches")
    table.show(
        release.rows("quality/matches"),
        [
            Column("Feed", lambda row: row["feed"]),
            Column("Source", lambda row: row["source"]),
            Column("Records", lambda row: display.number(row["record_count"]), is_number=True),
            Column("Matched", lambda row: display.share(row["matched_share"]), is_number=True),
            Column("Ambiguous", lambda row: display.number(row["ambiguous_count"]), is_number=True),
            Column("Unmatched", lambda row: display.number(row["unmatched_count"]), is_number=True),
        ],
        caption="Records of other feeds find their title by a published id, else by name, year and "
        "people. What is ambiguous is never matched.",
        empty="No feed with records to match has landed: `arthouse feeds` lists them.",
    )
    _show_methods(release)
    _show_orphans(release)


def _show_methods(release: Release) -> None:
    methods = release.rows("quality/match_methods")
    if not methods:
        return
    with streamlit.expander("By method"):
        table.show(
            methods,
            [
                Column("Feed", lambda row: row["feed"]),
                Column("Source", lambda row: row["source"]),
                Column("Outcome", lambda row: row["outcome"]),
                Column("Method", lambda row: (row["method"] or "no candidate").replace("_", " ")),
                Column("Records", lambda row: display.number(row["record_count"]), is_number=True),
                Column("Mean score", lambda row: display.share(row["mean_score"]), is_number=True),
            ],
            caption="How the best candidate was found; a match by id has no score",
        )


def _show_orphans(release: Release) -> None:
    streamlit.header("Orphans", anchor="orphans")
    table.show(
        release.rows("quality/orphans"),
        [
            Column("Table", lambda row: row["table_name"]),
            Column("Column", lambda row: row["column_name"]),
            Column("Names a", lambda row: row["member_kind"]),
            Column("Rows", lambda row: display.number(row["orphan_row_count"]), is_number=True),
            Column(
                "Different ones",
                lambda row: display.number(row["orphan_member_count"]),
                is_number=True,
            ),
        ],
        caption="Rows that name a title or person whom no dump describes, by column. Each of these "
        "has an inferred row: no credit or rating is dropped.",
    )
