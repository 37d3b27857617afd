"""How values are written for people: separators, units, dates, names. Unknown is never zero.

Each function is a filter of the templates, too.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

Number = int | float | Decimal

UNKNOWN = "–"
_TITLE_TYPES = {
    "movie": "Film",
    "short": "Short film",
    "tvMovie": "TV film",
    "tvSeries": "TV series",
    "tvMiniSeries": "TV mini-series",
    "tvEpisode": "TV episode",
    "tvSpecial": "TV special",
    "tvShort": "TV short",
    "tvPilot": "TV pilot",
    "video": "Video",
    "videoGame": "Video game",
}
_SOURCES = {
    "ieee": "IEEE DataPort",
    "imdb": "IMDb",
    "kaggle": "Kaggle (IMDb 50k)",
    "movielens": "MovieLens",
    "movietweetings": "MovieTweetings",
    "page": "Saved title pages",
    "spoiler": "Kaggle (spoilers)",
    "stanford": "Stanford",
    "the_numbers": "The Numbers",
    "tmdb": "TMDB",
    "wikidata": "Wikidata",
}
_COMPACT = ((1e12, "T"), (1e9, "bn"), (1e6, "M"), (1e3, "k"))


def number(value: Number | None, digits: int = 0) -> str:
    """`1,234.5`: separators of thousands, a point, so many digits behind it."""
    return UNKNOWN if value is None else f"{value:,.{digits}f}"


def compact(value: Number | None) -> str:
    """`1.2M`: three figures at most, for a card."""
    if value is None:
        return UNKNOWN
    for unit, letter in _COMPACT:
        scaled = float(value) / unit
        # 999,950 is a million when it has three figures, not 1000k.
        if abs(scaled) >= 0.9995:
            return f"{scaled:.{0 if abs(scaled) >= 99.95 else 1}f}".removesuffix(".0") + letter
    return f"{value:,.0f}"


def rating(value: Number | None) -> str:
    """`8.7`, of 10."""
    return number(value, 1)


def year(value: int | None) -> str:
    """`1999`, never `1,999`."""
    return UNKNOWN if value is None else str(value)


def years(first: int | None, last: int | None = None, *, is_open: bool = False) -> str:
    """`2008–2013`; `2019–` for what has not ended; one year where both are the same."""
    if first is None and last is None:
        return ""
    if is_open and last is None:
        return f"{first}–"
    return year(first) if last in (None, first) else f"{year(first)}–{year(last)}"


def title_years(title: dict[str, object]) -> str:
    """A title's year, or a series' first and last."""
    first, last = title.get("release_year"), title.get("end_year")
    if not isinstance(first, int | None) or not isinstance(last, int | None):
        raise TypeError(f"years are whole numbers, not {first!r} and {last!r}")
    is_series = title.get("title_type") in ("tvSeries", "tvMiniSeries")
    return years(first, last, is_open=is_series and title.get("title_type") == "tvSeries")


def runtime(minutes: int | None) -> str:
    """`2 h 16 min`."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (hours and f"{hours} h", rest and f"{rest} min") if part)


def money(amount: Number | None, currency: str | None, *, short: bool = False) -> str:
    """`CAD 12,000,000`, or `CAD 12M`: the ISO 4217 code, for a sign names several currencies."""
    if amount is None:
        return UNKNOWN
    return f"{currency or '?'} {compact(amount) if short else number(amount)}"


def share(value: Number | None, digits: int = 1) -> str:
    """A share of 1 as `95.3 %`."""
    return UNKNOWN if value is None else f"{float(value) * 100:.{digits}f} %"


def times(value: Number | None) -> str:
    """`3.4×`: a return on budget."""
    return UNKNOWN if value is None else f"{value:,.{1 if abs(float(value)) < 100 else 0}f}×"


def change(value: Number | None, digits: int = 1) -> str:
    """`+0.3` or `−0.3`, with a true minus."""
    if value is None:
        return UNKNOWN
    return f"{value:+,.{digits}f}".replace("-", "\N{MINUS SIGN}")


def size(byte_count: int | None) -> str:
    """Bytes as `12.4 MB`."""
    if byte_count is None:
        return UNKNOWN
    value = float(byte_count)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.{0 if unit == 'B' else 1}f} {unit}"
        value /= 1000
    return f"{value:,.1f} TB"


def seconds(value: Number | None) -> str:
    """`0.4 s`, `1 min 3 s`, `2 h 5 min`."""
    if value is None:
        return UNKNOWN
    if value < 60:
        return f"{value:.1f} s"
    minutes, rest = divmod(round(value), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else runtime(minutes)


def day(value: date | None, precision: str | None = "day") -> str:
    """`31 March 1999`, `March 1999` or `1999`: as exact as the source is."""
    if value is None:
        return UNKNOWN
    if precision == "year":
        return str(value.year)
    month = f"{value:%B %Y}"
    return month if precision == "month" else f"{value.day} {month}"


def instant(value: datetime | str | None) -> str:
    """`2026-11-25 09:08 UTC`."""
    moment = _moment(value)
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else UNKNOWN


def ago(value: datetime | str | None, now: datetime | None = None) -> str:
    """`3 h ago`; the future, which a wrong clock makes, is `just now`."""
    moment = _moment(value)
    if moment is None:
        return UNKNOWN
    passed = ((now or datetime.now(UTC)) - moment).total_seconds()
    for length, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if passed >= length:
            return f"{int(passed // length):,} {unit} ago"
    return "just now"


def title_type(value: str | None) -> str:
    """IMDb's word for a kind of title, in plain English."""
    return _TITLE_TYPES.get(value, value) if value else "Title"


def title_name(name: str | None, title_id: int) -> str:
    """What a title is called; one that no dump names, by IMDb's id of it, or by ours."""
    return name or (f"Title tt{title_id:07d}" if title_id > 0 else f"Title {title_id}")


def category(value: str | None) -> str:
    """A kind of credit: `casting_director` is `Casting director`."""
    return value.replace("_", " ").capitalize() if value else "Credit"


def source(name: str | None) -> str:
    """A source in a word or two; the quality and tables pages name its publisher in full."""
    return _SOURCES.get(name, name) if name else UNKNOWN


def _moment(value: datetime | str | None) -> datetime | None:
    """An instant with its zone: times in a release are UTC without saying so."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
