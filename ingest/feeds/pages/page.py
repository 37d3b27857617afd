"""What a title page says: one dataclass per record of the lake tables of the feed `pages`."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


class NotATitlePageError(Exception):
    """A document that is no title page; `reason` says why not."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; its order among those of its kind is the order of `Page.facts`."""

    fact_kind: str
    fact_text: str


@dataclass(frozen=True, slots=True)
class Credit:
    """One person's part, or a role whose player the page does not name."""

    person_name: str | None
    imdb_person_id: int | None
    category: str
    job: str | None = None
    characters: tuple[str, ...] = ()
    is_star: bool = False
    episode_count: int | None = None
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Name:
    title_name: str
    region: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """`date_precision`: day, month or year; `release_date` is the first day of it."""

    country_code: str | None
    country_name: str | None
    release_date: date
    date_precision: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """`amount_kind`: budget, gross or opening_weekend; one per kind and area on a page."""

    amount_kind: str
    area: str
    amount: Decimal
    currency_code: str
    is_estimated: bool = False
    as_of_date: date | None = None


@dataclass(frozen=True, slots=True)
class Liked:
    """A title under "People who liked this also liked"; None where the block lost its heading."""

    liked_text: str
    imdb_title_id: int | None = None
    title: str | None = None
    title_type: str | None = None
    release_year: int | None = None
    genres: tuple[str, ...] = ()
    rating_average: Decimal | None = None
    outline: str | None = None
    directors: tuple[str, ...] = ()
    stars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A viewer's review as the page shows it."""

    body: str
    content_hash: int
    record_hash: int
    source_review_id: str | None = None
    reviewer: str | None = None
    reviewer_location: str | None = None
    rating_10: int | None = None
    headline: str | None = None
    review_date: date | None = None
    is_spoiler: bool | None = None
    helpful_count: int | None = None
    vote_count: int | None = None


@dataclass(frozen=True, slots=True)
class RejectedAmount:
    """Money that the page states and nobody can resolve."""

    text: str
    reason: str


@dataclass(slots=True)
class Page:
    """A title page: its single values, then its records in the page's order.

    `line_count` counts the lines that hold text; `unparsed_lines` are those of known sections
    that no rule understood.
    """

    layout: str = "text"
    imdb_title_id: int | None = None
    title: str | None = None
    original_title: str | None = None
    title_type: str | None = None
    series_imdb_title_id: int | None = None
    season_number: int | None = None
    episode_number: int | None = None
    release_year: int | None = None
    end_year: int | None = None
    runtime_minutes: int | None = None
    certificate: str | None = None
    rating_average: Decimal | None = None
    vote_count: int | None = None
    genres: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    also_liked: list[Liked] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    rejected_amounts: list[RejectedAmount] = field(default_factory=list)
    line_count: int = 0
    unparsed_lines: list[str] = field(default_factory=list)
