"""Statements that try to get out of the sandbox or to exhaust the machine.

The command's tests and the SQL page's share them. SECRET stands for a file that must not be read,
FOLDER for the folder it is in, where nothing may appear.
"""

from pathlib import Path

# What is in SECRET: a word, so that it may be read as CSV, JSON or text.
CANARY = "7301958264301"

ESCAPES = {
    # Reading
    "read_text": "select * from read_text('SECRET')",
    "read_blob": "select * from read_blob('SECRET')",
    "read_csv": "select * from read_csv('SECRET', header = false)",
    "read_csv_auto": "select * from read_csv_auto('SECRET')",
    "read_json": "select * from read_json('SECRET')",
    "read_json_objects": "select * from read_json_objects('SECRET')",
    "read_ndjson": "select * from read_ndjson('SECRET')",
    "read_parquet": "select * from read_parquet('SECRET')",
    "parquet_metadata": "select * from parquet_metadata('SECRET')",
    "parquet_schema": "select * from parquet_schema('SECRET')",
    "read_duckdb": "select * from read_duckdb('SECRET')",
    "sniff_csv": "select * from sniff_csv('SECRET')",
    "glob": "select * from glob('FOLDER/*')",
    "literal": "select * from 'SECRET'",
    "from first": "from 'SECRET' limit 1",
    "list of files": "select * from read_text(['SECRET', 'SECRET'])",
    "lateral path": "select * from (values ('SECRET')) as p (path), lateral read_text(p.path)",
    "computed path": "select * from read_text(concat('FOLDER', '/secret', '.csv'))",
    "dots": "select * from read_text('FOLDER/../outside/secret.csv')",
    "relative": "select * from '../secret.csv'",
    "symlink": "select * from read_text('FOLDER/link')",
    "file url": "select * from read_text('file://SECRET')",
    "own environment": "select * from read_text('/proc/self/environ')",
    "own stdin": "select * from read_text('/proc/self/fd/0')",
    "stdin": "select * from read_csv('/dev/stdin')",
    "summarize a file": "summarize 'SECRET'",
    "describe a file": "describe select * from 'SECRET'",
    "scalar subquery": "select (select content from read_text('SECRET'))",
    "in a CTE": "with x as materialized (from read_text('SECRET')) select * from x",
    "query()": "select * from query('select * from read_' || 'text(''SECRET'')')",
    "query_table()": "select * from query_table('SECRET')",
    "serialised": "select * from json_execute_serialized_sql("
    "json_serialize_sql('select * from read_text(''SECRET'')'))",
    "http": "select * from read_csv('http://127.0.0.1:9/x.csv')",
    "s3": "select * from 's3://bucket/x.parquet'",
    "explain analyze reads": "explain analyze select * from read_text('SECRET')",
    "a variable of ours": "select * from order_",
    "python frame": "select * from statement",
    "pandas_scan": "select * from pandas_scan()",
    "python_arrow_scan": "select * from python_arrow_scan()",
    "getenv": "select getenv('HOME')",
    # Writing
    "copy out": "copy dim_titles to 'FOLDER/out.csv'",
    "copy a query out": "copy (select 1) to 'FOLDER/out.parquet' (format parquet)",
    "copy in": "copy dim_titles from 'SECRET'",
    "export": "export database 'FOLDER/export'",
    "import": "import database 'FOLDER'",
    "attach": "attach 'FOLDER/new.duckdb'",
    "attach memory": "attach ':memory:' as other",
    "detach": "detach memory",
    "log to a file": "select * from enable_logging(storage = 'file', storage_path = 'FOLDER/log')",
    "profile to a file": "select * from enable_profiling(save_location = 'FOLDER/profile')",
    "insert": "insert into dim_titles select * from dim_titles",
    "update": "update dim_titles set primary_title = 'x'",
    "delete": "delete from dim_titles",
    "truncate": "truncate dim_titles",
    "merge": "merge into dim_titles using dim_titles as d on false when not matched then insert",
    "drop": "drop table marts.dim_titles",
    "alter": "alter table marts.dim_titles add column x integer",
    "comment on": "comment on table marts.dim_titles is 'x'",
    "create": "create table marts.x as select 1",
    "create temp": "create temp table x as select 1",
    "macro": "create macro f(x) as x",
    "temporary view": "create temp view v as select * from 'SECRET'",
    "insert in a CTE": "with x as (insert into dim_titles default values returning *) from x",
    # Settings and extensions
    "set": "set enable_external_access = true",
    "set global": "set global lock_configuration = false",
    "set variable": "set variable x = 1",
    "reset": "reset enable_external_access",
    "pragma": "pragma enable_profiling",
    "pragma log": "pragma log_query_path = 'FOLDER/log'",
    "install": "install httpfs",
    "install a file": "force install 'FOLDER/x.duckdb_extension'",
    "load": "load 'FOLDER/x.duckdb_extension'",
    "secret": "create persistent secret s (type http, bearer_token 'x')",
    "use": "use ops",
    # Statements in disguise
    "two": "select 1; drop table marts.dim_titles",
    "two selects": "select 1; select 2",
    "comment between": "select 1 /* ; */ ; -- \n copy (select 1) to 'FOLDER/out'",
    "nested comment": "/* /* */ select 1 */ copy (select 1) to 'FOLDER/out'",
    "dollar quotes": "select $$;$$; copy (select 1) to $a$FOLDER/out$a$",
    "wide semicolon": "select 1\uff1b copy (select 1) to 'FOLDER/out'",
    "no-break space": "copy\u00a0(select 1)\u00a0to\u00a0'FOLDER/out'",
    "zero width": "co\u200bpy (select 1) to 'FOLDER/out'",
    "byte order mark": "\ufeffcopy (select 1) to 'FOLDER/out'",
    "NUL": "select 1 \x00; copy (select 1) to 'FOLDER/out'",
    "surrogate": "select '\udcff'",
    "nothing": " ;; -- nothing",
    "prepare": "prepare p as select 1",
    "execute": "execute p",
    "call": "call pragma_version()",
    "checkpoint": "checkpoint",
    "force checkpoint": "force checkpoint",
    "vacuum": "vacuum",
    "analyze": "analyze",
    "begin": "begin transaction",
    "explain copy": "explain copy dim_titles to 'FOLDER/out'",
    "explain analyze copy": "explain analyze copy dim_titles to 'FOLDER/out'",
    "explain options": "explain (analyze, format json) copy (select 1) to 'FOLDER/out'",
    "explain comment": "explain /* select 1 */ analyze -- select 1\n insert into dim_titles from x",
    "explain create": "explain analyze create temp table x as select 1",
    "explain set": "explain set threads = 1",
    "pivot makes a type": "pivot dim_titles on primary_title using count(*)",
    "a parameter": "select $1",
    "deep": "select " + "(" * 5_000 + "1" + ")" * 5_000,
    "long": "select '" + "x" * 1_100_000 + "'",
    "external resource": "select * from create_external_resource('x')",
    "arrow pointers": "select * from arrow_scan(1, 2, 3)",
}

# They look like the above, and tell nothing and change nothing.
HARMLESS = {
    "from first": "from dim_titles",
    "values": "values (1)",
    "table": "table dim_titles",
    "summarize": "summarize dim_titles",
    "describe": "describe dim_titles",
    "show": "show tables",
    "unpivot": "unpivot (select 1 as a, 2 as b) on a, b",
    "pivot of named values": "pivot dim_titles on title_type in ('movie') using count(*)",
    "explain": "explain select 1",
    "explain analyze": "explain (analyze, format json) select count(*) from dim_titles",
    "semicolons": ";select ';' as \";\"; -- ;",
    "query()": "select * from query('select 1')",
    "settings": "select * from duckdb_settings()",
    "secrets, of which there are none": "select * from duckdb_secrets()",
    "log in memory": "select write_log('x')",
    "checkpoint()": "select * from checkpoint()",
}

# Each runs for minutes or takes tens of gigabytes where nothing stops it.
BOMBS = {
    "repeat": "select length(repeat('x', 2000000000)) + length(repeat('y', 2000000000))",
    "range": "select max(x) from (select unnest(range(1000000000)) as x)",
    "cross join": "select count(*) from range(1000000) a, range(1000000) b "
    "where a.range % 7 = b.range % 5",
    "levenshtein": "select levenshtein(repeat('ab', 150000), repeat('ba', 150000))",
    "recursion": "with recursive r (n) as (select 1 union all select n + 1 from r) "
    "select max(n) from r",
    "regexp": "select sum(length(regexp_replace(repeat('ab', 50000), '(a|b)+?', i::varchar, 'g'))) "
    "from range(100000) t (i)",
    "list": "select length(list_sort(list_transform(range(300000000), lambda x : hash(x))))",
    "string_agg": "select length(string_agg(repeat('x', 1000), ',')) from range(1000000000)",
    "sort": "select hash(a.range) as h, repeat('x', 200) from range(100000000) a order by h",
    "group": "select hash(range) as h, count(*) from range(1000000000) group by 1",
    "huge rows": "select repeat('x', 100000000) from range(100)",
    "sleep": "select sleep_ms(3600000)",
    "arithmetic": "select sum(sqrt(a.range) + ln(b.range + 1)) "
    "from range(10000000) a, range(10000) b",
    "count": "select count(*) from range(100000000000) where range % 3 = 1",
}
# With the limits that a person has; the others with less, to save time.
FULL_LIMITS = ("repeat", "cross join")


def aimed(statement: str, secret: Path) -> str:
    """The statement with the names of the file to read and the folder to write to."""
    return statement.replace("SECRET", str(secret)).replace("FOLDER", str(secret.parent))


def plant(folder: Path) -> Path:
    """The file that must not be read, in a folder of its own, and a link to it."""
    folder = folder / "outside"
    folder.mkdir()
    secret = folder / "secret.csv"
    secret.write_text(f"{CANARY}\n", "utf-8")
    (folder / "link").symlink_to(secret)
    return secret
