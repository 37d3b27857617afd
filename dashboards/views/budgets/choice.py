"""What a person wants to see of budgets: dollars, genre, decade, words of a title."""

from dataclasses import dataclass

import streamlit

from dashboards.reader import Row

# Groups of fewer films are drawn faint: one success would make their return.
FEW = 10
# A tick of money: `10M`, `1bn`, where Vega would write `1G`.
MONEY_TICKS = [step * 10**power for power in range(13) for step in (1, 3)]
MONEY_LABEL = "replace(format(datum.value, '~s'), 'G', 'bn')"
_ALL_GENRES = "All genres"
_ALL_DECADES = "All decades"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen; None where everything is wanted."""

    real_year: int | None
    genre: str | None
    decade: int | None
    words: str

    @property
    def is_real(self) -> bool:
        """Whether amounts are in the dollars of one year."""
        return self.real_year is not None

    @property
    def dollars(self) -> str:
        """The unit of amounts, for an axis."""
        return f"US dollars of {self.real_year}" if self.is_real else "US dollars of the release"

    @property
    def titles(self) -> dict[str, object]:
        """The parameters of a question about the titles that were chosen."""
        return {**self.dollars_and_genre, "decade": self.decade, "words": self.words}

    @property
    def dollars_and_genre(self) -> dict[str, object]:
        """The parameters of a question about decades."""
        return {"is_real": self.is_real, "genre": self.genre}


def ask(options: Row, real_year: int | None) -> Choice:
    """Ask by widgets, whose values are in the page's address."""
    decades = [f"{decade}s" for decade in options["decades"] if decade is not None]
    with streamlit.container(horizontal=True):
        dollars = streamlit.segmented_control(
            "Dollars",
            ["Nominal", "Real"],
            default="Nominal",
            required=True,
            key="dollars",
            bind="query-params",
        )
        genre = streamlit.selectbox(
            "Genre", [_ALL_GENRES, *(options["genres"] or [])], key="genre", bind="query-params"
        )
        decade = streamlit.selectbox(
            "Decade of release", [_ALL_DECADES, *decades], key="decade", bind="query-params"
        )
        words = streamlit.text_input("Title contains", key="words", bind="query-params")
    streamlit.caption(
        "Nominal dollars are those of the year of release; real ones are those of "
        f"{real_year}, by US consumer prices."
    )
    return Choice(
        real_year=real_year if dollars == "Real" else None,
        genre=None if genre == _ALL_GENRES else genre,
        decade=None if decade == _ALL_DECADES else int(decade.removesuffix("s")),
        words=words.strip(),
    )
