"""What pages tell of a title: outline, storyline, taglines, awards, and all their other facts."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboards import markup
from dashboards.reader import Release

_TOLD = ("outline", "storyline", "storyline_author", "tagline")
_COUNTED = ("award_win_count", "award_nomination_count")
# What a film's own data sheet would say; shown beside the story.
_DETAILS = (
    "awards",
    "company",
    "filming_location",
    "certificate_reason",
    "color",
    "sound_mix",
    "aspect_ratio",
    "official_site",
    "ranking",
    "popularity",
    "metascore",
    "user_review_count",
    "critic_review_count",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of a title by their kind, in the order of the page."""

    by_kind: dict[str, list[str]]

    def all(self, kind: str) -> list[str]:
        """All facts of a kind."""
        return self.by_kind.get(kind, [])

    def first(self, kind: str) -> str | None:
        """The first fact of a kind, if there is one."""
        return next(iter(self.all(kind)), None)

    def number(self, kind: str) -> int | None:
        """A fact that is a count; what else a page may say there is none."""
        text = (self.first(kind) or "").replace(",", "")
        return int(text) if text.isascii() and text.isdigit() else None

    def details(self) -> dict[str, list[str]]:
        """Facts for the data sheet."""
        return self._of(_DETAILS)

    def curiosities(self) -> dict[str, list[str]]:
        """Trivia, goofs, quotes, and whatever kind a page may bring tomorrow."""
        shown = {*_TOLD, *_COUNTED, *_DETAILS}
        return self._of(kind for kind in self.by_kind if kind not in shown)

    def _of(self, kinds: Iterable[str]) -> dict[str, list[str]]:
        return {kind: self.by_kind[kind] for kind in kinds if kind in self.by_kind}


def facts(release: Release, title_id: int) -> Facts:
    """All that pages state of a title in words."""
    by_kind: dict[str, list[str]] = {}
    for row in release.rows("title/facts", title_id=title_id):
        by_kind.setdefault(row["fact_kind"], []).append(row["fact_text"])
    return Facts(by_kind)


def show(told: Facts) -> None:
    """The story at length; the outline is part of the heading."""
    markup.show("title/story.html", facts=told)


def curiosities(told: Facts) -> None:
    """What else there is to know; a group is folded, for goofs and quotes give the plot away."""
    markup.show("title/curiosities.html", curiosities=told.curiosities())
