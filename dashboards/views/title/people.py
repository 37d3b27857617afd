"""Who made a title: directors, writers, cast with characters and episodes, and all others."""

from dataclasses import dataclass, field

from dashboards import display, markup
from dashboards.reader import Release, Row

_CAST = ("actor", "actress", "self")
_OPEN_CAST = 15


@dataclass(slots=True)
class Billing:
    """A person in a group of credits, with all that they do in it."""

    person_id: int | None
    person_name: str | None
    roles: list[str] = field(default_factory=list)
    episodes: list[str] = field(default_factory=list)


def billed(credits_: list[Row]) -> list[Billing]:
    """One billing a person, in the order of first credits; who is not named stays apart."""
    by_person: dict[object, Billing] = {}
    for place, credit in enumerate(credits_):
        person = credit["person_id"]
        key = ("unnamed", place) if person is None else person
        billing = by_person.setdefault(key, Billing(person, credit["person_name"]))
        for role in (*(credit["characters"] or ()), credit["job"]):
            if role and role not in billing.roles:
                billing.roles.append(role)
        covered = episodes(credit)
        if covered and covered not in billing.episodes:
            billing.episodes.append(covered)
    return list(by_person.values())


def episodes(credit: Row) -> str:
    """`12 episodes, 2007–2009`, as far as a page says."""
    count = credit["episode_count"]
    counted = "" if count is None else f"{count:,} episode{'' if count == 1 else 's'}"
    years = display.years(credit["first_year"], credit["last_year"])
    return ", ".join(part for part in (counted, years) if part)


def show(release: Release, title_id: int) -> None:
    """All credits; of a long cast the first are open, and other groups are folded."""
    by_category: dict[str, list[Row]] = {}
    for credit in release.rows("title/credits", title_id=title_id):
        category = credit["category"]
        by_category.setdefault("cast" if category in _CAST else category, []).append(credit)
    groups = {category: billed(credits_) for category, credits_ in by_category.items()}
    cast = groups.pop("cast", [])
    markup.show(
        "title/people.html",
        directors=groups.pop("director", []),
        writers=groups.pop("writer", []),
        cast=cast[:_OPEN_CAST],
        more_cast=cast[_OPEN_CAST:],
        has_episodes=any(billing.episodes for billing in cast),
        others=groups,
    )
