"""Forms: how a value is written in a dump, and the SQL that reads it.

A form's expression is NULL when the text does not fit: `cast` alone would round '1.5' to 2 and
read '1_000', ' 7' and '0x1F' as numbers.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """How a value is written: the SQL that reads `{c}`, and the complaint if it can't."""

    sql: str
    complaint: str


def _matching(pattern: str, sql: str) -> str:
    return f"case when regexp_full_match({{c}}, '{pattern}') then {sql} end"


def _id(prefix: str) -> str:
    # Seven digits, zero-padded, or more without padding: one number has one spelling.
    return f"{prefix}(?:[0-9]{{{{7}}}}|[1-9][0-9]{{{{7,16}}}})"


def _id_list(prefix: str) -> str:
    numbers = "list_transform(string_split({c}, ','), lambda item: cast(substr(item, 3) as bigint))"
    listed = _matching(f"{_id(prefix)}(?:,{_id(prefix)})*", numbers)
    return f"case when {{c}} = '' then [] else {listed} end"


def _text_list(separator: str) -> str:
    return f"""case
        when {{c}} = '' then []
        when starts_with({{c}}, {separator}) or ends_with({{c}}, {separator})
            or contains({{c}}, {separator} || {separator}) then null
        else string_split({{c}}, {separator})
    end"""


def _json_list(text: str) -> str:
    """A JSON array of strings; an array that holds anything else does not fit."""
    # DuckDB's parser lets a comma follow the last element.
    return rf"""case
        when try(json_structure({text})) in ('["VARCHAR"]', '["NULL"]')
            and not regexp_matches({text}, ',\s*\]\s*$')
            and list_aggregate(from_json({text}, '["VARCHAR"]'), 'count')
                = len(from_json({text}, '["VARCHAR"]'))
        then from_json({text}, '["VARCHAR"]')
    end"""


# Nine lists in ten hold one plain name: reading those without a JSON parser halves the cost.
# Some redistributed copies wrote the array through a CSV writer: "[""Self""]".
_JSON_TEXTS = rf"""case
    when regexp_full_match({{c}}, '\["[^"\\\x00-\x1f]*"\]') then [substr({{c}}, 3, len({{c}}) - 4)]
    when regexp_full_match({{c}}, '"\[""[^"\\\x00-\x1f]*""\]"')
        then [substr({{c}}, 5, len({{c}}) - 8)]
    when regexp_full_match({{c}}, '"([^"]|"")+"')
        then {_json_list("replace(substr({c}, 2, len({c}) - 2), chr(34) || chr(34), chr(34))")}
    else {_json_list("{c}")}
end"""

FORMS: dict[str, Form] = {
    "text": Form("{c}", "not text"),
    "whole": Form(
        _matching("[0-9]{{1,9}}", "cast({c} as integer)"),
        "not a whole number of at most nine digits",
    ),
    "long": Form(
        _matching("[0-9]{{1,18}}", "cast({c} as bigint)"),
        "not a whole number of at most eighteen digits",
    ),
    "year": Form(
        _matching("[0-9]{{1,4}}", "cast({c} as smallint)"),
        "not a year of at most four digits",
    ),
    "flag": Form("case {c} when '0' then false when '1' then true end", "not 0 or 1"),
    "rating": Form(
        _matching(r"[0-9]{{1,2}}(\.[0-9])?", "cast({c} as decimal(3, 1))"),
        "not a rating with at most one decimal",
    ),
    "half_stars": Form(
        _matching(r"0\.5|[1-4](\.[05])?|5(\.0)?", "cast({c} as decimal(3, 1))"),
        "not a rating from 0.5 to 5 in halves",
    ),
    "ten_stars": Form(
        _matching("[0-9]|10", "cast({c} as decimal(3, 1))"),
        "not a whole rating from 0 to 10",
    ),
    "epoch": Form(
        _matching("[0-9]{{1,10}}", "make_timestamp(cast({c} as bigint) * 1000000)"),
        "not seconds since 1970",
    ),
    "title_number": Form(
        _matching(_id(""), "cast({c} as bigint)"),
        "not the digits of a title id, seven or more",
    ),
    "title_id": Form(
        _matching(_id("tt"), "cast(substr({c}, 3) as bigint)"),
        "not a title id (tt and seven or more digits)",
    ),
    "person_id": Form(
        _matching(_id("nm"), "cast(substr({c}, 3) as bigint)"),
        "not a person id (nm and seven or more digits)",
    ),
    "title_ids": Form(_id_list("tt"), "not a comma-separated list of title ids"),
    "person_ids": Form(_id_list("nm"), "not a comma-separated list of person ids"),
    "comma_texts": Form(_text_list("','"), "not a comma-separated list: it has an empty element"),
    "stx_texts": Form(
        _text_list("chr(2)"), "not a list separated by 0x02: it has an empty element"
    ),
    "json_texts": Form(_JSON_TEXTS, "not a JSON array of strings"),
}
