"""The head of a page: what stands about the title before the first section."""

import re
from collections.abc import Callable

from ingest.feeds.pages import awards, details, titles, values
from ingest.feeds.pages.lines import Fate, Line
from ingest.feeds.pages.page import Fact, Page
from ingest.feeds.pages.sections import SECTIONS, Kind

_TYPE_WORD = (
    r"TV (?:Mini[- ]?)?Series|TV Miniseries|Mini-Series|TV Movie|TV Short|TV Special|TV Pilot"
    r"|TV Episode|Video Game|Video|Short|Music Video|Podcast Series|Podcast Episode|Episode"
)
_TYPED = re.compile(rf"({_TYPE_WORD})(?:\s+(?:(?:aired|released) )?(.*))?", re.IGNORECASE)
_CERTIFICATE = re.compile(
    r"G|PG|PG-13|R|NC-17|X|M|GP|M/PG|Approved|Passed|Unrated|Not Rated|UR|NR|E|E10\+|T|AO|EC|K-A"
    r"|RP|TV-[A-Z0-9-]{1,8}|[UA]A?|UA? ?\d{0,2}\+?|Banned|S|\d{1,2}[A-Z+]?|MA ?15\+|R ?18\+"
    r"|M ?18|PG ?\d+|AL|T\.P\.|Tous publics|o\.Al\.|FSK ?\d+|VM\d+|Btl|KT|C"
)
_RATED = re.compile(
    r"(?:Your rating: .{0,30}-/10 )?Ratings?: (?P<rating>[\d.]+|-)/10 from (?P<votes>[\d,]+) users?"
    r"(?: Metascore: (?P<meta>\d+)/100)?(?: \(based on .{1,40}\))?"
)
# The first of these layouts, of 2010 to 2012, tells them in one line.
_USERS = re.compile(
    r"Users: (?P<rating>[\d.]+|-)/10 \(?(?P<votes>[\d,]+) (?:votes?|users?)\)?"
    r"(?: (?P<user>[\d,]+) reviews?)?(?: ?\| ?Critics: (?P<critic>[\d,]+) reviews?)?"
)
_REVIEWS = re.compile(
    r"(?:Reviews: )?(?:(?P<user>[\d.,]+[KM]?) ?[Uu]ser(?: reviews?)?)?(?: ?\|? ?)"
    r"(?:(?P<critic>[\d.,]+[KM]?) ?[Cc]ritic(?: reviews?)?)?"
    r"(?: ?\| ?\d+ from Metacritic\.com)?"
)
_SEASON = re.compile(
    r"(?:(?P<series>.{1,200}): )?(?:Season (?P<season>\d{1,4})(?: ?[|,\u2022] ?)?"
    r"(?:Episode (?P<episode>\d{1,5}))?|S(?P<s>\d{1,4}) ?[.\u2022:]? ?E(?P<e>\d{1,5}))"
)
# Labels of the head that a list of names must not take for one.
LABELS = frozenset({"popularity", "moviemeter", "metascore", "imdb rating", "your rating", "rate"})
# The year 2020 alone is no "20" twice.
_TWICE = re.compile(r"(?!(?:19|20)\d\d$)(\d{4}(?:[\u2013-](?:\d{4})?)?|\S{1,8}) ?\1")
_SITE_WORDS = re.compile(
    r"Top (?:\d+|Rated)|See rank|View .*|Search for .*|If your account .*|Keep track of .*"
    r"|From \$.*|Watch .*|.*\bIMDbPro\b.*|On this (?:day|page).*"
)


def read(lines: list[Line], page: Page, doc: titles.Heading | None) -> None:
    """Read the head's lines; before the title, what no rule knows is the site's navigation."""
    title_at = find_title(lines, doc)
    if title_at is not None:
        _read_title(lines[title_at], page)
    read_more(lines, page)
    _read_outline(lines[title_at or 0 :], page)
    read_series(lines[: title_at or 0], page)
    first = next((at for at, line in enumerate(lines) if line.fate is Fate.CONSUMED), len(lines))
    for line in lines[: max(first, title_at or 0)]:
        line.fate = line.fate or Fate.NAVIGATION


def read_series(above: list[Line], page: Page) -> None:
    """An episode's series is linked above its title."""
    if page.title_type == "tvEpisode" and page.series_imdb_title_id is None:
        numbers = [number for line in above[-8:] for number in line.numbers("tt")]
        page.series_imdb_title_id = numbers[0] if numbers else None


def read_more(lines: list[Line], page: Page) -> None:
    """Read what stands in a line or two of its own, wherever in the head."""
    for at, line in enumerate(lines):
        if line.fate is None:
            _read_line(line, lines[at + 1] if at + 1 < len(lines) else None, page)


def find_title(lines: list[Line], doc: titles.Heading | None) -> int | None:
    """Where the title stands: the first heading, or the line that the document names.

    Else it is the first line that looks like a title and has what follows one.
    """
    for at, line in enumerate(lines):
        if line.level == 1 and line.text:
            return at
    for at, line in enumerate(lines):
        if doc and line.fate is None and _title(line.said).title == doc.title:
            return at
    end = next((at for at, line in enumerate(lines) if _ends_head(line)), len(lines))
    for at, line in enumerate(lines[:end]):
        if titles.read(line.said) and _is_followed(lines[at + 1 : at + 9]):
            is_series = any("Episode aired" in other.said for other in lines[at + 1 : at + 4])
            return at + 1 if is_series else at
        if line.said == "IMDb RATING":
            return _above_rating(lines[:at])
    return None


def _above_rating(lines: list[Line]) -> int | None:
    """In the layout of 2022 a title stands above its years, certificate and runtime."""
    at = len(lines) - 1
    while at > 0 and _read_part(_single(lines[at]), Page()):
        at -= 1
    if at > 0 and lines[at].said.startswith("Original title: "):
        at -= 1
    return at if 0 <= at < len(lines) - 1 else None


def _ends_head(line: Line) -> bool:
    kind = SECTIONS.get(line.said.lower().rstrip(":")) if len(line.said) < 80 else None
    return awards.holds(line.said) or kind in (Kind.LIKED, Kind.CAST)


def _title(text: str) -> titles.Heading:
    return titles.read(text) or titles.of_episode(text) or titles.Heading(text)


def _is_followed(lines: list[Line]) -> bool:
    return any(
        _RATED.fullmatch(line.said) or _is_bar(line.said) or line.said == "Your rating:"
        for line in lines
    )


def _is_bar(text: str) -> bool:
    parts = _bar(text)
    known = (values.minutes, values.genres, details.release_of)
    return len(parts) > 1 and len(text) < 300 and any(one(part) for part in parts for one in known)


def _read_title(line: Line, page: Page) -> None:
    heading = _title(line.take())
    page.title = heading.title
    page.title_type = heading.title_type
    page.release_year, page.end_year = heading.first_year, heading.last_year


def _bar(text: str) -> list[str]:
    """The parts of the line below the title: `R | 136 min - Action | Sci-Fi - 31 March 1999`."""
    return [part.strip() for part in re.split(r" \| | - ", text) if part.strip()]


def _read_line(line: Line, following: Line | None, page: Page) -> None:
    text = line.said
    if not text or len(text) > 400:
        return
    for reader in (_read_numbers, _read_rating, _read_original, _read_season, _read_labelled):
        if reader(line, following, page):
            line.take()
            return
    parts = _bar(_single(line))
    read = [_read_part(part, page) for part in parts]
    if all(read) or (len(parts) > 1 and sum(read) * 2 > len(parts)):
        line.take()
    elif _SITE_WORDS.fullmatch(text):
        line.fate = Fate.FURNITURE


def _single(line: Line) -> str:
    """The text once, where the layout of 2022 shows it twice; linked genres apart."""
    if found := _TWICE.fullmatch(line.said):
        return found[1]
    texts = [link.text for link in line.links]
    return ", ".join(texts) if "".join(texts) == line.said else line.said


def _read_part(part: str, page: Page) -> bool:
    """One part of the line below the title, or a line of the layout of 2022 that is one."""
    readers: tuple[Callable[[str, Page], bool], ...] = (
        _read_genres, _read_minutes, _read_years, _read_release, _read_type, _read_certificate,
    )  # fmt: skip
    return any(reader(part, page) for reader in readers)


def _read_genres(part: str, page: Page) -> bool:
    found = values.genres(part)
    page.genres += [name for name in found or () if name not in page.genres]
    return bool(found)


def _read_minutes(part: str, page: Page) -> bool:
    found = values.minutes(part)
    page.runtime_minutes = page.runtime_minutes or found
    return found is not None


def _read_years(part: str, page: Page) -> bool:
    found = values.years(part)
    if found and page.release_year is None:
        page.release_year, page.end_year = found
    return found is not None


def _read_release(part: str, page: Page) -> bool:
    found = details.release_of(part)
    if found and found not in page.releases:
        page.releases.append(found)
    return found is not None


def _read_type(part: str, page: Page) -> bool:
    found = _TYPED.fullmatch(part)
    if not found:
        return False
    rest = (found[2] or "").strip()
    if rest and not (_read_years(rest.strip("()"), page) or _read_release(rest, page)):
        return False
    page.title_type = page.title_type or values.title_type(found[1])
    return True


def _read_certificate(part: str, page: Page) -> bool:
    if not _CERTIFICATE.fullmatch(part):
        return False
    page.certificate = page.certificate or part
    return True


def _read_numbers(line: Line, following: Line | None, page: Page) -> bool:
    """`8.7/10` or `8.7`, the votes on the next line; or a metascore above its label."""
    text = line.said
    found = re.fullmatch(r"(\d{1,3}(?:\.\d)?)(/10)?", text)
    if not found:
        return False
    after = following.said if following else ""
    if after.lower() == "metascore" and not found[2]:
        return _add(page, "metascore", text)
    average = values.rating(found[1])
    if average is None or not (found[2] or "." in text):
        return False
    page.rating_average = page.rating_average or average
    votes = values.whole(after) if found[2] else None
    if votes is not None and following and following.fate is None:
        following.take()
        page.vote_count = page.vote_count or votes
    return True


def _read_rating(line: Line, _: Line | None, page: Page) -> bool:
    found = _RATED.fullmatch(line.said) or _USERS.fullmatch(line.said)
    if not found:
        return False
    page.rating_average = page.rating_average or values.rating(found["rating"])
    page.vote_count = page.vote_count or values.whole(found["votes"])
    kinds = {"meta": "metascore", "user": "user_review_count", "critic": "critic_review_count"}
    for name, count in found.groupdict().items():
        if count and name in kinds:
            _add(page, kinds[name], count)
    return True


def _read_original(line: Line, _: Line | None, page: Page) -> bool:
    found = re.fullmatch(r"Original title: (.+)|\"?(.+?)\"? ?\(original title\)", line.said)
    if found:
        page.original_title = found[1] or found[2]
    return found is not None


def _read_season(line: Line, _: Line | None, page: Page) -> bool:
    found = _SEASON.fullmatch(line.said)
    if not found:
        return False
    season, episode = found["season"] or found["s"], found["episode"] or found["e"]
    page.season_number = int(season)
    page.episode_number = int(episode) if episode else None
    page.title_type = page.title_type or "tvEpisode"
    numbers = line.numbers("tt")
    page.series_imdb_title_id = page.series_imdb_title_id or (numbers[0] if numbers else None)
    return True


def _read_labelled(line: Line, following: Line | None, page: Page) -> bool:
    """Counts: reviews, the metascore, how popular the title is."""
    text = line.said
    if text.lower() in ("popularity", "moviemeter"):
        return _read_rank(following, page)
    if found := re.fullmatch(
        r"(\d{1,3}) ?Metascore|Metascore: (\d{1,3})(?:/100)?(?: \(.{1,60}\))?", text
    ):
        return _add(page, "metascore", found[1] or found[2])
    counts = _REVIEWS.fullmatch(text) if re.search(r"\d", text) else None
    for name in ("user", "critic"):
        if counts and counts[name]:
            _add(page, f"{name}_review_count", counts[name])
    return counts is not None and bool(counts["user"] or counts["critic"])


def _read_rank(following: Line | None, page: Page) -> bool:
    rank = re.fullmatch(
        r"(Top [\d,]+|[\d,]+)(?: \(\s*[\d,]+\))?", following.said if following else ""
    )
    if rank and following:
        following.take()
        _add(page, "popularity", rank[1])
    return True


def _add(page: Page, kind: str, text: str) -> bool:
    if not any(fact.fact_kind == kind for fact in page.facts):
        page.facts.append(Fact(kind, text))
    return True


def _read_outline(lines: list[Line], page: Page) -> None:
    """The first paragraph that nothing else explains."""
    for line in lines:
        is_sentence = len(line.said) >= 30 or line.said.endswith((".", "!", "?", "\u2026"))
        if line.fate is None and is_sentence and " " in line.said:
            _add(page, "outline", _once(line.take()))
            return


def _once(text: str) -> str:
    """A text that stands there two or three times without a gap, once."""
    for times in (2, 3):
        part = text[: len(text) // times]
        if part * times == text:
            return part
    return text


def is_above_title(line: Line) -> bool:
    """Whether a line is of those that some layouts show above the title.

    They are the average, how popular the title is, and an episode's series and number.
    """
    text = line.said
    is_rating = re.fullmatch(r"\d{1,2}(?:\.\d)?/10", text) is not None
    is_rank = text.lower() in ("popularity", "moviemeter")
    return is_rating or is_rank or _SEASON.fullmatch(text) is not None


def type_unsaid(page: Page) -> str | None:
    """The type of a title that the page does not word.

    A heading without one is a film's, or a short film's. Where a capture lost the heading, a
    keyword may word it: "tv mini series" is IMDb's own keyword for one.
    """
    if page.title is not None:
        return "short" if "Short" in page.genres else "movie"
    worded = [values.title_type(word) for word in page.keywords if word.startswith("tv ")]
    return next(filter(None, worded), None)
