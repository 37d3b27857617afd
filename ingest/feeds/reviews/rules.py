"""What is the same in every format of reviews: SQL of values, each null where a text does not fit.

A text stays as its author's, but for the breaks of HTML, which are line ends here. What a record
does not say is null; what it says in another way than its format does is a reject.
"""

from dataclasses import dataclass

from ingest import digest

_BREAK = r"(?i)<br\s*/?>"
# As IMDb names titles: Who Knows (TV Mini-Series 2021), Twins (2010/II), and Twins (II) (2010).
_NAMED = (
    r"^(.*\S)\s*\((?:[^()]*?[^()0-9])??([1-9][0-9]{3})(?:/[IVXLC]+)?"
    r"(?:\s*[-\x{2013}]\s*(?:[0-9]{4})?)?\s*(?:[A-Za-z][^()]*)?\)\s*$"
)
_NUMERAL = r"\s*\([IVXLC]+\)$"
_COUNT = "[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A record is rejected where `misfit` (SQL) holds, for what stands in its field `column`."""

    column: str
    misfit: str
    reason: str


def unread(column: str, value: str, reason: str) -> Rule:
    """The rule that what stands in a field, if anything does, has a value."""
    return Rule(column, f"({said(_quoted(column))}) is not null and ({value}) is null", reason)


def _quoted(column: str) -> str:
    return f'"{column}"'


def is_blank(text: str) -> str:
    """SQL of whether a text says nothing."""
    return rf"coalesce(regexp_full_match({text}, '\s*'), true)"


def said(text: str) -> str:
    """SQL of a text as it is; null where it says nothing."""
    return f"case when not {is_blank(text)} then {text} end"


def body(text: str) -> str:
    """SQL of a review's text."""
    return f"regexp_replace({text}, '{_BREAK}', chr(10), 'g')"


def content_hash(text: str) -> str:
    """SQL of the digest of a review's text, the same in every format."""
    return digest.content_sql(body(text))


def record_hash(*texts: str) -> str:
    """SQL of the digest of a record's fields, in whatever order and with whatever spaces."""
    return digest.number_sql(f"cast(to_json([{', '.join(texts)}]) as varchar)")


def rating(text: str) -> str:
    """SQL of a whole number of stars."""
    return f"case when regexp_full_match({text}, '[1-9]|10') then cast({text} as integer) end"


def date(text: str) -> str:
    """SQL of a date like `24 July 2005`."""
    is_date = f"regexp_full_match({text}, '[0-9]{{1,2}} [A-Z][a-z]+ [1-9][0-9]{{3}}')"
    return f"case when {is_date} then cast(try_strptime({text}, '%d %B %Y') as date) end"


def count(text: str) -> str:
    """SQL of a number of votes, which may have commas at its thousands."""
    digits = f"cast(replace({text}, ',', '') as integer)"
    return f"case when regexp_full_match({text}, '{_COUNT}') then {digits} end"


def flag(text: str) -> str:
    """SQL of yes or no, as JSON and Python write it."""
    known = f"lower({text}) in ('true', 'false', '1', '0')"
    return f"case when {known} then lower({text}) in ('true', '1') end"


def title(text: str) -> str:
    """SQL of the title before a year in parentheses, or all of it."""
    name = f"regexp_replace(regexp_extract({text}, '{_NAMED}', 1), '{_NUMERAL}', '')"
    trimmed = rf"nullif(regexp_replace({text}, '^\s+|\s+$', '', 'g'), '')"
    return f"coalesce(nullif({name}, ''), {trimmed})"


def year(text: str) -> str:
    """SQL of the first year in parentheses behind a title."""
    return f"cast(nullif(regexp_extract({text}, '{_NAMED}', 2), '') as smallint)"


RATING = "not a whole rating from 1 to 10"
DATE = "not a date like 24 July 2005"
FLAG = "neither true nor false"
COUNT = "not a number of votes"
MORE_THAN_VOTED = "more found it helpful than voted"
NO_VALUE = "no value"
