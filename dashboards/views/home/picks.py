"""What to see: short lists of films, different every year or every day."""

from datetime import UTC, datetime

from dashboards import links
from dashboards.reader import Release
from dashboards.views.home import shortlist


def show(release: Release) -> None:
    """Four short lists, none of them twice the same question."""
    today = datetime.now(UTC).date()
    rows = release.rows("home/picks", year=today.year, row_limit=shortlist.LENGTH)
    openings = release.rows(
        "home/openings",
        year=today.year,
        month=today.month,
        day=today.day,
        row_limit=shortlist.LENGTH,
    )
    named = {
        name: [row for row in rows if row["list_name"] == name]
        for name in ("best", "quiet", "anniversary")
    }
    lists = [
        shortlist.Shortlist(
            "Top of the charts",
            "Films by weighted rating, in which many votes count for more.",
            named["best"],
            shortlist.rating,
            shortlist.year,
            links.page("charts"),
            "The whole chart",
        ),
        shortlist.Shortlist(
            "Loved by a few",
            "The best rated of the films with votes enough to trust, but not many.",
            sorted(named["quiet"], key=lambda row: -row["rating_average"]),
            shortlist.rating,
            shortlist.year,
        ),
        shortlist.Shortlist(
            f"Round birthdays in {today.year}",
            "The best film of each of these years.",
            sorted(named["anniversary"], key=lambda row: row["release_year"]),
            lambda row: f"{today.year - row['release_year']} years",
            shortlist.year,
        ),
        shortlist.Shortlist(
            f"Opened on {today.day} {today:%B}",
            "Where a source gives the day.",
            openings,
            lambda row: f"{today.year - row['release_year']} years",
            shortlist.year,
        ),
    ]
    shortlist.show(lists, "Worth an evening")
