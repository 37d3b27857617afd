"""The pages: their addresses, their names, and the order in which they are listed."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboards.reader import Release
from dashboards.views import (
    budgets,
    charts,
    genres,
    home,
    person,
    quality,
    reviews,
    sql,
    tables,
    title,
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `show` fills it from one release. The one without an address is the first.

    What is not listed is reached by a link that names a title or a person. `show_unpublished` is
    what it has to show while there is no release.
    """

    url_path: str
    title: str
    show: Callable[[Release], None]
    is_listed: bool = True
    show_unpublished: Callable[[], None] | None = None


PAGES = (
    Page("", "Home", home.show),
    Page("title", "Title", title.show, is_listed=False),
    Page("person", "Person", person.show, is_listed=False),
    Page("charts", "Charts", charts.show),
    Page("genres", "Genres & years", genres.show),
    Page("budgets", "Budgets", budgets.show),
    Page("reviews", "Reviews", reviews.show),
    Page("quality", "Quality", quality.show, show_unpublished=quality.show_unpublished),
    Page("tables", "Tables", tables.show),
    Page("sql", "SQL", sql.show),
)
