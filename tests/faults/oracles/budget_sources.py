"""What one record of each source says: Wikidata, The Numbers, TMDB."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from ingest import reference
from tests.faults.oracles.budget import (
    Kind,
    Record,
    Stated,
    day,
    decimal,
    film,
    number,
    title_id,
    whole,
)  # fmt: skip

WIKIDATA = ("wd_film_qid", "wd_film_label", "imdb_id", "budget_value", "budget_currency_qid",
            "box_office_value", "box_office_currency_qid")  # fmt: skip
WIKIDATA_MORE = ("tmdb_id", "publication_date", "budget_asof", "box_office_asof",
                 "box_office_region_qid")  # fmt: skip
THE_NUMBERS = ("release_date", "movie", "production_budget", "domestic_gross", "worldwide_gross")
TMDB = ("id", "title", "release_date", "budget", "revenue")
TMDB_MORE = ("imdb_id", "original_title")
_INSTANT = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}(T00:00:00Z)?"
_DOLLARS = r"-?\$-?([0-9]{1,3}(,[0-9]{3})*|[0-9]+)(\.[0-9]{1,2})?"
_NO_DOLLARS = "not an amount in US dollars ($425,000,000)"
Texts = Mapping[str, str | None]


def wikidata(line: int, texts: Texts) -> Record:
    """An item of Wikidata."""
    said = {name: _plain(texts.get(name)) for name in (*WIKIDATA, *WIKIDATA_MORE)}
    qid, title = said["wd_film_qid"], said["wd_film_label"]
    if qid is None:
        return Record(line, "no value", "wd_film_qid")
    if not re.fullmatch("Q[1-9][0-9]*", qid):
        return Record(line, "not an item (Q and digits)", "wd_film_qid")
    made = film(
        "wikidata", qid, title_id=title_id(said["imdb_id"]), qid=qid, tmdb=whole(said["tmdb_id"]),
        title=None if title == qid else title, day=day(said["publication_date"], _INSTANT),
    )  # fmt: skip
    amounts = (_valued(said, "budget", "budget", None),
               _valued(said, "box_office", "gross", said["box_office_region_qid"]))  # fmt: skip
    return Record(line, film=made, amounts=tuple(one for one in amounts if one is not None))


def _plain(text: str | None) -> str | None:
    """A text without the address around an item; None for a blank node's."""
    if text is None or "/.well-known/genid/" in text:
        return None
    found = re.fullmatch(r"https?://www\.wikidata\.org/entity/(Q[1-9][0-9]*)", text)
    return found[1] if found else text


def _valued(said: Texts, prefix: str, name: str, region: str | None) -> Stated | None:
    text, currency = said[f"{prefix}_value"], said[f"{prefix}_currency_qid"]
    if text is None:
        return None
    places = {**reference.countries_by_wikidata_id(), "Q2": "worldwide", "Q13780930": "worldwide"}
    area = "unspecified" if region is None else places.get(region)
    code = reference.currencies_by_wikidata_id().get(currency or "")
    as_of = day(said[f"{prefix}_asof"], _INSTANT)

    def reasons() -> Iterator[str]:
        if currency in (None, "Q199"):
            yield "no currency"
        if code is None:
            yield f"the currency {currency} is in no list, or means several"
        if said[f"{prefix}_asof"] is not None and as_of is None:
            yield "its point in time is not a date"
        if area is None:
            yield f"the area {region} is no country of the list"

    kind = Kind(f"{prefix}_value", name, area, currency=code, as_of=as_of)
    return kind.stated(number(text), reasons())


def the_numbers(line: int, texts: Texts) -> Record:
    """A film of The Numbers, which has no id."""
    movie, said = texts["movie"], texts["release_date"]
    if movie is None:
        return Record(line, "no value", "movie")
    shown = _shown(said)
    year = int(said or "") if re.fullmatch("[1-9][0-9]{3}", said or "") else None
    if said not in (None, "Unknown") and not (shown or year):
        return Record(line, "not a date (Dec 18, 2009), a year or Unknown", "release_date")
    title = _righted(movie)
    key = f"{title} ({shown or year or 'unknown'})"
    kinds = (Kind("production_budget", "budget", "unspecified", _NO_DOLLARS),
             Kind("domestic_gross", "gross", "domestic", _NO_DOLLARS),
             Kind("worldwide_gross", "gross", "worldwide", _NO_DOLLARS))  # fmt: skip
    amounts = [
        kind.stated(decimal(re.sub("[$,]", "", text)) if re.fullmatch(_DOLLARS, text) else None)
        for kind in kinds
        if (text := texts[kind.column]) is not None
    ]
    made = film("the_numbers", key, title=title, day=shown, year=year)
    return Record(line, film=made, amounts=tuple(amounts))


def _shown(text: str | None) -> date | None:
    if not re.fullmatch("[A-Z][a-z]{2} [0-9]{1,2}, [1-9][0-9]{3}", text or ""):
        return None
    try:
        return datetime.strptime(text or "", "%b %d, %Y").date()  # noqa: DTZ007 - a day alone
    except ValueError:
        return None


def _righted(movie: str) -> str:
    """A title whose UTF-8 was taken for Latin-1, set right."""
    if re.search("[\xc2-\xf4][\x80-\xbf]", movie) and max(movie) <= "\xff":
        try:
            return movie.encode("latin-1").decode()
        except UnicodeDecodeError:
            return movie
    return movie


def tmdb(line: int, texts: Texts) -> Record:
    """A film of TMDB."""
    key, said = whole(texts["id"]), texts["release_date"]
    if key is None:
        return Record(line, "no value" if texts["id"] is None else "not a whole number", "id")
    if said is not None and day(said) is None:
        return Record(line, "not a date (2009-12-18)", "release_date")
    kinds = Kind("budget", "budget", "unspecified"), Kind("revenue", "gross", "worldwide")
    amounts = [
        kind.stated(number(text)) for kind in kinds if (text := texts[kind.column]) is not None
    ]
    made = film(
        "tmdb", str(key), title_id=title_id(texts.get("imdb_id")), tmdb=key, day=day(said),
        title=texts["title"], original=texts.get("original_title"),
    )  # fmt: skip
    return Record(line, film=made, amounts=tuple(amounts))
