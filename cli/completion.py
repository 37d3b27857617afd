"""What can come next in a statement: tables, the columns of those it names, and the language."""

import re
from collections.abc import Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from cli.catalog import Catalog, Table

_TABLE_COMES = frozenset({"from", "join", "describe", "summarize", "table", ","})
_CLAUSES = frozenset({"select", "from", "where", "by", "on"})
_TOKEN = re.compile(
    r"""(?P<closed>'(?:[^']|'')*'|--[^\n]*\n|/\*.*?\*/)|(?P<open>'|--|/\*).*"""
    r"""|"(?P<quoted>[^"]*)"|(?P<word>\w+)|(?P<sign>\S)""",
    re.DOTALL,
)


class SqlCompleter(Completer):
    """Offers what fits at the cursor."""

    def __init__(self, known: Catalog, commands: Iterable[str]) -> None:
        self.known = known
        self._commands = sorted(commands)

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        before = document.text_before_cursor
        if before.startswith("."):
            yield from self._command(before)
            return
        tokens = _words(before)
        if tokens is None:
            return
        prefix = re.findall(r"\w*$", before)[0]
        if prefix:
            tokens.pop()
        dotted = bool(tokens) and tokens[-1] == "."
        if not (prefix or dotted or complete_event.completion_requested):
            return
        named = self._named(_words(document.text, broken=True) or [])
        if dotted:
            owner = tokens[-2].lower() if len(tokens) > 1 else ""
            yield from self._after_dot(owner, named, prefix)
        elif tokens and tokens[-1].lower() in _TABLE_COMES and _lists_tables(tokens):
            yield from self._tables(prefix)
        else:
            yield from self._anything(named, prefix)

    def _command(self, before: str) -> Iterator[Completion]:
        command, space, rest = before.partition(" ")
        if space and command in (".describe", ".tables"):
            yield from self._tables(rest)
        elif not space:
            for name in self._commands:
                if name.startswith(command):
                    yield Completion(name, -len(command))

    def _named(self, tokens: list[str]) -> dict[str, Table]:
        """The tables that the statement names, by name and by alias."""
        named: dict[str, Table] = {}
        for i, token in enumerate(tokens):
            table = self.known.tables.get(token.lower())
            if not table:
                continue
            named[table.name] = table
            rest = [one for one in tokens[i + 1 : i + 3] if one.lower() != "as"]
            if (
                rest
                and re.fullmatch(r"\w+", rest[0])
                and rest[0].lower() not in self.known.keywords
            ):
                named[rest[0].lower()] = table
        return named

    def _after_dot(self, owner: str, named: dict[str, Table], prefix: str) -> Iterator[Completion]:
        table = named.get(owner) or self.known.tables.get(owner)
        if table:
            yield from _columns([table], prefix)
        else:
            yield from self._tables(prefix, owner)

    def _tables(self, prefix: str, schema: str = "") -> Iterator[Completion]:
        """By the beginning of a name or of one of its words: `titles` finds dim_titles."""
        for table in self.known.tables.values():
            parts = [table.name, *(f"_{table.name}".split("_"))]
            fits = any(part.startswith(prefix.lower()) for part in parts)
            if fits and schema in ("", table.schema):
                yield Completion(table.name, -len(prefix), display_meta=_first(table.comment))

    def _anything(self, named: dict[str, Table], prefix: str) -> Iterator[Completion]:
        # Before `from` is written, any table's columns may be meant.
        tables = {id(one): one for one in named.values()} or {
            id(one): one for one in self.known.tables.values()
        }
        yield from _columns(tables.values(), prefix)
        for alias in named:
            if alias.startswith(prefix.lower()):
                yield Completion(alias, -len(prefix), display_meta=named[alias].name)
        if not prefix:
            return
        for word in self.known.keywords:
            if word.startswith(prefix.lower()):
                yield Completion(word.upper() if prefix.isupper() else word, -len(prefix))
        for name, about in self.known.functions.items():
            if name.startswith(prefix.lower()):
                yield Completion(f"{name}(", -len(prefix), name, display_meta=_first(about))


def _words(text: str, *, broken: bool = False) -> list[str] | None:
    """Names and signs; None if the text breaks off within a string or comment and may not."""
    words = []
    for found in _TOKEN.finditer(text):
        if found["open"] and not broken:
            return None
        word = found["quoted"] or found["word"] or found["sign"]
        if word:
            words.append(word)
    return words


def _lists_tables(tokens: list[str]) -> bool:
    """Whether a comma here is one between tables."""
    if tokens[-1] != ",":
        return True
    clauses = [one for one in map(str.lower, tokens) if one in _CLAUSES]
    return bool(clauses) and clauses[-1] == "from"


def _columns(tables: Iterable[Table], prefix: str) -> Iterator[Completion]:
    seen = set()
    for table in tables:
        for column in table.columns:
            if column.name.startswith(prefix.lower()) and column.name not in seen:
                seen.add(column.name)
                meta = f"{column.kind.lower()} · {_first(column.comment)}"
                yield Completion(column.name, -len(prefix), display_meta=meta)


def _first(comment: str) -> str:
    """A comment's first sentence, for one line beside the name."""
    line = " ".join(comment.split())
    sentence = re.split(r"(?<=[.;:])\s", line, maxsplit=1)[0]
    sentence = sentence.rstrip(".;:")
    return sentence if len(sentence) <= 80 else sentence[:79] + "…"
