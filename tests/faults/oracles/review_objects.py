"""What JSON of reviews must become, where every reader agrees on what it says."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ingest import digest
from tests.faults.oracles import review
from tests.faults.oracles.review import Read, Row
from tests.faults.oracles.verdict import BOM, GAP, RefusedError, UnsureError
from tests.unit.ingest import oracle

_NAMED = re.compile(
    rf"(.*[^\t\n\f\r ]){GAP}*\((?:[^()]*?[^()0-9])??([1-9][0-9]{{3}})(?:/[IVXLC]+)?"
    rf"(?:{GAP}*[-\u2013]{GAP}*(?:[0-9]{{4}})?)?{GAP}*(?:[A-Za-z][^()]*)?\){GAP}*"
)
_COUNT = "[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2}"
_DEPTH = 3
_IEEE = ("review_id", "reviewer", "movie", "review_summary", "review_date", "review_detail")
_SPOILER = ("review_date", "movie_id", "user_id", "review_text", "review_summary")
BAD = object()


def read(text: bytes) -> Read:
    """Every element of an array, of lines, or of one object after the other."""
    places = {mark: text.find(f'"{mark}"'.encode()) for mark in ("review_detail", "review_text")}
    named = [mark for mark, place in places.items() if place >= 0]
    start = text.removeprefix(BOM).lstrip(b" \t\r\n")
    if not named or start[:1] not in (b"[", b"{"):
        raise RefusedError
    judge = _ieee if min(named, key=places.__getitem__) == "review_detail" else _spoiler
    found = Read()
    for number, pairs in enumerate(_elements(start), 1):
        if not isinstance(pairs, _Pairs):
            raise UnsureError
        found.take(number, judge(pairs.value) if pairs.is_once else None)
    return found


@dataclass(frozen=True, slots=True)
class _Pairs:
    """An object of JSON: its fields, and whether each stands once."""

    value: dict[str, Any]
    is_once: bool


def _elements(start: bytes) -> Iterator[Any]:
    decoder = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant)
    try:
        text = start.decode()
        if text.startswith("["):
            found = decoder.decode(text)
        else:
            found, place = [], 0
            while place < len(text):
                value, place = decoder.raw_decode(text, place)
                found.append(value)
                gap = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*").match(text, place)
                place = gap.end() if gap else place
    except (ValueError, RecursionError) as error:
        raise UnsureError from error
    if any(_deep(one) > _DEPTH for one in found):
        raise UnsureError
    yield from found


def _pairs(pairs: list[tuple[str, Any]]) -> _Pairs:
    return _Pairs(dict(pairs), len(dict(pairs)) == len(pairs))


def _constant(word: str) -> None:
    raise ValueError(word)


def _deep(value: object) -> int:
    inner = value.value.values() if isinstance(value, _Pairs) else value
    if isinstance(value, str) or not hasattr(inner, "__iter__"):
        return 0
    return 1 + max(map(_deep, inner), default=0)


def _ieee(record: dict[str, Any]) -> Row | str | None:
    if (misfit := _misfit(record, _IEEE, ("review_id", "review_detail"))) is not None:
        return misfit or None
    rating, spoiler = _said(record.get("rating")), _said(record.get("spoiler_tag"))
    day = _day(record.get("review_date"))
    helpful = record.get("helpful")
    pair = [None, None] if helpful is None else helpful
    is_pair = isinstance(pair, list) and len(pair) == 2
    votes = [_count(_said(one)) for one in pair] if is_pair else []
    known = [one for one in votes if isinstance(one, int)]
    more_than_voted = len(known) == 2 and known[0] > known[1]
    for column, is_misfit in (
        ("rating", rating is not None and review.rating(rating) is None),
        ("review_date", _said(record.get("review_date")) is not None and day is None),
        ("spoiler_tag", spoiler is not None and _flag(spoiler) is None),
        ("helpful", not votes or votes[0] is BAD),
        ("votes", bool(votes) and votes[1] is BAD),
        ("helpful", more_than_voted),
    ):
        if is_misfit:
            return column
    title, year = _title(record.get("movie"))
    return review.row(
        "ieee", record["review_id"], review.body(record["review_detail"]), title=title,
        release_year=year, reviewer=_heard(record.get("reviewer")), rating_10=review.rating(rating),
        headline=_heard(record.get("review_summary")), review_date=day, is_spoiler=_flag(spoiler),
        helpful_count=votes[0], vote_count=votes[1],
    )  # fmt: skip


def _spoiler(record: dict[str, Any]) -> Row | str | None:
    if (misfit := _misfit(record, _SPOILER, ())) is not None:
        return misfit or None
    title_id = oracle.READ["title_id"](record.get("movie_id") or "")
    rating, spoiler = _said(record.get("rating")), _said(record.get("is_spoiler"))
    day = _day(record.get("review_date"))
    for column, is_misfit in (
        ("movie_id", title_id is oracle.BAD),
        ("user_id", review.is_blank(record.get("user_id"))),
        ("review_text", review.is_blank(record.get("review_text"))),
        ("rating", rating is not None and review.rating(rating) is None),
        ("review_date", _said(record.get("review_date")) is not None and day is None),
        ("is_spoiler", spoiler is not None and _flag(spoiler) is None),
    ):
        if is_misfit:
            return column
    text, user = record["review_text"], record["user_id"]
    return review.row(
        "spoiler", f"{record['movie_id']}/{user}/{digest.number(text)}", review.body(text),
        title_id=title_id, reviewer=user, rating_10=review.rating(rating),
        headline=_heard(record.get("review_summary")), review_date=day, is_spoiler=_flag(spoiler),
    )  # fmt: skip


def _misfit(record: dict[str, Any], texts: tuple[str, ...], needed: tuple[str, ...]) -> str | None:
    """The first field that is no text, or not there; empty where no UTF-8 can hold the record."""
    try:
        json.dumps(record, ensure_ascii=False, default=repr).encode()
    except UnicodeEncodeError:
        return ""
    for name in texts:
        if not isinstance(record.get(name), str | None):
            return name
    return next((name for name in needed if review.is_blank(record.get(name))), None)


def _said(value: object) -> str | None:
    """A value's text as JSON has it; None where it says nothing."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _heard(value)
    return None if value is None else str(value) if isinstance(value, int) else "no text"


def _heard(text: str | None) -> str | None:
    return None if review.is_blank(text) else text


def _flag(text: str | None) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get((text or "").lower())


def _count(text: str | None) -> object:
    if text is None:
        return None
    return int(text.replace(",", "")) if re.fullmatch(_COUNT, text) else BAD


def _day(text: str | None) -> date | None:
    if not re.fullmatch("[0-9]{1,2} [A-Z][a-z]+ [1-9][0-9]{3}", text or ""):
        return None
    try:
        return datetime.strptime(text or "", "%d %B %Y").date()  # noqa: DTZ007 - a day alone
    except ValueError:
        return None


def _title(text: str | None) -> tuple[str | None, int | None]:
    found = _NAMED.fullmatch(text or "")
    trimmed = (text or "").strip("\t\n\f\r ")
    named = re.sub(rf"{GAP}*\([IVXLC]+\)\Z", "", found[1]) if found else ""
    return named or trimmed or None, int(found[2]) if found else None
