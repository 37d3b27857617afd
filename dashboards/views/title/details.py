"""The facts beside the story: genres, releases, names, places, makers, technique, ids."""

from dashboards import links, markup, places
from dashboards.reader import Release, Row
from dashboards.views.title.story import Facts

_ISSUERS = {
    "arthouse": "Here, before",
    "imdb": "IMDb",
    "movielens": "MovieLens",
    "the_numbers": "The Numbers",
    "tmdb": "TMDB",
    "wikidata": "Wikidata",
}


def name_note(row: Row) -> str:
    """Where and how a title has a name: `Canada, French; DVD; literal title`."""
    place = ", ".join(
        part
        for part in (
            row["region"] and places.country(row["region"]),
            row["language"] and places.language(row["language"]),
        )
        if part
    )
    kinds = [kind for kind in row["name_types"] or () if kind != "imdbDisplay"]
    return "; ".join(part for part in (place, *kinds, *(row["attributes"] or ())) if part)


def names(rows: list[Row]) -> list[tuple[str, list[str]]]:
    """Each name once, with all the notes on it, in the order of the sources."""
    by_name: dict[str, list[str]] = {}
    for row in rows:
        notes = by_name.setdefault(row["title_name"], [])
        note = name_note(row)
        if note and note not in notes:
            notes.append(note)
    return list(by_name.items())


def external_ids(title: Row, rows: list[Row]) -> list[tuple[str, str, str | None]]:
    """Who else knows the title, by which id, and where that leads; IMDb's own id is one."""
    ids = [(row["issuer"], row["external_id"]) for row in rows]
    own = ("imdb", title["imdb_title_id"])
    if own[1] and own not in ids:
        ids.insert(0, own)
    return [
        (_ISSUERS.get(issuer) or str(issuer), external_id, links.issued(issuer, external_id))
        for issuer, external_id in ids
    ]


def show(release: Release, title: Row, facts: Facts) -> None:
    """Everything in one column; a long list is folded after its first lines."""
    title_id = title["title_id"]
    keywords = [row["keyword"] for row in release.rows("title/keywords", title_id=title_id)]
    ids = external_ids(title, release.rows("title/external_ids", title_id=title_id))
    markup.show(
        "title/details.html",
        title=title,
        facts=facts,
        keywords=keywords,
        releases=release.rows("title/releases", title_id=title_id),
        names=names(release.rows("title/names", title_id=title_id)),
        external_ids=ids,
    )
