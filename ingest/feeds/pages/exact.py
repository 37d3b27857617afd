"""What a page states exactly in JSON for machines: ids, ratings, dates, people.

schema.org's JSON-LD since 2017, and `__NEXT_DATA__` since 2021. It may be anything: a page is
written by others. Nothing here replaces what the page shows; it makes it exact or fills a gap.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ingest.feeds.pages import dates, values
from ingest.feeds.pages.lines import clean
from ingest.feeds.pages.page import Fact, Page, Release
from ingest.feeds.pages.people import Credits, Person

_TYPES = {
    "TVSeries": "tvSeries",
    "TVEpisode": "tvEpisode",
    "VideoGame": "videoGame",
    "MusicVideoObject": "musicVideo",
    "PodcastSeries": "podcastSeries",
    "PodcastEpisode": "podcastEpisode",
}
_WORKS = frozenset({*_TYPES, "Movie", "CreativeWork", "Episode"})
_DEEPEST = 40


@dataclass(slots=True)
class Exact:
    """`work` is the JSON-LD of the title; `next_page` the page's own data."""

    work: dict[str, Any] = field(default_factory=dict)
    next_page: dict[str, Any] = field(default_factory=dict)

    @property
    def title_id(self) -> int | None:
        """The id that the page states of itself."""
        return number(_text(self.next_page.get("tconst"))) or number(_text(self.work.get("url")))

    @property
    def title(self) -> str | None:
        """The title, for a page whose heading is lost."""
        return _text(self.work.get("name")) or None


def number(text: str) -> int | None:
    """The number in a title's id, or in an address that holds one."""
    found = re.search(r"(?:^|/title/)tt(\d{1,18})\b", text)
    return int(found[1]) if found else None


def read(linked_data: Iterable[str], next_data: str) -> Exact:
    """The JSON of a page; what is no JSON, or says nothing of a title, is as if it were absent."""
    works = [work for text in linked_data for work in _works(_load(text))]
    page = _at(_load(next_data), "props", "pageProps")
    return Exact(works[0] if works else {}, page if isinstance(page, dict) else {})


def apply(exact: Exact, page: Page, credits_: Credits) -> None:
    """Make the page's values exact, and fill the gaps."""
    _apply_work(exact.work, page)
    _apply_people(exact.work, page, credits_)
    for part in ("aboveTheFoldData", "mainColumnData"):
        if isinstance(exact.next_page.get(part), dict):
            _apply_next(exact.next_page[part], page)


def _apply_work(work: dict[str, Any], page: Page) -> None:
    rating = work.get("aggregateRating")
    if isinstance(rating, dict):
        page.rating_average = values.rating(_text(rating.get("ratingValue"))) or page.rating_average
        page.vote_count = values.whole(_text(rating.get("ratingCount"))) or page.vote_count
    page.title_type = page.title_type or _TYPES.get(_text(work.get("@type")))
    page.certificate = page.certificate or _text(work.get("contentRating")) or None
    page.runtime_minutes = page.runtime_minutes or values.minutes(_text(work.get("duration")))
    if not page.genres:
        page.genres += [values.GENRES.get(name.lower(), name) for name in _texts(work.get("genre"))]
    if not page.keywords:
        words = _text(work.get("keywords")).split(",")
        page.keywords += dict.fromkeys(word.strip() for word in words if word.strip())
    if not any(fact.fact_kind == "outline" for fact in page.facts) and work.get("description"):
        page.facts.append(Fact("outline", _text(work["description"])))
    published = dates.read(_text(work.get("datePublished")))
    if published and not page.releases:
        page.releases.append(Release(None, None, *published))


def _apply_people(work: dict[str, Any], page: Page, credits_: Credits) -> None:
    """People whom the page did not show, as a text capture of it does not; ids come with them."""
    del page
    shown = {credit.category for credit in credits_.items}
    for key, category in (("director", "director"), ("creator", "writer")):
        if category not in shown:
            credits_.add(_people(work.get(key)), category)
    if not credits_.stars:
        credits_.stars += _people(work.get("actor"))


def _apply_next(data: dict[str, Any], page: Page) -> None:
    votes = _at(data, "ratingsSummary", "voteCount")
    page.vote_count = _bounded(votes) or page.vote_count
    page.title_type = _text(_at(data, "titleType", "id")) or page.title_type
    series = _at(data, "series", "series", "id")
    page.series_imdb_title_id = number(_text(series)) or page.series_imdb_title_id
    episode = _at(data, "series", "episodeNumber")
    if isinstance(episode, dict):
        page.season_number = _bounded(episode.get("seasonNumber")) or page.season_number
        page.episode_number = _bounded(episode.get("episodeNumber")) or page.episode_number
    original = _text(_at(data, "originalTitleText", "text"))
    if original and original != page.title:
        page.original_title = page.original_title or original
    _apply_liked(_at(data, "moreLikeThisTitles", "edges"), page)
    _apply_reviews(_at(data, "featuredReviews", "edges"), page)


def _apply_liked(edges: Any, page: Page) -> None:  # noqa: ANN401
    """Type, year and genres of the liked titles that the page shows by name only."""
    nodes = {number(_text(node.get("id"))): node for node in _nodes(edges)}
    for at, liked in enumerate(page.also_liked):
        node = nodes.get(liked.imdb_title_id) if liked.imdb_title_id else None
        if node is None:
            continue
        page.also_liked[at] = replace(
            liked,
            title_type=liked.title_type or _text(_at(node, "titleType", "id")) or None,
            release_year=liked.release_year or _year(_at(node, "releaseYear", "year")),
            genres=liked.genres or tuple(_genres(node)),
        )


def _genres(node: dict[str, Any]) -> Iterator[str]:
    """The genres of a card: the site has moved them once."""
    for genre in _list(_at(node, "titleCardGenres", "genres")):
        yield _text(_at(genre, "text"))
    for genre in _list(_at(node, "titleGenres", "genres")):
        yield _text(_at(genre, "genre", "text"))


def _apply_reviews(edges: Any, page: Page) -> None:  # noqa: ANN401
    for node in _nodes(edges):
        headline = _text(_at(node, "summary", "originalText"))
        who = _text(_at(node, "author", "nickName"))
        for at, review in enumerate(page.reviews):
            if (review.headline, review.reviewer) == (headline, who) and node.get("id"):
                page.reviews[at] = replace(review, source_review_id=_text(node["id"]))


def _load(text: str) -> Any:  # noqa: ANN401
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _works(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    items = data if isinstance(data, list) else [data]
    for item in items[:_DEEPEST]:
        if isinstance(item, dict) and _text(item.get("@type")) in _WORKS:
            yield item


def _at(data: Any, *path: str) -> Any:  # noqa: ANN401
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _list(data: Any) -> list[Any]:  # noqa: ANN401
    return data if isinstance(data, list) else []


def _nodes(edges: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    for edge in _list(edges):
        node = _at(edge, "node")
        if isinstance(node, dict):
            yield node


def _text(data: Any) -> str:  # noqa: ANN401
    """A value's text; since 2021 the site escapes its JSON-LD twice."""
    if isinstance(data, str):
        return clean(html.unescape(data[:20_000]))
    return str(data) if isinstance(data, int | float) and not isinstance(data, bool) else ""


def _texts(data: Any) -> list[str]:  # noqa: ANN401
    return [text for item in (_list(data) or [data]) if (text := _text(item))]


def _people(data: Any) -> list[Person]:  # noqa: ANN401
    people = []
    for item in _list(data) or [data]:
        name = _text(_at(item, "name"))
        found = re.search(r"/name/nm(\d{1,18})\b", _text(_at(item, "url")))
        if name and _text(_at(item, "@type")) == "Person":
            people.append(Person(name, int(found[1]) if found else None))
    return people


def _bounded(data: Any) -> int | None:  # noqa: ANN401
    is_number = isinstance(data, int) and not isinstance(data, bool)
    return data if is_number and 0 <= data <= 2_000_000_000 else None


def _year(data: Any) -> int | None:  # noqa: ANN401
    year = _bounded(data)
    return year if year and date.min.year < year < 3000 else None
