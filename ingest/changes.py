"""What changed between two snapshots of a feed, by key: added, changed or gone.

History marts read only these files, so history costs changes, not dumps times nights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class Comparison:
    """One table's rows now against before; `carried` columns travel with each change."""

    name: str
    table: str
    key: str
    carried: Sequence[str]
    carries_before: bool  # the values before the change, not after it
    lists: Sequence[str] = ()


RATINGS = Comparison(
    "rating_changes", "title_ratings", "tconst", ("averageRating", "numVotes"), False
)
TITLES = Comparison(
    "title_changes", "title_basics", "tconst", ("titleType", "primaryTitle"), True, ("genres",)
)


def write(
    connection: duckdb.DuckDBPyConnection, comparison: Comparison, now: Path, before: Path | None
) -> int:
    """Write `<name>.parquet` into `now`; the number of changes.

    `before` is the previous snapshot's folder, None on a feed's first night: all is added then.
    Files that are one and the same inode have no changes, and are not read.
    """
    table = f"{comparison.table}.parquet"
    if before is not None and (now / table).samefile(before / table):
        relations = "now where false", "now where false"
    else:
        relations = "now", "now where false" if before is None else "before"
    target = now / f"{comparison.name}.parquet"
    target.unlink(missing_ok=True)
    parameters = {
        "now": str(now / table),
        "before": str((before or now) / table),
        "target": str(target),
    }
    [(count,)] = connection.execute(
        f"""
        copy ({_changes_sql(comparison, *relations)})
        to $target (format parquet, parquet_version v2, compression zstd, compression_level 1)
        """,
        parameters,
    ).fetchall()
    return int(count)


def _changes_sql(comparison: Comparison, now: str, before: str) -> str:
    side = "old" if comparison.carries_before else "new"
    carried = ", ".join(f'{side}."{name}"' for name in comparison.carried)
    # DuckDB's hash is one for an empty list and a missing one: the lengths tell them apart.
    hashed = ", ".join(["rows", *(f'len("{name}")' for name in comparison.lists)])
    return f"""
        with now as (select *, hash({hashed}) as content from read_parquet($now) as rows),
        before as (select *, hash({hashed}) as content from read_parquet($before) as rows),
        new as (select * from {now}),
        old as (select * from {before})
        select
            coalesce(new."{comparison.key}", old."{comparison.key}") as "{comparison.key}",
            case
                when old."{comparison.key}" is null then 'added'
                when new."{comparison.key}" is null then 'gone'
                else 'changed'
            end as change,
            {carried}
        from new full join old on new."{comparison.key}" = old."{comparison.key}"
        where new.content is distinct from old.content
    """


def are_related(
    connection: duckdb.DuckDBPyConnection, comparison: Comparison, now: Path, before: Path
) -> bool:
    """Whether one row in a hundred, of the smaller side, is on both sides with equal content."""
    table = f"{comparison.table}.parquet"
    [(shared, rows)] = connection.execute(
        f"""
        select
            (
                select count(*)
                from read_parquet($now) as new
                semi join read_parquet($before) as old
                    on new."{comparison.key}" = old."{comparison.key}"
                    and {" and ".join(f'new."{c}" = old."{c}"' for c in comparison.carried)}
            ),
            least(
                (select count(*) from read_parquet($now)),
                (select count(*) from read_parquet($before))
            )
        """,
        {"now": str(now / table), "before": str(before / table)},
    ).fetchall()
    return bool(shared * 100 >= rows)
