"""A document of the web to the title page it holds."""

from ingest.feeds.pages.page import NotATitlePageError, Page


def parse_text(text: str, url: str | None = None) -> Page:
    """Read a page that a crawl or a person kept as plain text."""
    if not text.strip():
        raise NotATitlePageError("the document is empty")
    return Page()


def parse_html(html: bytes | str, url: str | None = None) -> Page:
    """Read a page as HTML."""
    if not html.strip():
        raise NotATitlePageError("the document is empty")
    return Page()
