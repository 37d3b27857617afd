"""Where and in which language: names of countries and languages, which are CLDR's.

Each function is a filter of the templates, too.
"""

from babel import Locale

from dashboards.display import UNKNOWN

_ENGLISH = Locale("en")
# Those of dbt_project/seeds/countries.csv that CLDR lacks.
_FORMER_COUNTRIES = {
    "AN": "Netherlands Antilles",
    "BUMM": "Burma",
    "CSHH": "Czechoslovakia",
    "CSXX": "Serbia and Montenegro",
    "DDDE": "East Germany",
    "SUHH": "Soviet Union",
    "VDVN": "North Vietnam",
    "XKO": "Korea",
    "XKV": "Kosovo",
    "XSI": "Siam",
    "XWG": "West Germany",
    "XYU": "Yugoslavia",
    "YUCS": "Federal Republic of Yugoslavia",
    "ZRCD": "Zaire",
}
_AREAS = {
    "domestic": "USA and Canada",
    "worldwide": "Worldwide",
    "unspecified": "Area not stated",
}


def country(code: str | None) -> str:
    """A country's name by its ISO 3166 code, or IMDb's; an unknown code stands for itself."""
    if not code:
        return UNKNOWN
    return _FORMER_COUNTRIES.get(code) or str(_ENGLISH.territories.get(code, code))


def area(code: str | None) -> str:
    """Where a gross was made: one of our words, or a country's code."""
    return _AREAS.get(code, country(code)) if code else UNKNOWN


def language(code: str | None) -> str:
    """A language's name by its ISO 639 code."""
    return _ENGLISH.languages.get(code, code) if code else UNKNOWN
