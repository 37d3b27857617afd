"""What files of budgets must become: the records of each, and all of them settled."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ingest.catalog import Column, Table
from ingest.dialect import CSV
from tests.faults.oracles import budget_sources as sources
from tests.faults.oracles.budget import Record, Row, Stated
from tests.faults.oracles.verdict import RefusedError, UnsureError, names
from tests.unit.ingest import oracle

_SILENT = {"movie_imdb_link", "budget", "gross"}
_FORMATS: tuple[
    tuple[tuple[str, ...], tuple[str, ...], Callable[[int, sources.Texts], Record]], ...
] = (
    (sources.WIKIDATA, sources.WIKIDATA_MORE, sources.wikidata),
    (sources.THE_NUMBERS, (), sources.the_numbers),
    (sources.TMDB, sources.TMDB_MORE, sources.tmdb),
)
_KEY = "source, source_record_id"


def records(name: str, text: bytes) -> list[Record]:
    """Every record of a file."""
    if ".json" in name:
        return [_bound(line, binding) for line, binding in enumerate(_bindings(text), 1)]
    header = names(text)
    known = [one for one in _FORMATS if set(one[0]) <= set(header)]
    if set(header) >= _SILENT or not known:
        raise RefusedError
    required, more, read = known[0]
    found = [one for one in (*required, *more) if one in header]
    table = Table("films", tuple(Column(one, "text") for one in found), ())
    made = []
    for line, _, verdict in oracle.judged(table, text, CSV):
        column, reason, *_ = verdict
        if column == "row":
            texts = [None if one is None else str(one) for one in verdict[1:]]
            made.append(read(line, dict(zip(found, texts, strict=True))))
        else:
            made.append(Record(line, str(reason), None if column is None else str(column)))
    return made


def _bindings(text: bytes) -> list[object]:
    try:
        read = json.loads(text.decode(), object_pairs_hook=_Object, parse_constant=_constant)
        json.dumps(read, ensure_ascii=False).encode()
        named, found = read["head"]["vars"], read["results"]["bindings"]
    except (ValueError, TypeError, KeyError) as error:
        raise UnsureError from error
    is_once = all(one.is_once for one in (read, read["head"], read["results"]))
    if not (is_once and isinstance(named, list) and isinstance(found, list)):
        raise UnsureError
    if not (found and set(sources.WIKIDATA) <= {one for one in named if isinstance(one, str)}):
        raise RefusedError
    return found


class _Object(dict[str, object]):
    """An object of JSON that knows whether each of its keys stands once."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.is_once = len(self) == len(pairs)


def _constant(word: str) -> None:
    raise ValueError(word)


def _bound(line: int, binding: object) -> Record:
    if not isinstance(binding, _Object):
        return Record(line, "not a JSON object")
    known = (*sources.WIKIDATA, *sources.WIKIDATA_MORE)
    bound = {name: binding[name] for name in known if name in binding}
    objects = [binding, *(one for one in bound.values() if isinstance(one, _Object))]
    if not all(one.is_once for one in objects):
        return Record(line, "it has a key twice")
    texts = {
        name: text
        for name, one in bound.items()
        if isinstance(one, _Object) and isinstance(text := one.get("value"), str)
    }
    if len(texts) < len(bound):
        return Record(line, "a field without a value, or with one that is no text")
    return sources.wikidata(line, texts)


@dataclass(slots=True)
class Settled:
    """Films, amounts and rejects of all files: the first record of an id is the film."""

    films: list[Row] = field(default_factory=list)
    amounts: list[Row] = field(default_factory=list)
    rejects: list[Row] = field(default_factory=list)

    def refuse(self, table: str, file: str, line: int, column: str | None, reason: str) -> None:
        self.rejects.append((table, file, line, column, reason))


def settle(read: Mapping[str, list[Record]]) -> Settled:
    """What all the files of a location have together."""
    settled = Settled()
    firsts: dict[Row, tuple[str, Record]] = {}
    stated: dict[Row, list[tuple[str, int, Stated]]] = defaultdict(list)
    for file, one in ((file, one) for file, found in sorted(read.items()) for one in found):
        if one.reason:
            settled.refuse("films", file, one.line, one.column, one.reason)
            continue
        at, first = firsts.setdefault(one.film[:2], (file, one))
        is_same = (first.film, first.amounts) == (one.film, one.amounts)
        if first is one:
            settled.films.append((*one.film, file, one.line))
        else:
            place = _place(at, first.line, file)
            other = f"repeats the key of {place} with other values"
            reason = f"the same as {place}" if is_same else other
            settled.refuse("films", file, one.line, _KEY, reason)
        for amount in one.amounts if first is one or not is_same else ():
            if amount.reason:
                settled.refuse("amounts", file, one.line, amount.column, amount.reason)
            else:
                stated[*one.film[:2], amount.kind, amount.area].append((file, one.line, amount))
    for key, found in stated.items():
        _keep(settled, key, sorted(found, key=_rank))
    return settled


def _keep(settled: Settled, key: Row, found: list[tuple[str, int, Stated]]) -> None:
    """The known amount of the latest date is kept; the others are repeats."""
    (file, line, kept), *others = found
    settled.amounts.append((*key, kept.amount, kept.currency, False, kept.as_of, file, line))
    for other, number, one in others:
        place = _place(file, line, other)
        same, differs = f"the same as {place}", f"repeats {place} with another value"
        reason = same if kept.says() == one.says() else differs
        settled.refuse("amounts", other, number, one.column, reason)


def _place(file: str, line: int, seen_from: str) -> str:
    return f"line {line}" if file == seen_from else f"line {line} of {file}"


def _rank(stated: tuple[str, int, Stated]) -> Row:
    file, line, amount = stated
    dated = amount.as_of is None, -(amount.as_of or date.min).toordinal()
    return (amount.amount is None, *dated, file, line)
