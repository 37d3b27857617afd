"""What a person wants to see of genres and years: a type of title, genres, a span of years."""

from dataclasses import dataclass

import streamlit

from dashboards import display, markup
from dashboards.reader import Release, Row

# A mean or a median of fewer titles says more of them than of their year.
FEW = 10
# Of the oldest film that IMDb lists, Passage de Vénus; an earlier year is a slip.
_EARLIEST_YEAR = 1874
_ALL_TYPES = "All types"
_USUAL_TYPE = "movie"
# As many as are told apart by colour; a few to begin with.
_MOST_GENRES = 8
_GENRES_AT_FIRST = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. `title_type` is None for all types; `present_year` is not over."""

    title_type: str | None
    genres: tuple[str, ...]
    first_year: int
    last_year: int
    present_year: int

    @property
    def open_year(self) -> int | None:
        """The present year, if it is one of those chosen."""
        return self.present_year if self.last_year == self.present_year else None

    @property
    def of_type(self) -> str:
        """The type in a sentence: `of type film`."""
        if self.title_type is None:
            return "of all types"
        name = display.title_type(self.title_type)
        return f"of type {name if name.startswith('TV') else name.lower()}"

    @property
    def years(self) -> dict[str, object]:
        """The parameters of a question about the years that were chosen."""
        return {"first_year": self.first_year, "last_year": self.last_year}

    @property
    def genre_years(self) -> dict[str, object]:
        """The parameters of a question about the genres and years that were chosen."""
        return {"title_type": self.title_type, "genres": self.genres, **self.years}


def ask(release: Release) -> Choice | None:
    """Ask by widgets, whose values are in the page's address; None where no title has a year."""
    for_type, for_genres, for_years = streamlit.columns([1, 2, 2])
    with for_type:
        title_type = _ask_type(release)
    sizes = [row["genre_name"] for row in release.rows("genres/sizes", title_type=title_type)]
    span = release.rows("genres/span", title_type=title_type, earliest_year=_EARLIEST_YEAR)[0]
    if not sizes or span["first_year"] is None:
        return None
    with for_genres:
        genres = _ask_genres(sizes)
    with for_years:
        first_year, last_year = _ask_years(span)
    is_open = last_year == span["present_year"]
    markup.show("genres/span.html", span=span, is_open=is_open, earliest_year=_EARLIEST_YEAR)
    return Choice(
        title_type=title_type,
        genres=tuple(genres or _first_genres(sizes)),
        first_year=first_year,
        last_year=last_year,
        present_year=span["present_year"],
    )


def _ask_type(release: Release) -> str | None:
    types = [row["title_type"] for row in release.rows("genres/types")]
    by_name = {display.title_type(title_type): title_type for title_type in types}
    names = [_ALL_TYPES, *by_name]
    usual = display.title_type(_USUAL_TYPE)
    chosen = streamlit.selectbox(
        "Type",
        names,
        index=names.index(usual) if usual in names else 0,
        key="title_type",
        bind="query-params",
    )
    return by_name.get(chosen)


def _ask_genres(sizes: list[str]) -> list[str]:
    return streamlit.multiselect(
        "Genres",
        sorted(sizes),
        key="genres",
        bind="query-params",
        max_selections=_MOST_GENRES,
        placeholder=", ".join(_first_genres(sizes)),
    )


def _first_genres(sizes: list[str]) -> list[str]:
    """Those with most titles; whoever wants adult titles asks for them."""
    return [name for name in sizes if name != "Adult"][:_GENRES_AT_FIRST]


def _ask_years(span: Row) -> tuple[int, int]:
    first_year, present_year = span["first_year"], span["present_year"]
    if first_year == present_year:
        return first_year, present_year
    years: tuple[int, int] = streamlit.slider(
        "Years of release",
        first_year,
        present_year,
        (first_year, present_year),
        key="years",
        bind="query-params",
    )
    return years
