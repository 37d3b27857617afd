"""Statements that nobody would write: ways out of the sandbox, wrapped, joined and damaged."""

from random import Random

import duckdb

from tests.hostile_sql import ESCAPES, HARMLESS

_WRAPPERS = (
    "select * from ({0})",
    "with x as materialized ({0}) from x",
    "with recursive x as (({0}) union all (from x)) from x limit 3",
    "explain {0}",
    "explain analyze {0}",
    "explain (format json) {0}",
    "{0}; select 1",
    "select 1; {0}",
    "/* {0} */ {0}",
    "-- {0}\n{0}",
    "({0})",
    "({0}) union all ({1})",
    "select ({0})",
    "select exists ({0})",
    "select array({0})",
    "select * from (values (1)) as t, lateral ({0}) as u",
    "describe {0}",
    "summarize {0}",
    "pivot ({0}) on x in (1)",
    "prepare p as {0}",
    "create temp table t as {0}",
    "create or replace temp macro f() as table {0}",
    "copy ({0}) to 'FOLDER/out'",
    "insert into dim_titles {0}",
    "begin; {0}; commit",
    "select * from query('{0}')",
    "from json_execute_serialized_sql(json_serialize_sql('{0}'))",
    "select * exclude (x) replace (1 as y) from ({0}) offset 0 limit (select 1)",
)
_VALUES = (
    "'SECRET'", "['SECRET']", "'FOLDER/*'", "'FOLDER/out'", "'file://SECRET'", "'URL'", "NULL",
    "1", "-1", "'marts.dim_titles'", "{'path': 'SECRET'}", "map {'a': 'SECRET'}", "lambda x : x",
    "'select * from ''SECRET'''", "'SECRET'::blob", "header := false", "filename := 'SECRET'",
)  # fmt: skip
_SIGNS = (
    "'", '"', ";", "--", "/*", "*/", "$$", "$a$", "\\", "\x00", "\n", "\r", "\t", "\u00a0",
    "\u200b", "\u2028", "\uff1b", "\ufeff", "(", ")", "[", "]", "{", "}", ",", ".", ":", "::", ":=",
    "=", "?", "$1", "@", "#1", "%", " or ", " from ", " select ", " 'SECRET' ", "E'", "e'\\x27",
    "x''", "'' ", " as ", "*", "\U0001f3ac", "\u0301",
)  # fmt: skip
# Each is a minute of one core, or a fault of DuckDB that is told elsewhere.
_LONG = ("deep", "long", "surrogate")


def functions() -> list[tuple[str, str]]:
    """Every function that this DuckDB has, with its kind."""
    with duckdb.connect() as connection:
        return connection.execute(
            "select distinct function_name, function_type from duckdb_functions() "
            "where regexp_full_match(function_name, '\\w+') order by all"
        ).fetchall()


class Rambling:
    """A seeded writer of statements."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._known = [text for name, text in ESCAPES.items() if name not in _LONG]
        self._known += HARMLESS.values()
        self._functions = functions()

    def statement(self) -> str:
        """The next one."""
        [write] = self._random.choices((self._wrapped, self._called, self._damaged), (4, 2, 1))
        return self._damaged(write()) if self._random.random() < 0.1 else write()

    def _wrapped(self) -> str:
        text = self._random.choice(self._known) if self._random.random() < 0.7 else self._called()
        for _ in range(self._random.choice((1, 1, 2, 3))):
            wrapper = self._random.choice(_WRAPPERS)
            inner = text.replace("'", "''") if "'{0}'" in wrapper else text
            text = wrapper.format(inner, self._random.choice(self._known))
        return text

    def _called(self) -> str:
        name, kind = self._random.choice(self._functions)
        chosen = self._random.choices(_VALUES, k=self._random.randint(0, 3))
        call = f"{name}({', '.join(chosen)})"
        if kind == "pragma":
            return f"pragma {call}"
        return f"select * from {call}" if "table" in kind else f"select {call}"

    def _damaged(self, text: str | None = None) -> str:
        text = text or self._random.choice(self._known)
        for _ in range(self._random.randint(1, 4)):
            place = self._random.randint(0, len(text))
            how = self._random.randrange(4)
            if how == 0:
                text = text[:place] + self._random.choice(_SIGNS) + text[place:]
            elif how == 1:
                text = text[:place] + text[place + self._random.randint(1, 5) :]
            elif how == 2:
                text = text[:place] + self._random.choice(self._known)[-place:]
            else:
                text = text[:place] + text[place:].swapcase()
        return text
