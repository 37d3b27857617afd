"""Numbers, spans, types and lists as title pages write them."""

import re
from decimal import Decimal

from ingest.feeds.pages.lines import wordings

# How pages word a title's type, and IMDb's code for it in its dumps.
TITLE_TYPES = {
    "movie": "movie",
    "short": "short",
    "tv series": "tvSeries",
    "tv mini-series": "tvMiniSeries",
    "tv mini series": "tvMiniSeries",
    "tv miniseries": "tvMiniSeries",
    "mini-series": "tvMiniSeries",
    "mini series": "tvMiniSeries",
    "tv movie": "tvMovie",
    "tv": "tvMovie",
    "tv episode": "tvEpisode",
    "episode": "tvEpisode",
    "tv short": "tvShort",
    "tv special": "tvSpecial",
    "tv pilot": "tvPilot",
    "video": "video",
    "video short": "video",
    "video game": "videoGame",
    "music video": "musicVideo",
    "podcast series": "podcastSeries",
    "podcast episode": "podcastEpisode",
}
# Every genre that IMDb's dumps have, and three that only pages show.
GENRES = {
    name.lower(): name
    for name in wordings(
        """
Action | Adult | Adventure | Animation | Biography | Comedy | Crime | Documentary | Drama | Family
Fantasy | Film-Noir | Game-Show | History | Horror | Music | Musical | Mystery | News | Reality-TV
Romance | Sci-Fi | Short | Sport | Talk-Show | Thriller | War | Western | Lifestyle | Experimental
Commercial
"""
    )
}
_RUN = re.compile(
    "|".join(sorted((re.escape(name) for name in GENRES.values()), key=len, reverse=True))
)
_HOURS = r"(?:(\d{1,3}) ?h(?:(?:ou)?rs?)?\b)?"
_MINUTES = r"(?:(\d{1,5}) ?m(?:in(?:ute)?s?)?\b)?"
_DURATION = re.compile(rf"(?:[A-Za-z .]{{2,30}}: ?)?{_HOURS} ?{_MINUTES}(?: ?\([^)]*\))*")
_ISO_DURATION = re.compile(r"PT?(?:(\d{1,3})H)?(?:(\d{1,5})M)?(?:\d+S)?")
_YEARS = re.compile(r"(\d{4})(?:/[IVX]+)?(?: ?([–—-]) ?(\d{4})?)?")  # noqa: RUF001
_SHORTENED = {"": 1, "K": 1_000, "M": 1_000_000, "B": 1_000_000_000}
_BIGGEST = 2_000_000_000


def whole(text: str) -> int | None:
    """A number as in `919,691`; `61K` and `2M` are what the page says, rounded as it is."""
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d)?([KMB]?)", text.strip())
    if not found or (found[2] and not found[3]):
        return None
    number = Decimal(found[1].replace(",", "") + (found[2] or "")) * _SHORTENED[found[3]]
    return int(number) if number <= _BIGGEST else None


def rating(text: str) -> Decimal | None:
    """An average of votes from 1 to 10."""
    if not re.fullmatch(r"\d{1,2}(\.\d)?", text):
        return None
    return Decimal(text) if 1 <= Decimal(text) <= 10 else None


def minutes(text: str) -> int | None:
    """A duration: `136 min`, `2h 16min`, `2 hours 16 minutes`, and schema.org's `PT2H16M`."""
    found = _ISO_DURATION.fullmatch(text) or _DURATION.fullmatch(text[:100])
    if not found or not (found[1] or found[2]):
        return None
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def years(text: str) -> tuple[int, int | None] | None:
    """The first year and, of a series that ended, the last."""
    found = _YEARS.fullmatch(text.strip())
    if not found or not 1800 <= int(found[1]) < 2200:
        return None
    return int(found[1]), int(found[3]) if found[3] else None


def title_type(text: str) -> str | None:
    """IMDb's code of a type as pages word it."""
    return TITLE_TYPES.get(text.strip().lower())


def genres(text: str) -> list[str] | None:
    """A list of genres and nothing else, or None; a naive capture may have run them together."""
    parts = [part.strip() for part in re.split(r"[|,·]", text)]
    if all(part.lower() in GENRES for part in parts):
        return [GENRES[part.lower()] for part in parts]
    found = _RUN.findall(text) if len(text) < 200 else []
    return found if found and "".join(found) == text else None
