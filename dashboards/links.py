"""Links to our own pages, and by id to publishers' sites; never what a feed calls an address."""

from urllib.parse import quote, urlencode, urlsplit

# Where an id of each issuer leads.
_BY_ISSUER = {
    "imdb": "https://www.imdb.com/title/{}/",
    "movielens": "https://movielens.org/movies/{}",
    "tmdb": "https://www.themoviedb.org/movie/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
}
_HOSTS = frozenset(
    {
        "ai.stanford.edu",
        "commons.wikimedia.org",
        "datasets.imdbws.com",
        "developer.imdb.com",
        "files.grouplens.org",
        "grouplens.org",
        "ieee-dataport.org",
        "movielens.org",
        "www.imdb.com",
        "www.kaggle.com",
        "www.the-numbers.com",
        "www.themoviedb.org",
        "www.wikidata.org",
    }
)


def title(title_id: int) -> str:
    """Our page of a title."""
    return page("title", id=title_id)


def person(person_id: int) -> str:
    """Our page of a person."""
    return page("person", id=person_id)


def page(url_path: str, **parameters: object) -> str:
    """One of our pages, relative, so that a path before ours in the address stays."""
    given = {name: value for name, value in parameters.items() if value is not None}
    return f"{url_path}?{urlencode(given)}" if given else url_path or "."


def issued(issuer: str, external_id: str) -> str | None:
    """The page that an issuer has for its id, where we know one."""
    pattern = _BY_ISSUER.get(issuer)
    return pattern.format(quote(external_id, safe="")) if pattern else None


def imdb_person(imdb_person_id: str) -> str:
    """IMDb's page of a person."""
    return f"https://www.imdb.com/name/{quote(imdb_person_id, safe='')}/"


def known(address: str | None) -> str | None:
    """The address if it is http(s) of a host we know, else None: then it is shown as text."""
    # Browsers leave out what cannot be seen, so that an address is not the one that is read.
    if not address or not address.isprintable():
        return None
    try:
        parts = urlsplit(address)
    except ValueError:  # such as an IPv6 address without its bracket
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc in _HOSTS else None
