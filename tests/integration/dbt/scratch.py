"""The scratch database dbt starts from: views over a lake, as warehouse/build.py makes them."""

from pathlib import Path

import duckdb

TABLES = {
    "title_basics": "tconst bigint, titleType varchar, primaryTitle varchar,"
    " originalTitle varchar, isAdult boolean, startYear smallint, endYear smallint,"
    " runtimeMinutes integer, genres varchar[]",
    "title_akas": "titleId bigint, ordering integer, title varchar, region varchar,"
    " language varchar, types varchar[], attributes varchar[], isOriginalTitle boolean",
    "title_crew": "tconst bigint, directors bigint[], writers bigint[]",
    "title_episode": "tconst bigint, parentTconst bigint, seasonNumber integer,"
    " episodeNumber integer",
    "title_principals": "tconst bigint, ordering integer, nconst bigint, category varchar,"
    " job varchar, characters varchar[]",
    "title_ratings": "tconst bigint, averageRating decimal(3,1), numVotes integer",
    "name_basics": "nconst bigint, primaryName varchar, birthYear smallint,"
    " deathYear smallint, primaryProfession varchar[], knownForTitles bigint[]",
    "rejects": "table_name varchar, source_file varchar, line_number bigint,"
    " column_name varchar, reason varchar, raw_line blob",
    "rating_changes": "tconst bigint, change varchar, averageRating decimal(3,1),"
    " numVotes integer, snapshot varchar, snapshot_at timestamp",
    "title_changes": "tconst bigint, change varchar, titleType varchar,"
    " primaryTitle varchar, snapshot varchar, snapshot_at timestamp",
}
LAKE = {
    "snapshots": "feed varchar, snapshot varchar, snapshot_at timestamp, committed_at timestamp",
    "files": "feed varchar, snapshot varchar, table_name varchar, source_file varchar,"
    " location varchar, sha256 varchar, byte_count bigint, fetched_at timestamp,"
    " last_modified timestamp, received_count bigint, loaded_count bigint,"
    " rejected_count bigint, duplicate_count bigint",
}
LEDGER = {
    "runs": "run_id varchar, started_at timestamp, finished_at timestamp, outcome varchar,"
    " reason varchar, release varchar",
    "gate_results": "run_id varchar, gate varchar, suite varchar, table_name varchar,"
    " column_name varchar, expectation varchar, severity varchar, verdict varchar,"
    " expected varchar, observed varchar, sample varchar, judged_at timestamp",
}
SOURCES = {"imdb": TABLES, "lake": LAKE, "ledger": LEDGER}
