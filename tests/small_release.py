"""A published release of a few invented rows, made in a moment."""

from pathlib import Path

import duckdb

from warehouse import release

# What scraped text may hold: escape sequences for a terminal, a formula, markup.
TITLES = ("Tide of Glass", "\x1b]0;owned\x07\x1b[31mRed", "=1+1", "[bold]Not bold[/bold]")

TABLES = """
create schema marts;
create schema ops;
create table marts.dim_titles (
    title_id bigint, primary_title varchar, title_type varchar, release_year integer,
    genres varchar[], vote_count bigint
);
create table marts.bridge_titles_genres (title_id bigint, genre_id varchar);
create table ops.runs (run_id varchar);
create view marts.rpt_top_titles as select * from marts.dim_titles;
comment on table marts.dim_titles is 'One row per title. More is in docs.';
comment on column marts.dim_titles.release_year is 'Year of the first showing.';
"""


def publish(home: Path) -> Path:
    """Make it and let readers see it; the release's own path."""
    file = home / "releases" / "000001-20260102T030405Z.duckdb"
    file.parent.mkdir(parents=True)
    with duckdb.connect(file) as connection:
        connection.execute(TABLES)
        for number, title in enumerate(TITLES, 1):
            row = [number, title, "movie", 2000 + number, ["drama", "war"], number * 1000]
            connection.execute("insert into marts.dim_titles values (?, ?, ?, ?, ?, ?)", row)
    file.chmod(0o444)
    (home / release.LINK).symlink_to(file.relative_to(home))
    return file
