from pathlib import Path

from ingest.catalog import FEEDS
from tests.integration.dbt.conftest import Built, build
from tests.integration.dbt.lake import ROWS

NO_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
TABLES = """
    select schema_name || '.' || table_name
    from duckdb_tables() where database_name = current_database() order by all
"""


def contents(one: Built) -> dict[str, list[str]]:
    tables = [table for (table,) in one.rows(TABLES)]
    return {table: [str(row) for row in one.rows(f"from {table} order by all")] for table in tables}


def test_every_model_test_and_unit_test_passes(built: Built) -> None:
    assert built.exit_code == 0, built.output
    assert set(built.results.values()) == {"success", "pass"}
    assert sum(name.startswith("unit_test.") for name in built.results) >= 15


def test_a_second_build_gives_the_same_content(built: Built, tmp_path: Path) -> None:
    again = build(tmp_path, ROWS, *NO_UNIT_TESTS)
    assert again.exit_code == 0, again.output
    assert contents(again) == contents(built)


def test_a_release_holds_marts_and_ops_only(built: Built) -> None:
    schemas = built.rows("select distinct schema_name from duckdb_tables() order by all")
    assert schemas == [("marts",), ("ops",)]
    views = built.rows("select schema_name, view_name from duckdb_views() where not internal")
    assert views == [("marts", "rpt_title_pages")]


def test_every_table_and_column_is_commented(built: Built) -> None:
    bare = built.rows("""
        select schema_name, table_name, column_name from duckdb_columns()
        where not internal and coalesce(trim(comment), '') = ''
        union all
        select schema_name, table_name, null from duckdb_tables()
        where coalesce(trim(comment), '') = ''
        union all
        select schema_name, view_name, null from duckdb_views()
        where not internal and coalesce(trim(comment), '') = ''
    """)
    assert bare == []


def test_credits_reconcile_principals_and_crew(built: Built) -> None:
    rows = built.rows("""
        select title_id, credit_number, person_id, category, credit_source
        from marts.fct_credits order by all
    """)
    assert rows == [
        (1, 1, 10, "actor", "principals"),
        (1, 2, 20, "director", "both"),
        (1, 5, 91, "producer", "principals"),
        (1, 6, 21, "director", "crew"),
        (1, 7, 20, "writer", "crew"),
        (2, 1, 22, "writer", "crew"),
        (60, 1, 90, "director", "crew"),
        (80, 1, 10, "self", "principals"),
    ]


def test_every_orphan_has_an_inferred_member_and_is_counted(built: Built) -> None:
    titles = built.rows("""
        select title_id, imdb_title_id, primary_title, rating_average
        from marts.dim_titles where is_inferred order by all
    """)
    assert [row[0] for row in titles] == [50, 60, 70, 71, 80, 85, 86, 88]
    assert (85, "tt0000085", None, 5) in titles
    assert (86, "tt0000086", "Gone Astray", None) in titles
    people = built.rows("select person_id from marts.dim_people where is_inferred order by all")
    assert people == [(90,), (91,)]
    counted = built.rows("""
        select table_name, column_name, orphan_row_count, orphan_member_count
        from ops.orphans where orphan_row_count > 0 order by all
    """)
    assert counted == [
        ("bridge_people_known_titles", "title_id", 1, 1),
        ("bridge_series_episodes", "episode_id", 1, 1),
        ("bridge_series_episodes", "series_id", 1, 1),
        ("dim_title_names", "title_id", 1, 1),
        ("fct_credits", "person_id", 2, 2),
        ("fct_credits", "title_id", 2, 2),
        ("fct_title_ratings_daily", "title_id", 3, 2),
        ("stg_imdb__ratings", "title_id", 1, 1),
    ]


def test_every_foreign_key_holds(built: Built) -> None:
    keys = built.rows("""
        select table_name, column_name, members.name
        from duckdb_columns()
        inner join (values
            ('title_id', 'dim_titles'), ('person_id', 'dim_people'), ('genre_id', 'dim_genres'),
            ('series_id', 'dim_titles'), ('episode_id', 'dim_titles')
        ) as members (key, name) on column_name = members.key
        where schema_name = 'marts' and table_name <> members.name
    """)
    assert len(keys) >= 15
    for table, column, members in keys:
        key = {"series_id": "title_id", "episode_id": "title_id"}.get(column, column)
        orphans = built.rows(f"""
            select count(*) from marts.{table} as facts
            anti join marts.{members} as members on facts.{column} = members.{key}
            where facts.{column} is not null
        """)
        assert orphans == [(0,)], (table, column)


def test_ratings_have_a_row_a_day_where_they_changed(built: Built) -> None:
    days = built.rows("""
        select title_id, rating_date::varchar, rating_average::double, vote_count, new_vote_count
        from marts.fct_title_ratings_daily order by all
    """)
    assert days == [
        (1, "2026-01-01", 8.1, 39000, None),
        (1, "2026-01-02", 8.2, 40000, 1000),
        (3, "2026-01-02", 7.0, 120, None),
        (85, "2026-01-02", 5.0, 7, None),
        (86, "2026-01-01", 6.0, 9, None),
        (86, "2026-01-02", None, None, None),
    ]


def test_the_weighted_rating_follows_from_its_published_parameters(built: Built) -> None:
    wrong = built.rows("""
        with parameters as (
            pivot (from ops.model_parameters) on parameter_name using first(parameter_value)
        )
        select title_id from marts.dim_titles, parameters
        where weighted_rating is distinct from
            (vote_count * rating_average::double
                + weighted_rating_prior_votes * weighted_rating_prior_mean)
            / (vote_count + weighted_rating_prior_votes)
    """)
    assert wrong == []
    rated = built.rows("select count(weighted_rating), count(*) from marts.dim_titles")
    assert rated == [(3, 13)]


def test_what_arrived_and_what_was_refused_is_in_ops(built: Built) -> None:
    counts = built.rows("""
        select run_id, source_file, received_count, loaded_count, rejected_count
        from ops.table_counts where table_name = 'title_basics'
    """)
    assert counts == [("000001-20260102T050000Z", "title.basics.tsv.gz", 6, 5, 1)]
    rejects = built.rows("select reason, reject_count, sample_lines from ops.rejects")
    assert rejects == [("bad integer", 1, ["x"])]
    assert built.rows("select count(*), min(snapshot) from ops.feed_snapshots") == [
        (7, "000002-20260102T043000Z")
    ]


def test_an_empty_lake_builds_empty_marts(tmp_path: Path) -> None:
    empty = build(tmp_path, {}, *NO_UNIT_TESTS)
    assert empty.exit_code == 0, empty.output
    filled = {table for table, rows in contents(empty).items() if rows and "marts." in table}
    assert filled == set()


def test_a_planted_duplicate_fails_the_uniqueness_test(tmp_path: Path) -> None:
    doubled = ROWS["name_basics"] + ", (10, 'Ada Ferrow', 1960, null, null, null)"
    refused = build(tmp_path, {**ROWS, "name_basics": doubled}, *NO_UNIT_TESTS)
    failed = [name for name, status in refused.results.items() if status == "fail"]
    assert refused.exit_code == 1
    assert any("unique_dim_people_person_id" in name for name in failed), failed


def test_the_terms_of_every_source_travel_with_the_release(built: Built) -> None:
    rows = built.rows("select feed, source, may_redistribute, has_data from ops.source_terms")
    known = {
        (feed.name, source.name, source.may_redistribute)
        for feed in FEEDS.values()
        for source in feed.sources
    }
    assert {row[:3] for row in rows} == known
    assert [row[:2] for row in rows if row[3]] == [("imdb", "imdb")]


def test_the_lineage_holds_every_table_up_to_its_feeds(built: Built) -> None:
    edges = built.rows("""
        select table_name, upstream_layer, upstream_feed, upstream_name from ops.table_lineage
    """)
    assert ("fct_user_ratings", "staging", None, "stg_movielens__ratings") in edges
    assert ("stg_movielens__ratings", "lake", "movielens", "ratings") in edges
    assert ("int_amounts_converted", "intermediate", None, "int_amounts_stated") in edges
    assert ("runs", "staging", None, "stg_ledger__runs") in edges
    assert ("stg_ledger__runs", "ledger", None, "runs") in edges
    assert ("stg_lake__files", "lake", None, "files") in edges
    assert {edge[2] for edge in edges} == {None, *FEEDS}
    tables = built.rows("""
        select table_name from duckdb_tables() union all
        select view_name from duckdb_views() where not internal
    """)
    rootless = {table for (table,) in tables} - {edge[0] for edge in edges}
    assert rootless == {"model_parameters", "table_lineage"}


def test_a_source_with_a_record_is_said_to_have_data(tmp_path: Path) -> None:
    rated = {"source": "movietweetings", "source_title_id": 1, "title": "Ada"}
    one = build(tmp_path, {}, *NO_UNIT_TESTS, feeds={"movielens": {"titles": [rated]}})
    assert one.exit_code == 0, one.output
    found = one.rows("select source from ops.source_terms where has_data")
    assert found == [("movietweetings",)]
