"""What a format of this feed says, in SQL over the texts of one record.

The texts are null where a field is empty. Every format becomes the same record: a film with the ids
its source gives, and the amounts that are stated of it. What does not fit is refused here, each
with its reason: an amount alone, or the record where nothing of it can be trusted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.forms import FORMS
from ingest.judgement import literal

UNSPECIFIED, DOMESTIC, WORLDWIDE = "unspecified", "domestic", "worldwide"
# As wide as the lake's column.
_MAX_AMOUNT = 10**16


@dataclass(frozen=True, slots=True)
class Refusal:
    """When `condition` is true, `reason` says why; both are SQL."""

    condition: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text that is not taken as it stands where `condition` is true; `words` say how instead."""

    column: str
    condition: str
    words: str


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount of a record, if its `column` has a text; `value` is null where it is no number.

    0 and less say that there is an amount which nobody knows. `area` and `currency` are codes;
    `refusals` may name them, and the date, as `"<column> area"` and so on.
    """

    kind: str
    column: str
    value: str
    complaint: str
    currency: str = "'USD'"
    area: str = literal(UNSPECIFIED)
    as_of_date: str = "cast(null as date)"
    refusals: Sequence[Refusal] = ()

    def parts(self) -> str:
        """SQL of what is read once, each as a column of its own."""
        return ", ".join(
            f'{sql} as "{self.column} {name}"'
            for name, sql in (
                ("value", self.value),
                ("currency", self.currency),
                ("area", self.area),
                ("date", self.as_of_date),
            )
        )

    def reason(self) -> str:
        """SQL of why the amount is refused, as a column."""
        value = f'"{self.column} value"'
        refusals = (
            Refusal(f"{value} is null", literal(self.complaint)),
            Refusal(f"{value} >= {_MAX_AMOUNT}", "'more than sixteen digits'"),
            Refusal(f"{value} <> round({value}, 2)", "'its point may part thousands or cents'"),
            *self.refusals,
        )
        return f'{_reason(refusals)} as "{self.column} reason"'

    def stated(self) -> str:
        """SQL of a struct, or null where the record says nothing."""
        value, reason = f'"{self.column} value"', f'"{self.column} reason"'
        return f"""case when "{self.column}" is not null then struct_pack(
            column_name := {literal(self.column)},
            reason := {reason},
            amount_kind := {literal(self.kind)},
            area := "{self.column} area",
            amount := case
                when {reason} is null and {value} > 0 then cast({value} as decimal(18, 2))
            end,
            currency_code := "{self.column} currency",
            as_of_date := "{self.column} date"
        ) end"""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the columns it is known by, and what they say.

    `film` has the SQL of every column of the lake's films that the source knows. With a doubt, the
    film is loaded, and the doubt is counted.
    """

    name: str
    source: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    film: Mapping[str, str]
    refusals: Mapping[str, Refusal]
    amounts: Sequence[Amount]
    doubts: Sequence[Doubt] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.required, *self.optional)

    def is_of(self, header: Sequence[str]) -> bool:
        """Whether these are the columns of this format, among others."""
        return set(self.required) <= set(header)

    def reason(self) -> str:
        """SQL of why the record is refused, or null."""
        return _reason([*self.refusals.values()])

    def refused_column(self) -> str:
        """SQL of the column that the reason is about, or null."""
        return _reason(
            [Refusal(one.condition, literal(column)) for column, one in self.refusals.items()]
        )


def _reason(refusals: Sequence[Refusal]) -> str:
    whens = " ".join(f"when {one.condition} then {one.reason}" for one in refusals)
    return f"case {whens} end"


def number(column: str) -> str:
    """SQL of a number as programs write it: `95000000`, `226496399.0`, `1.5e+08`, `-12`."""
    plain = r"[+-]?[0-9]{1,18}(\.[0-9]{1,6})?|[+-]?[0-9](\.[0-9]{1,17})?[eE][+]?[0-9]{1,2}"
    return f"""case when regexp_full_match("{column}", '{plain}')
        then try_cast("{column}" as decimal(38, 6)) end"""


def whole_id(column: str) -> str:
    """SQL of an id that is a number, which some programs made `32657.0` of."""
    return f"""case when regexp_full_match("{column}", '[0-9]{{1,18}}(\\.0+)?')
        then cast(string_split("{column}", '.')[1] as bigint) end"""


def title_id(column: str) -> str:
    """SQL of IMDb's id of a title; null for a person's, a company's, or a list of ids."""
    return FORMS["title_id"].sql.format(c=f'"{column}"')


def unread(column: str, value: str) -> str:
    """SQL of whether there is a text in which that value could not be read."""
    return f'"{column}" is not null and ({value}) is null'


def without(column: str, value: str) -> Doubt:
    """The film is loaded without that value where its text could not be read."""
    return Doubt(column, unread(column, value), f"without a usable {column}")


def look_up(column: str, codes: Mapping[str, str]) -> str:
    """SQL of the code for a text; null where there is none."""
    whens = " ".join(f"when {literal(key)} then {literal(code)}" for key, code in codes.items())
    return f'case "{column}" {whens} end'
