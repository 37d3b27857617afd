"""Nested values as DuckDB's text, made where time and memory are bounded.

A struct's text names its fields in every row: it may be a thousand times what Arrow sends.
"""

import duckdb

WHOLE = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
)
PLAIN = WHOLE | {"BOOLEAN", "FLOAT", "DOUBLE", "VARCHAR"}
_NESTED = ("STRUCT(", "MAP(", "UNION(", "VARIANT")


def is_plain_list(kind: str) -> bool:
    """Whether every reader of Arrow knows it: a list of numbers or texts."""
    return kind.endswith("[]") and kind.removesuffix("[]") in PLAIN


def as_text(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The same rows and names; what is nested, but for lists of plain values, is text."""
    kinds = [str(kind) for kind in relation.types]
    if not any(map(_is_nested, kinds)):
        return relation
    # By their places: names may be equal.
    chosen = [
        f'#{place}{"::varchar" * _is_nested(kind)} as "{name.replace(chr(34), chr(34) * 2)}"'
        for place, (name, kind) in enumerate(zip(relation.columns, kinds, strict=True), start=1)
    ]
    return relation.project(", ".join(chosen))


def _is_nested(kind: str) -> bool:
    return (kind.startswith(_NESTED) or kind.endswith("]")) and not is_plain_list(kind)
