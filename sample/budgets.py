"""Invented budgets of IMDb's sample titles, in every format that the feed knows."""

import csv
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from sample import movielens
from sample.imdb import MARK

# As many films as `movielens` has of a sample: the best known ones.
FILM_COUNT = 400
# Nothing is counted after it.
LAST_YEAR = 2025
# Films that no other dump knows.
STRANGERS = 12
WIKIDATA_CSV, WIKIDATA_JSON = "wikidata_films.csv", "wikidata_films.json"
THE_NUMBERS, TMDB_5000, TMDB = (
    "the_numbers_movie_budgets.csv", "tmdb_5000_movies.csv", "movies_metadata.csv"
)  # fmt: skip

_WIKIDATA_HEADER = (
    "rotten_tomatoes_link wd_film_qid wd_film_label series_qid series_label franchise_qid"
    " franchise_label bom_film_id imdb_id tmdb_id budget_value budget_currency_qid budget_currency"
    " budget_asof budget_source box_office_value box_office_currency_qid box_office_currency"
    " box_office_asof box_office_region_qid box_office_region"
)
_THE_NUMBERS_HEADER = "id release_date movie production_budget domestic_gross worldwide_gross"
_TMDB_5000_HEADER = (
    "budget genres homepage id keywords original_language original_title overview popularity"
    " production_companies production_countries release_date revenue runtime spoken_languages"
    " status tagline title vote_average vote_count"
)
_TMDB_HEADER = (
    "adult belongs_to_collection budget genres homepage id imdb_id original_language"
    " original_title overview popularity poster_path production_companies production_countries"
    " release_date revenue runtime spoken_languages status tagline title video vote_average"
    " vote_count"
)

_ENTITY = "http://www.wikidata.org/entity/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DOLLAR, _UNITED_STATES, _WORLDWIDE = "Q4917", "Q30", "Q13780930"
# Items of currencies, each with about its units per dollar: of any year, and before the euro.
_CURRENCIES = (
    {"Q25224": 0.7, "Q80524": 60, "Q8146": 110, "Q1104069": 1.3, "Q259502": 1.3, "Q202040": 1200},
    {"Q16068": 1.7, "Q184172": 5.8, "Q204992": 1600},
)
_EURO, _EURO_YEAR = {"Q4916": 0.9}, 1999
_GENRE_IDS = {
    "Action": 28, "Adventure": 12, "Animation": 16, "Comedy": 35, "Crime": 80, "Documentary": 99,
    "Drama": 18, "Family": 10751, "Fantasy": 14, "History": 36, "Horror": 27, "Music": 10402,
    "Mystery": 9648, "Romance": 10749, "Sci-Fi": 878, "Thriller": 53, "War": 10752, "Western": 37,
}  # fmt: skip
# TMDB's ids of the sample's films are the ones that `movielens` links to.
_FILMS = """
    select
        tconst, movie_id, 2 + draw(tconst, 'tmdb') % 1200000 as tmdb_id, title, original,
        try_cast(startYear as integer) as release_year, coalesce(imdb_genres, '') as genres, worth
    from films
    qualify row_number() over (partition by tmdb_id order by movie_id) = 1
    order by movie_id
"""
_STRANGERS = f"""
    select
        null, 900000 + number, 1300000 + number,
        'The ' || pick('adjectives', draw(number, 'stranger')) || ' '
            || pick('nouns', draw(number, 'strange')) || ' of ' || pick('places', draw(number, '')),
        null, 1960 + (draw(number, 'year') % 60)::integer, 'Drama', 3.0::double
    from range(1, {STRANGERS + 1}) as numbers(number)
"""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Film:
    """A film and its money in US dollars; the files tell it each in its own way."""

    tconst: str | None
    number: int
    tmdb_id: int
    title: str
    original: str | None
    release: date | None
    genres: Sequence[str]
    budget: int
    domestic: int
    worldwide: int
    dice: Random

    @property
    def item(self) -> str:
        """Wikidata's id."""
        return f"Q{60_000_000 + 7 * self.number}"

    def chance(self, share: float) -> bool:
        return self.dice.random() < share


def generate(imdb: Path, out: Path, *, seed: int = 1) -> dict[str, int]:
    """Writes the five files into a folder.

    The two of Wikidata have different films, and so have TMDB's two, as a film of one source is
    one record. Some of Wikidata's films stand twice: a second gross, of another area, makes a
    second row of the query's answer.

    Args:
        imdb: a folder with the sample's title.basics and title.ratings.
        out: the folder, made if need be; files of the same names are replaced.
        seed: another seed, other films and amounts.

    Returns:
        Records by file name.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text(json.dumps({"films": FILM_COUNT, "seed": seed}), "utf-8")
    films = _films(imdb, out, seed)
    by_half = [[film for film in films if film.number % 2 == half] for half in (0, 1)]
    by_third = [[film for film in films if film.number % 3 == third] for third in (0, 1)]
    queried = [row for film in by_half[1] for row in _answers(film)]
    tables = {
        WIKIDATA_CSV: (_WIKIDATA_HEADER, [_exported(film) for film in by_half[0]]),
        THE_NUMBERS: (_THE_NUMBERS_HEADER, _listed([film for film in films if film.chance(0.6)])),
        TMDB_5000: (_TMDB_5000_HEADER, [_of_tmdb(film, json.dumps) for film in by_third[0]]),
        TMDB: (_TMDB_HEADER, [_of_tmdb(film, repr) for film in by_third[1]]),
    }
    for name, (header, rows) in tables.items():
        _write_csv(out / name, header, rows)
    (out / WIKIDATA_JSON).write_text(_result(queried), "utf-8")
    return {name: len(rows) for name, (_, rows) in tables.items()} | {WIKIDATA_JSON: len(queried)}


def _films(imdb: Path, out: Path, seed: int) -> list[Film]:
    with tempfile.TemporaryDirectory(dir=out, prefix=".sample-") as scratch:
        public = movielens.Public(imdb, Path(scratch), seed, 20 * FILM_COUNT)
        known = public.connection.execute(_FILMS).fetchall()
        strangers = public.connection.execute(_STRANGERS).fetchall()
        public.close()
    return [
        _film(*told, worth=worth, dice=Random(f"{seed} {told[1]}"))  # noqa: S311 - not a secret
        for *told, worth in (*known, *strangers)
    ]


def _film(
    tconst: str | None,
    number: int,
    tmdb_id: int,
    title: str,
    original: str | None,
    year: int | None,
    genres: str,
    *,
    worth: float,
    dice: Random,
) -> Film:
    budget = _rounded(min(4e8, dice.lognormvariate(16, 1.4)))
    worldwide = int(budget * dice.lognormvariate(0.6 * (worth - 3), 0.9))
    return Film(
        tconst, number, tmdb_id, title, original,
        date(year, dice.randint(1, 12), dice.randint(1, 28)) if year else None,
        genres.split(",") if genres else [],
        budget, int(worldwide * dice.uniform(0.1, 0.9)), worldwide, dice,
    )  # fmt: skip


def _rounded(amount: float) -> int:
    """Two digits that count, as budgets are told."""
    return int(float(f"{amount:.1e}"))


def _currency(film: Film) -> tuple[str, float]:
    """The item of the currency that the budget is told in, and its units per dollar."""
    if film.chance(0.7):
        return _DOLLAR, 1
    anytime, legacy = _CURRENCIES
    is_legacy = film.release is not None and film.release.year < _EURO_YEAR
    items = anytime | (legacy if is_legacy else _EURO)
    return film.dice.choice(list(items.items()))


def _exported(film: Film) -> Row:
    """A line of Wikidata's films as a table of them goes around: numbers have become floats."""
    slug = "".join(letter if letter.isalnum() else "_" for letter in film.title.casefold())
    row = {
        "rotten_tomatoes_link": f"m/{film.number}-{slug}",
        "wd_film_qid": film.item,
        "wd_film_label": film.title,
        "imdb_id": film.tconst or "",
        "tmdb_id": f"{film.tmdb_id}.0",
    }
    if film.chance(0.3):
        row["bom_film_id"] = slug.replace("_", "")
    if film.chance(0.1):
        row |= {"series_qid": f"Q{90_000_000 + film.number}", "series_label": f"{film.title} saga"}
    if film.chance(0.7):
        item, units = _currency(film)
        row |= {
            "budget_value": f"{_rounded(film.budget * units)}.0",
            "budget_currency_qid": item,
            "budget_source": "P2130" if film.chance(0.98) else "P2769",
        }
    if film.chance(0.6):
        row |= {"box_office_value": f"{film.worldwide}.0", "box_office_currency_qid": _DOLLAR}
        if film.release and film.chance(0.2):
            # What is not released yet has been counted nowhere; the sample knows no today.
            row["box_office_asof"] = f"{min(film.release.year, LAST_YEAR)}-01-01T00:00:00Z"
        if film.chance(0.1):
            row |= {"box_office_region_qid": _WORLDWIDE, "box_office_region": "worldwide"}
    return row


def _answers(film: Film) -> Iterable[Row]:
    """The rows that the query service answers about a film: one for each of its grosses."""
    row = {"wd_film_qid": film.item, "wd_film_label": film.title}
    if film.tconst:
        row |= {"imdb_id": film.tconst, "tmdb_id": str(film.tmdb_id)}
    if film.release:
        row["publication_date"] = f"{film.release}T00:00:00Z"
    if film.chance(0.7):
        item, units = _currency(film)
        row |= {"budget_value": str(_rounded(film.budget * units)), "budget_currency_qid": item}
    grosses = [(film.worldwide, _WORLDWIDE), (film.domestic, _UNITED_STATES)]
    told = film.dice.choices([0, 1, 2], [0.4, 0.54, 0.06])[0]
    for amount, region in grosses[:told]:
        gross = {"box_office_value": str(amount), "box_office_currency_qid": _DOLLAR}
        yield row | gross | {"box_office_region_qid": region}
    if not told:
        yield row


def _result(rows: Sequence[Row]) -> str:
    """The rows in SPARQL 1.1's JSON; what is not known has no binding."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    bindings = [{name: _binding(name, text) for name, text in row.items()} for row in rows]
    return json.dumps(
        {"head": {"vars": names}, "results": {"bindings": bindings}},
        ensure_ascii=False,
        indent=2,
    )


def _binding(name: str, text: str) -> Row:
    if name.endswith("_qid"):
        return {"type": "uri", "value": f"{_ENTITY}{text}"}
    if name.endswith("_label"):
        return {"xml:lang": "en", "type": "literal", "value": text}
    if name.endswith("_value"):
        return {"datatype": f"{_XSD}decimal", "type": "literal", "value": text}
    if name.endswith("_date"):
        return {"datatype": f"{_XSD}dateTime", "type": "literal", "value": text}
    return {"type": "literal", "value": text}


def _listed(films: Sequence[Film]) -> list[Row]:
    """The Numbers' table: dearest first, counted to a hundred again and again, without any id."""
    of_key = {(film.title, film.release): film for film in films}
    dearest = sorted(of_key.values(), key=lambda film: (-film.budget, film.number))
    return [
        {
            "id": str(place % 100 + 1),
            "release_date": f"{film.release:%b} {film.release.day}, {film.release.year}"
            if film.release
            else "Unknown",
            # as the copy that goes around has it: UTF-8 taken for Latin-1
            "movie": film.title.encode().decode("latin-1"),
            "production_budget": f"${film.budget:,}",
            **_grosses(film),
        }
        for place, film in enumerate(dearest)
    ]


def _grosses(film: Film) -> Row:
    """One film in twelve has none: $0 says that nobody knows."""
    domestic, worldwide = (0, 0) if film.chance(1 / 12) else (film.domestic, film.worldwide)
    return {"domestic_gross": f"${domestic:,}", "worldwide_gross": f"${worldwide:,}"}


def _of_tmdb(film: Film, write: Callable[[list[dict[str, object]]], str]) -> Row:
    """A line of either extract of TMDB: one has lists as JSON, the other as Python has them."""
    genres = [genre for genre in film.genres if genre in _GENRE_IDS]
    is_known = film.chance(0.8)
    return {
        "adult": "False",
        "budget": str(film.budget if film.chance(0.8) else 0),
        "genres": write([{"id": _GENRE_IDS[genre], "name": genre} for genre in genres]),
        "id": str(film.tmdb_id),
        "imdb_id": film.tconst or "",
        "keywords": write([]),
        "original_language": "en",
        "original_title": film.original or film.title,
        "overview": f'A film, "{film.title}",\nof which nothing is told.'
        if film.chance(0.1)
        else f"{film.title} is a film, of which nothing is told.",
        "popularity": f"{film.dice.uniform(0.5, 90):.6f}",
        "production_companies": write([]),
        "production_countries": write([{"iso_3166_1": "US", "name": "United States of America"}]),
        "release_date": str(film.release or ""),
        "revenue": str(film.worldwide if is_known else 0),
        "runtime": str(film.dice.randint(60, 190)),
        "spoken_languages": write([{"iso_639_1": "en", "name": "English"}]),
        "status": "Released",
        "title": film.title,
        "video": "False",
        "vote_average": f"{film.dice.uniform(3, 9):.1f}",
        "vote_count": str(film.dice.randint(1, 9000)),
    }


def _write_csv(path: Path, header: str, rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(
            stream, header.split(), restval="", extrasaction="ignore", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)
