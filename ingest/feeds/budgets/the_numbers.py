"""The Numbers: budgets and grosses in US dollars, which the publisher promises.

It gives no id: `id` counts to a hundred and starts again. A film is its title and its date, as
remakes share the title. The copy that goes around holds titles whose UTF-8 was taken for Latin-1
on its way (`PokÃ©mon`), which is undone: each of its letters is one byte of the right one.
"""

from ingest.feeds.budgets.formats import DOMESTIC, WORLDWIDE, Amount, Doubt, Format, Refusal, unread
from ingest.judgement import literal

_DOLLARS = r"-?\$-?([0-9]{1,3}(,[0-9]{3})*|[0-9]+)(\.[0-9]{1,2})?"
_DAY = r"[A-Z][a-z]{2} [0-9]{1,2}, [1-9][0-9]{3}"
_UNKNOWN = "Unknown"
# What two or more bytes of UTF-8 look like, letter by letter.
_MISREAD = r"[\x{c2}-\x{f4}][\x{80}-\x{bf}]"
_BYTES = """unhex(array_to_string(
    list_transform(string_split(movie, ''), lambda letter: printf('%02x', ord(letter))), ''
))"""
_TITLE = f"""case
    when regexp_matches(movie, '{_MISREAD}') and not regexp_matches(movie, '[^\\x{{0}}-\\x{{ff}}]')
        then coalesce(try(decode({_BYTES})), movie)
    else movie
end"""
_DATE = f"""case when regexp_full_match(release_date, '{_DAY}')
    then cast(try_strptime(release_date, '%b %d, %Y') as date) end"""
_YEAR = f"""case when regexp_full_match(release_date, '[1-9][0-9]{{3}}')
    then cast(release_date as smallint) else cast(year({_DATE}) as smallint) end"""


def _dollars(kind: str, column: str, area: str) -> Amount:
    return Amount(
        kind=kind,
        column=column,
        value=f"""case when regexp_full_match("{column}", '{_DOLLARS}')
            then try_cast(regexp_replace("{column}", '[$,]', '', 'g') as decimal(38, 6)) end""",
        complaint="not an amount in US dollars ($425,000,000)",
        area=literal(area),
    )


def format_() -> Format:
    """The format."""
    return Format(
        name="The Numbers",
        source="the_numbers",
        required=(
            "release_date", "movie", "production_budget", "domestic_gross", "worldwide_gross"
        ),
        optional=(),
        film={
            "source_record_id": f"""{_TITLE} || ' (' || coalesce(
                cast({_DATE} as varchar), cast({_YEAR} as varchar), 'unknown'
            ) || ')'""",
            "title": _TITLE,
            "release_date": _DATE,
            "release_year": _YEAR,
        },
        refusals={
            "movie": Refusal("movie is null", "'no value'"),
            "release_date": Refusal(
                f"release_date <> '{_UNKNOWN}' and {unread('release_date', _YEAR)}",
                f"'not a date (Dec 18, 2009), a year or {_UNKNOWN}'",
            ),
        },
        amounts=[
            _dollars("budget", "production_budget", "unspecified"),
            _dollars("gross", "domestic_gross", DOMESTIC),
            _dollars("gross", "worldwide_gross", WORLDWIDE),
        ],
        doubts=[
            Doubt(
                "movie",
                f"movie <> {_TITLE}",
                "with a title whose UTF-8 was taken for Latin-1, set right",
            )
        ],
    )  # fmt: skip
