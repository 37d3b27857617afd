"""Names of people as pages list them: linked, in commas, or run together by a naive capture."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ingest.feeds.pages.lines import Line, Link
from ingest.feeds.pages.page import Credit

_NOTE = re.compile(r"\s*\(([^()]{1,200}(?:\([^()]{0,80}\)[^()]{0,80})?)\)")
_COMMA = re.compile(r",\s+(?![^()]*\))")
_MORE = re.compile(r"[,|&\s]*(?:and )?(?:\d+ more credits?|See full cast .{0,20})?[,|&\s»]*")
# A small letter or a bracket meets a capital: where a name ends, unless the name has such a
# capital within it, as McDonald, DeVito, LaBeouf and FitzGerald have.
_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[^\W\d_a-z])|(?<=[\).])(?=[^\W\d_])")
_WITHIN = re.compile(
    r"(?:^|[\s\-'])(?:Mc|Mac|De|Del|Della|Des|Di|Da|Du|Dos|La|Las|Le|Les|Lo|Los|El|Al|Van|Von|Ver|Fitz|"
    r"O|St|San|Ste|Mac|Vander|Vande|Ten|Ter|Zu|Ap|Ab|Ben|Bin|Ibn|Abu|Ó|Ní|Nic|Mhic|Jean|Mary|Jo|"
    r"Ra|Sha|Ja|Ke|Ka|Ma|Ta|Te|Ti|Ty)$"
)
_NAME = re.compile(r"[^\W\d_][^\d:!?»|<>]{0,60}")


@dataclass(frozen=True, slots=True)
class Person:
    """`note` is what stands in brackets behind the name, without them."""

    name: str
    number: int | None = None
    note: str | None = None


def read(line: Line) -> list[Person]:
    """The people that a line lists; it is taken if it lists any."""
    links = [link for link in line.links if link.number("nm") is not None]
    people = list(_linked(line.said, links) if links else _listed(line.said))
    if people:
        line.take()
    return people


def is_name(text: str) -> bool:
    """Whether a line without links may be a name: short, and no sentence."""
    return (
        _NAME.fullmatch(text) is not None
        and len(text.split()) <= 6
        and not (text.endswith(".") and len(text.split()) > 3)
    )


def notes(text: str) -> tuple[list[str], str]:
    """The notes in brackets at a text's beginning, and what follows them."""
    found: list[str] = []
    while match := _NOTE.match(text):
        found.append(match[1].strip())
        text = text[match.end() :]
    return found, text


def _linked(text: str, links: list[Link]) -> Iterator[Person]:
    for link in links:
        place = text.find(link.text)
        text = text[place + len(link.text) :] if place >= 0 else text
        found, _ = notes(text)
        yield Person(link.text, link.number("nm"), ", ".join(found) or None)


def _listed(text: str) -> Iterator[Person]:
    text = re.sub(r"\s*\|.*$", "", text)
    for part in _COMMA.split(text):
        for one in apart(re.sub(r"^(?:and|&) ", "", part.strip())):
            name = re.split(r"\s*\(", one, maxsplit=1)[0].strip()
            found, _ = notes(one[len(name) :])
            if is_name(name) and not _MORE.fullmatch(one):
                yield Person(name, None, ", ".join(found) or None)


def apart(text: str) -> list[str]:
    """Names that a capture ran together, apart; only where both sides look like full names."""
    parts, start = [], 0
    for seam in _SEAM.finditer(text):
        left, right = text[start : seam.start()], text[seam.start() :]
        if _is_full(left) and not _WITHIN.search(left) and _is_full(right):
            parts.append(left)
            start = seam.start()
    return [*parts, text[start:]]


def _is_full(text: str) -> bool:
    name = re.split(r"\s*\(", text, maxsplit=1)[0]
    return len(name.split()) >= 2 and text.count("(") == text.count(")")


@dataclass(slots=True)
class Credits:
    """The page's credits in its order; the layout of 2022 states the head's twice."""

    items: list[Credit] = field(default_factory=list)
    stars: list[Person] = field(default_factory=list)

    def add(self, people: Iterable[Person], category: str, job: str | None = None) -> None:
        """Add people behind the camera, unless the page named them so before."""
        for person in people:
            credit = Credit(person.name, person.number, category, job or person.note)
            if not any(_is_same(credit, other) for other in self.items):
                self.items.append(credit)

    def all(self) -> list[Credit]:
        """Every credit; stars that the cast does not list stand before it."""
        cast = [credit for credit in self.items if credit.category in ("actor", "self")]
        crew = [credit for credit in self.items if credit.category not in ("actor", "self")]
        known = {_identity(credit) for credit in cast}
        stars = [Credit(star.name, star.number, "actor", star.note) for star in self.stars]
        names = {_identity(star) for star in stars}
        names |= {(None, star.person_name) for star in stars if star.imdb_person_id is None}
        alone = [
            replace(star, is_star=True)
            for star in dict.fromkeys(stars)
            if _identity(star) not in known
            and not any(star.person_name == credit.person_name for credit in cast)
        ]
        marked = [
            replace(credit, is_star=True)
            if _identity(credit) in names or (None, credit.person_name) in names
            else credit
            for credit in cast
        ]
        return [*crew, *alone, *marked]


def _identity(credit: Credit) -> tuple[int | None, str | None]:
    return (credit.imdb_person_id, None) if credit.imdb_person_id else (None, credit.person_name)


def _is_same(one: Credit, other: Credit) -> bool:
    return one.category == other.category and _identity(one) == _identity(other)
