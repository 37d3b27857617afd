"""Home without a question: how much there is, what changed, what to see, how the night went."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboards import display, links, markup, table
from dashboards.reader import Release, Row
from dashboards.views.home import changes, picks


@dataclass(frozen=True, slots=True)
class Door:
    """A way into the rest of the app."""

    name: str
    href: str
    text: str


def show(release: Release) -> None:
    """Everything that needs no question."""
    markup.show("home/figures.html", facts=release.row("home/figures"))
    changes.show(release)
    picks.show(release)
    _show_doors(release)
    _show_night(release)


def _show_doors(release: Release) -> None:
    facts = release.row("home/doors")
    if facts:
        markup.show("home/doors.html", doors=list(_doors(facts)))


def _doors(facts: Row) -> Iterator[Door]:
    number = display.number
    if facts["genre_name"]:
        text = f"{facts['genre_name']} leads, with {number(facts['genre_title_count'])} titles."
        yield Door("Genres & years", links.page("genres"), text)
    if facts["return_title_count"]:
        known = f"Both are known of {number(facts['return_title_count'])} titles"
        text = f"{known}; half of them made {display.times(facts['median_return'])} or more."
        yield Door("Cost against gross", links.page("budgets"), text)
    if facts["reviewed_count"]:
        text = f"Up to {number(facts['reviewed_count'])} reviews of one title."
        yield Door("What reviewers say", links.page("reviews"), text)
    text = f"{number(facts['table_count'])} tables, every column explained, and SQL to ask them."
    yield Door("Every table", links.page("tables"), text)


def _show_night(release: Release) -> None:
    run = release.row("home/run")
    if run is None:
        return
    markup.show("home/night.html", run=run)
    columns = [
        table.Column("Feed", lambda row: row["feed"]),
        table.Column("As of", lambda row: display.instant(row["snapshot_at"]), is_number=True),
        table.Column(
            "Rows received", lambda row: display.number(row["received_count"]), is_number=True
        ),
        table.Column("Loaded", lambda row: display.number(row["loaded_count"]), is_number=True),
        table.Column("Rejected", lambda row: display.number(row["rejected_count"]), is_number=True),
        table.Column("Its gate", gate),
    ]
    table.show(
        release.rows("home/feeds"),
        columns,
        caption="Every row received is loaded, or rejected with a reason.",
        empty="No feed has landed yet: `arthouse run` fetches them.",
    )


def gate(row: Row) -> str:
    """What the checks of a feed said, where they ran: not of what had not changed."""
    if row["check_count"] is None:
        return "unchanged, not judged again"
    number = display.number
    if row["refused_count"]:
        return f"refused by {number(row['refused_count'])} of {number(row['check_count'])} checks"
    return f"{number(row['passed_count'])} of {number(row['check_count'])} passed"
