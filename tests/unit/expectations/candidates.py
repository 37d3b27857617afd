"""Invented candidates as dbt builds them, with the columns that suites look at, and faults."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

ROWS = 1000

# Nine titles and people in ten are described by a dump; the last hundred are inferred.
TABLES = {
    "marts.dim_titles": """
        title_id bigint not null, title_type varchar, release_year smallint,
        rating_average decimal(3, 1), vote_count integer, weighted_rating double,
        is_inferred boolean not null, identity_source varchar not null;
        select
            i, 'movie', 1999, case when i <= 900 then 7.5 end, case when i <= 900 then 10 end,
            case when i <= 900 then 6.5 end, i > 900, 'imdb'
        from n
    """,
    "marts.dim_people": """
        person_id bigint not null, person_name varchar, is_inferred boolean not null;
        select i, 'Person ' || i, i > 900 from n
    """,
    "marts.dim_genres": """
        genre_id integer not null, genre_name varchar not null;
        select i, 'Genre ' || i from n where i <= 100
    """,
    "marts.bridge_titles_genres": """
        title_id bigint not null, genre_id integer not null;
        select i, 1 from n
    """,
    "marts.fct_credits": """
        title_id bigint not null, credit_number integer not null, person_id bigint,
        category varchar, characters varchar[], credit_source varchar not null;
        select
            i, 1, i, 'actor', ['Self'],
            case when i > 900 then 'crew' when i > 450 then 'both' else 'principals' end
        from n
    """,
    "marts.dim_title_names": """
        title_id bigint not null, name_source varchar not null, name_order integer not null,
        title_name varchar, region varchar, language varchar;
        select i, case when i > 900 then 'page' else 'imdb' end, 1, 'Name', 'NA', 'en' from n
    """,
    "marts.bridge_series_episodes": """
        episode_id bigint not null, series_id bigint not null, season_number integer;
        select i, 1, 1 from n
    """,
    "marts.bridge_people_known_titles": """
        person_id bigint not null, title_id bigint not null;
        select i, i from n
    """,
    "marts.fct_title_ratings_daily": """
        title_id bigint not null, rating_date date not null, rating_average decimal(3, 1),
        vote_count integer;
        select i, date '2026-11-21', 7.5, 10 from n
    """,
    "marts.fct_user_ratings": """
        source varchar not null, user_id bigint not null, source_title_id bigint not null,
        rating_10 decimal(3, 1) not null, rating_scale varchar not null;
        select 'movielens', i, i, 8.0, '0.5-5' from n
    """,
    "marts.fct_user_tags": """
        source varchar not null, user_id bigint not null, source_title_id bigint not null,
        tag varchar not null;
        select 'movielens', i, i, 'slow' from n
    """,
    # One review in ten stands for a copy, too.
    "marts.fct_reviews": """
        review_id bigint not null, source varchar not null, rating_10 integer not null,
        sentiment_label varchar not null, helpful_score double not null,
        copy_count integer not null;
        select i, 'ieee', 8, 'positive', 0.5, case when i <= 100 then 2 else 1 end from n
    """,
    "marts.bridge_titles_also_liked": """
        title_id bigint not null, evidence varchar not null, rank integer not null;
        select i, 'ratings', 1 from n
    """,
    "marts.fct_budgets": """
        source varchar not null, source_record_id varchar not null, amount_kind varchar not null,
        currency_code varchar not null, fx_basis varchar not null, amount decimal(18, 2) not null;
        select
            case when i > 900 then 'page' else 'wikidata' end, 'Q' || i, 'budget', 'USD',
            'us_dollars', 1000
        from n
    """,
    "marts.fct_box_office": """
        source varchar not null, source_record_id varchar not null, amount_kind varchar not null,
        area varchar not null, currency_code varchar not null, fx_basis varchar not null,
        amount decimal(18, 2) not null;
        select 'wikidata', 'Q' || i, 'gross', 'worldwide', 'USD', 'us_dollars', 1000 from n
    """,
    "marts.fct_page_captures": """
        capture_id bigint not null, layout varchar not null;
        select i, 'text' from n
    """,
    "marts.fct_releases": """
        title_id bigint not null, source varchar not null, release_order integer not null,
        date_precision varchar not null;
        select i, 'page', 1, 'day' from n
    """,
    "marts.dim_title_facts": """
        title_id bigint not null, fact_kind varchar not null, fact_order integer not null;
        select i, 'outline', 1 from n
    """,
    "marts.bridge_titles_keywords": """
        title_id bigint not null, keyword varchar not null;
        select i, 'rain' from n
    """,
    "marts.rpt_top_titles": """
        title_id bigint not null, release_year smallint;
        select i, 1999 from n
    """,
    "ops.table_counts": """
        feed varchar, table_name varchar, received_count bigint, loaded_count bigint,
        rejected_count bigint;
        from (values
            ('imdb', 'title_basics', 903, 900, 3), ('imdb', 'name_basics', 900, 900, 0),
            ('imdb', 'title_ratings', 900, 900, 0), ('imdb', 'title_principals', 900, 900, 0),
            ('imdb', 'title_akas', 900, 900, 0), ('imdb', 'title_episode', 1000, 1000, 0),
            ('imdb', 'title_crew', 500, 500, 0), ('another', 'title_basics', 7, 7, 0),
            ('movielens', 'ratings', 1000, 1000, 0), ('movielens', 'tags', 1000, 1000, 0),
            ('reviews', 'reviews', 1000, 1000, 0), ('pages', 'reviews', 60, 60, 0),
            ('pages', 'reviews', 40, 40, 0), ('pages', 'captures', 1000, 1000, 0),
            ('budgets', 'films', 1000, 1000, 0), ('budgets', 'amounts', 1900, 1900, 0)
        )
    """,
    "ops.rejects": """
        feed varchar, table_name varchar, reject_count bigint;
        select 'imdb', 'title_basics', 3
    """,
    # Three in a hundred name what no dump describes.
    "ops.orphans": """
        table_name varchar, column_name varchar, orphan_row_count bigint;
        from (values
            ('fct_credits', 'title_id', 30), ('fct_credits', 'person_id', 30),
            ('dim_title_names', 'title_id', 30), ('bridge_series_episodes', 'episode_id', 30),
            ('bridge_series_episodes', 'series_id', 30),
            ('bridge_people_known_titles', 'title_id', 30),
            ('fct_title_ratings_daily', 'title_id', 30), ('stg_imdb__ratings', 'title_id', 30),
            ('match_results', 'title_id', 300)
        )
    """,
    # Of every source nine records in ten are matched.
    "ops.match_results": """
        source varchar, outcome varchar;
        select unnest([
            'also_liked', 'ieee', 'movielens', 'movietweetings', 'page', 'spoiler', 'stanford',
            'the_numbers', 'tmdb', 'wikidata'
        ]), case when i <= 900 then 'matched' else 'ambiguous' end from n
    """,
    "ops.feed_snapshots": """
        feed varchar, snapshot_at timestamp;
        select 'imdb', timestamp '2026-11-22 04:30:00'
    """,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with one table of a candidate."""

    table: str
    sql: str


def write(file: Path, faults: Sequence[Fault] = ()) -> Path:
    """A candidate that passes every expectation, but for the faults."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(file) as session:
        session.execute("create schema marts")
        session.execute("create schema ops")
        session.execute(f"create temp table n as select i from range(1, {ROWS + 1}) as n (i)")
        for table, text in TABLES.items():
            columns, rows = text.split(";", 1)
            session.execute(f"create table {table} ({columns})")
            session.execute(f"insert into {table} {rows}")
        for fault in faults:
            session.execute(fault.sql)
    return file
