"""How every page is shown: on one release, under its banner, and with words for what goes wrong."""

from dashboards import banner, markup, problems, reader
from dashboards.navigation import Page
from warehouse.connect import NotPublishedError


def show(page: Page) -> None:
    """Resolve the release that readers see now, once, and let the page ask nothing else."""
    with problems.told():
        try:
            release = reader.current()
        except NotPublishedError as error:
            banner.wait()
            markup.show("problem.html", heading="Nothing is published yet", detail=str(error))
            if page.show_unpublished:
                page.show_unpublished()
            return
        banner.show(release)
        page.show(release)
