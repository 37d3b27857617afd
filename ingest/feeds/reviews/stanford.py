"""Stanford's Large Movie Review Dataset: `aclImdb_v1.tar.gz`, a hundred thousand small files.

`aclImdb/{train,test}/{pos,neg,unsup}/<n>_<rating>.txt` is one review; line n, from 0, of
`urls_<label>.txt` beside the folders is the address of its title. The archive is read once, as a
stream; the addresses may come before or after the texts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from ingest import source, tarred
from ingest.errors import SourceChangedError
from ingest.feeds.reviews import drafts, rules
from ingest.feeds.reviews.drafts import Settled
from ingest.feeds.reviews.rules import Rule
from ingest.forms import FORMS
from ingest.judgement import PARQUET, literal
from ingest.parts import Arrived, FileLoad
from ingest.records import MAX_BYTES

SOURCE = "stanford"
_REVIEW = re.compile(
    r"(?:.*/)?(?P<half>train|test)/(?P<label>pos|neg|unsup)/(?P<number>\d{1,9})_(?P<rating>\d{1,2})\.txt"
)
_ADDRESSES = re.compile(r"(?:.*/)?(?P<half>train|test)/urls_(?P<label>pos|neg|unsup)\.txt")
# Known, and not read: what the archive says of itself, and texts already taken apart into words.
_LEFT = re.compile(r"(?:.*/)?(?:README|imdb\.vocab|imdbEr\.txt|(?:labeled|unsup)Bow\.feat)")
_MAX_ADDRESSES_BYTES = 64 << 20
_BATCH_BYTES = 8 << 20
_SHOWN = 5

_MEMBERS = pa.schema(
    [
        ("record_number", pa.int64()), ("half", pa.string()), ("label", pa.string()),
        ("number", pa.int64()), ("rating", pa.string()), ("problem", pa.string()),
        ("file", pa.string()), ("data", pa.large_binary()),
    ]
)  # fmt: skip
_URLS = pa.schema([("half", pa.string()), ("label", pa.string()), ("data", pa.large_binary())])
_RULES = (
    Rule("text", rules.is_blank("text"), rules.NO_VALUE),
    Rule(
        "rating",
        f"({rules.rating('rating')}) is null and not (label = 'unsup' and rating = '0')",
        rules.RATING,
    ),
)
_VALUES = {
    "source": f"'{SOURCE}'",
    "source_review_id": "half || '/' || label || '/' || number",
    "content_hash": rules.content_hash("text"),
    "record_hash": rules.record_hash("text", "rating", "cast(title_id as varchar)"),
    "title_id": "title_id",
    "rating_10": rules.rating("rating"),
    "sentiment_label": "case label when 'pos' then 'positive' when 'neg' then 'negative' end",
    "body": rules.body("text"),
}


@dataclass(slots=True)
class _Archive:
    """An archive while it is read: what its members are, by what they are called."""

    arrived: Arrived
    urls: dict[tuple[str, str], bytes] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    review_count: int = 0

    def batches(self) -> Iterator[pa.RecordBatch]:
        rows: list[tuple[object, ...]] = []
        waiting = 0
        name = self.arrived.name
        with source.opened(self.arrived.path, ahead=True, name=name) as handle:
            for member in tarred.members(handle, name, _wanted):
                row = self._row(member)
                if row is None:
                    continue
                rows.append(row)
                waiting += len(member.data)
                if waiting > _BATCH_BYTES:
                    yield _batch(rows)
                    rows, waiting = [], 0
        yield _batch(rows)

    def _row(self, member: tarred.Member) -> tuple[object, ...] | None:
        """A review; None where the member is none, after it was put where it belongs."""
        if named := _ADDRESSES.fullmatch(member.name):
            if member.size > _MAX_ADDRESSES_BYTES or not member.is_regular:
                raise SourceChangedError(
                    self.arrived.name,
                    f"{member.name} is no list of addresses: {member.size} bytes",
                    "Nothing of an archive with such a member is read",
                )
            self.urls[named["half"], named["label"]] = member.data
            return None
        named = _REVIEW.fullmatch(member.name)
        if named is None:
            if not _LEFT.fullmatch(member.name):
                self.others.append(member.name)
            return None
        self.review_count += 1
        problem = None
        if not member.is_regular:
            problem = "not a regular file"
        elif member.size > MAX_BYTES:
            problem = f"longer than {MAX_BYTES} bytes"
        half, label, number, rating = named.groups()
        return (
            self.review_count, half, label, int(number), str(int(rating)), problem,
            member.name, member.data,
        )  # fmt: skip


def _wanted(name: str) -> int:
    if _ADDRESSES.fullmatch(name):
        return _MAX_ADDRESSES_BYTES
    return MAX_BYTES if _REVIEW.fullmatch(name) else 0


def _batch(rows: list[tuple[object, ...]]) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) or [()] * len(_MEMBERS)
    arrays = [pa.array(list(c), field.type) for c, field in zip(columns, _MEMBERS, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=_MEMBERS)


def load(
    connection: duckdb.DuckDBPyConnection,
    arrived: Arrived,
    folder: Path,
    earlier: Sequence[Settled],
) -> FileLoad:
    """Load one archive.

    Raises:
        SourceChangedError: it holds no review.
    """
    members, draft = folder / ".members.parquet", folder / ".draft.parquet"
    archive = _Archive(arrived)
    with drafts.streamed(connection, "members", _MEMBERS, archive.batches()):
        connection.execute(
            f"copy (from members) to {literal(str(members))} ({PARQUET}, row_group_size 8192)"
        )
    if not archive.review_count:
        raise SourceChangedError(
            arrived.name, "it holds no review", "Expected members like aclImdb/train/pos/0_9.txt"
        )
    connection.register("addresses", _urls(archive))
    try:
        drafts.write(connection, _records_sql(arrived, members), _RULES, _VALUES, draft)
    finally:
        connection.unregister("addresses")
    members.unlink()
    warnings = [*_untitled(connection, draft), *_unread(archive)]
    return drafts.settle(connection, arrived, draft, earlier, warnings)


def _urls(archive: _Archive) -> pa.Table:
    rows = [
        {"half": half, "label": label, "data": data} for (half, label), data in archive.urls.items()
    ]
    return pa.Table.from_pylist(rows, _URLS)


def _records_sql(arrived: Arrived, members: Path) -> str:
    """Reviews with the title that the line of their number names."""
    lines = "string_split(cast(coalesce(try(decode(data)), '') as varchar), chr(10))"
    return f"""
        with lines as (
            select
                half, label,
                unnest({lines}) as line, generate_subscripts({lines}, 1) - 1 as number
            from addresses
        ),
        titles as (
            select
                half, label, number,
                {FORMS["title_id"].sql.format(c="named")} as title_id
            from (select *, regexp_extract(line, '/title/(tt[0-9]+)', 1) as named from lines)
        )
        select
            record_number, {literal(arrived.name)} || '!' || file as source_file,
            cast(1 as bigint) as line_number, data as raw_line,
            coalesce(problem, case when try(decode(data)) is null then 'not valid UTF-8' end)
                as problem,
            null as problem_column, try(decode(data)) as text,
            rating, half, label, members.number, title_id
        from read_parquet({literal(str(members))}) as members
        left join titles using (half, label, number)
    """


def _untitled(connection: duckdb.DuckDBPyConnection, draft: Path) -> list[str]:
    [(count,)] = connection.execute(
        "select count(*) from read_parquet($1) where reason is null and title_id is null",
        [str(draft)],
    ).fetchall()
    return [f"reviews of titles that no list of addresses names: {count:,}"] if count else []


def _unread(archive: _Archive) -> list[str]:
    if not archive.others:
        return []
    shown = ", ".join(archive.others[:_SHOWN])
    return [f"members not read: {len(archive.others):,} ({shown[:300]})"]
