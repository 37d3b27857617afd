"""An answer that a spreadsheet may open: no text of it is taken for a formula.

Titles and reviews are what strangers wrote. Source: OWASP, CSV Injection. Whoever takes one
apostrophe away from each text that begins with one and would be a formula without it has every
text as it is stored.
"""

import pyarrow as pa
import pyarrow.compute as pc

# What spreadsheets take for a formula, wide forms too. Before it they pass over spaces and signs
# that nobody sees; a quote may be what a comma in another country's form leaves of a field.
_FORMULA = (
    "^'*[\\t\\r\\n]|"
    "^[\\s\\pZ\\pC\"']*[=+\\-@|%\uff1d\uff0b\uff0d\uff20]"
)  # fmt: skip


def guarded(answer: pa.Table) -> pa.Table:
    """The same rows; texts and names that would be formulas begin with an apostrophe."""
    names = _guarded(pa.chunked_array([answer.column_names], pa.string()))
    return pa.table([_guarded(column) for column in answer.columns], names=names.to_pylist())


def _guarded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column
    is_formula = pc.match_substring_regex(column, _FORMULA)
    return pc.if_else(is_formula, pc.binary_join_element_wise("'", column, ""), column)
