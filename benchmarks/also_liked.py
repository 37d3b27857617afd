"""Measure what viewers also liked: `python -m benchmarks.also_liked` (`docs/also_liked.md`).

`quality` hides one title that each user liked and looks for it among the ten best of what the
user's other likes lead to. `scale` builds over 32 million invented ratings. The similarities of
both are those of the dbt project, built over a lake that holds the ratings.
"""

import importlib
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import duckdb
import numpy
import typer

from benchmarks import measure, user_ratings
from ingest.catalog import FEEDS
from warehouse import sources

ROOT = Path(__file__).resolve().parents[1]
RELEASE = ROOT.parent / "shared" / "data" / "ratings" / "ml-latest-small.zip"
_LIST = 10
# Ours publishes 12 neighbours of a title; the library's own default is 20.
_NEIGHBOURS = (12, 20, 100)
_LIBRARY = ("CosineRecommender", "TFIDFRecommender", "BM25Recommender")

# What was rated is not recommended; equals go by number, so that no hit hangs on chance.
_HIT_SHARE = f"""
    with candidates as (
        select scores.* from scores
        anti join ratings using (user_id, source_title_id)
        semi join held_out using (user_id)
    ),
    places as (
        select *, row_number() over (
            partition by user_id order by score desc, source_title_id
        ) as place
        from candidates
    )
    select count(*) filter (where place <= {_LIST}) / (select count(*) from held_out)
    from held_out inner join places using (user_id, source_title_id)
"""
_LIKES = f"""
    create or replace table likes as
    select user_id, source_title_id from ratings
    where rating_original >= {user_ratings.LIKED_STARS}
"""
_POPULARITY = """
    create or replace table scores as
    with counts as (select source_title_id, count(*) as score from likes group by all)
    select users.user_id, counts.source_title_id, counts.score
    from held_out as users cross join counts
"""
_OURS = """
    create or replace table scores as
    select
        likes.user_id,
        liked.source_title_id,
        sum(bridge.score) as score
    from likes
    inner join links using (source_title_id)
    inner join candidate.marts.bridge_titles_also_liked as bridge
        on links.imdb_title_id = bridge.title_id and bridge.evidence = 'ratings'
    inner join links as liked on bridge.liked_title_id = liked.imdb_title_id
    group by all
"""

app = typer.Typer(add_completion=False)


@app.command()
def quality(
    release: Annotated[Path, typer.Option(help="A MovieLens zip.")] = RELEASE,
    seeds: Annotated[int, typer.Option(help="How often, with other titles held out.")] = 5,
    first_seed: Annotated[int, typer.Option(help="Of so many in a row.")] = 1,
) -> None:
    """Hit rate at 10, leaving one out: ours, popularity and the library's item-kNN."""
    shares: dict[str, list[float]] = {}
    for seed in range(first_seed, first_seed + seeds):
        with tempfile.TemporaryDirectory(prefix="arthouse-also-liked-") as folder:
            for name, share in _hit_shares(Path(folder), release, seed):
                shares.setdefault(name, []).append(share)
                print(f"seed {seed} {name}: {share:.4f}", flush=True)
    for name, found in shares.items():
        spread = statistics.stdev(found) if len(found) > 1 else 0.0
        print(f"{name}: {statistics.mean(found):.4f} ± {spread:.4f} (of {len(found)})")


@app.command()
def scale(
    work: Annotated[Path, typer.Option(help="An empty folder with 10 GB; kept.")],
    users: Annotated[int, typer.Option(help="As many as in ml-32m.")] = 200_948,
    titles: Annotated[int, typer.Option(help="As many as in ml-32m.")] = 87_000,
    memory_limit: Annotated[str, typer.Option(help="DuckDB's.")] = "2.5GB",
) -> None:
    """Time and peak memory of every model up to the bridge, over invented ratings."""
    work.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(work / "ratings.duckdb")) as connection:
        connection.execute(f"set memory_limit = '{memory_limit}'")
        connection.execute("set preserve_insertion_order = false")
        user_ratings.invent(connection, users, titles)
        print(connection.sql("select count(*) as ratings from ratings"))
        pins = user_ratings.commit(connection, work)
    (work / "ratings.duckdb").unlink()
    for model, usage in _build(work, pins, memory_limit, apart=True):
        print(
            f"{model}: {usage.wall_seconds:.1f} s, {usage.cpu_seconds:.1f} s of processor,"
            f" {usage.peak_bytes / 2**30:.2f} GiB",
            flush=True,
        )


def _hit_shares(folder: Path, release: Path, seed: int) -> Iterator[tuple[str, float]]:
    with duckdb.connect(str(folder / "ratings.duckdb")) as connection:
        user_ratings.read(connection, release, folder)
        user_ratings.hold_out(connection, seed)
        list(_build(folder, user_ratings.commit(connection, folder), "1GB", apart=False))
        connection.execute(f"attach '{folder / 'candidate.duckdb'}' as candidate (read_only)")
        connection.execute(_LIKES)
        yield "popularity", _hit_share(connection, _POPULARITY)
        yield "arthouse", _hit_share(connection, _OURS)
        for name in _LIBRARY:
            for neighbours in _NEIGHBOURS:
                _score_by_library(connection, name, neighbours)
                yield f"implicit {name} K={neighbours}", _hit_share(connection, "select 1")


def _hit_share(connection: duckdb.DuckDBPyConnection, scores: str) -> float:
    connection.execute(scores)
    ((share,),) = connection.execute(_HIT_SHARE).fetchall()
    return float(share)


def _score_by_library(
    connection: duckdb.DuckDBPyConnection, recommender: str, neighbours: int
) -> None:
    """Make `scores` of what `implicit` learns from the same likes.

    Its recommenders score a user as we do, by the sum of the similarities to the user's likes; the
    product is taken here, because what the user rated without liking it must be left out too.
    """
    sparse: Any = importlib.import_module("scipy.sparse")
    library: Any = importlib.import_module("implicit.nearest_neighbours")
    likes = connection.execute("select * from likes order by all").fetchnumpy()
    users, rows = numpy.unique(likes["user_id"], return_inverse=True)
    titles, places = numpy.unique(likes["source_title_id"], return_inverse=True)
    matrix = sparse.csr_matrix(
        (numpy.ones(len(rows)), (rows, places)), shape=(len(users), len(titles))
    )
    model = getattr(library, recommender)(K=neighbours, num_threads=1)
    model.fit(matrix, show_progress=False)
    found = (matrix @ model.similarity.tocsr()).tocoo()
    table = {  # DuckDB reads it by its name
        "user_id": users[found.row],
        "source_title_id": titles[found.col],
        "score": found.data,
    }
    connection.register("found", table)
    connection.execute("create or replace table scores as select * from found where score > 0")
    connection.unregister("found")


def _build(
    home: Path, pins: dict[str, str], memory_limit: str, *, apart: bool
) -> Iterator[tuple[str, measure.Usage]]:
    """Run the project up to the bridge; `apart`: the models of ratings one by one, measured."""
    scratch = home / "scratch.duckdb"
    with duckdb.connect(str(scratch)) as connection:
        sources.create(connection, home, list(FEEDS), pins)
    environment = {
        **os.environ,
        "ARTHOUSE_CANDIDATE": str(home / "candidate.duckdb"),
        "ARTHOUSE_SCRATCH": str(scratch),
        "ARTHOUSE_MEMORY_LIMIT": memory_limit,
        "DBT_TARGET_PATH": str(home / "target"),
        "DBT_LOG_PATH": str(home / "logs"),
    }
    measured = ("int_user_likes_sampled", "int_titles_liked_together", "bridge_titles_also_liked")
    before = ["+int_records_matched", "+int_captures_ranked"]
    steps = [before, ["fct_user_ratings"], *([model] for model in measured)]
    for selected in steps if apart else [["+bridge_titles_also_liked"]]:
        yield " ".join(selected), _run_dbt(home, selected, environment)
    shutil.rmtree(home / "target", ignore_errors=True)


def _run_dbt(home: Path, selected: list[str], environment: dict[str, str]) -> measure.Usage:
    project = str(ROOT / "dbt_project")
    command = [
        str(Path(sys.executable).parent / "dbt"),
        *("run", "--quiet", "--vars", json.dumps({"run_id": user_ratings.SNAPSHOT})),
        *("--project-dir", project, "--profiles-dir", project, "--select", *selected),
    ]
    return measure.run(command, folder=home, environment=environment, log=home / "dbt.log")


if __name__ == "__main__":
    app()
