"""Where each fact came from: who states it, as of when, and on which terms."""

from dashboards import display, links, markup, table
from dashboards.reader import Release, Row


def as_of(row: Row, captures: list[Row]) -> str:
    """How new a source is: captured, published, or else fetched when; and its snapshot."""
    parts = []
    days = [display.day(page["captured_at"]) for page in captures if page["captured_at"]]
    if row["feed"] == "pages":
        parts.append(f"captured {', '.join(days)}" if days else "day of capture not stated")
    elif row["last_modified_at"]:
        parts.append(f"published {display.instant(row['last_modified_at'])}")
    elif row["fetched_at"]:
        parts.append(f"fetched {display.instant(row['fetched_at'])}")
    if row["snapshot"]:
        parts.append(f"snapshot {row['snapshot']}")
    return "; ".join(parts) or display.UNKNOWN


def statements(release: Release, title_id: int) -> set[str]:
    """What sources state of a title, as `credits`."""
    rows = release.rows("title/sources", title_id=title_id)
    return {statement for row in rows for statement in row["statements"]}


def show(release: Release, title: Row) -> None:
    """A row for each source; captured pages with their dates below."""
    title_id = title["title_id"]
    rows = release.rows("title/sources", title_id=title_id)
    captures = release.rows("title/captures", title_id=title_id)
    markup.show("title/sources.html", title=title)
    table.show(
        rows,
        [
            table.Column(
                "Source", lambda row: row["publisher"], href=lambda row: links.known(row["url"])
            ),
            table.Column("States", lambda row: ", ".join(row["statements"])),
            table.Column("As of", lambda row: as_of(row, captures), is_long=True),
            table.Column("Terms", lambda row: row["licence"] or "not stated", is_long=True),
            table.Column("Attribution", lambda row: row["attribution"] or "", is_long=True),
        ],
        caption="One row per source that states something of this title",
        empty="No source describes this title; others only name it.",
    )
    markup.show("title/captures.html", captures=captures)
