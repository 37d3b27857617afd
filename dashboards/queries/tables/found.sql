-- One row per table, and per column of one, that has all words of $words in its name or
-- description; those with them in their name first.

with

tables as (

    select
        schema_name,
        table_name,
        comment
    from duckdb_tables()

    union all

    select
        schema_name,
        view_name,
        comment
    from duckdb_views()
    where not internal

),

texts as (

    select
        schema_name,
        table_name,
        null as column_name,
        null as data_type,
        comment
    from tables

    union all

    select
        schema_name,
        table_name,
        column_name,
        data_type,
        comment
    from duckdb_columns()

),

worded as (

    select
        schema_name || '.' || table_name as full_name,
        column_name,
        data_type,
        comment,
        lower(table_name || ' ' || coalesce(column_name, '')) as name_text,
        lower(coalesce(comment, '')) as comment_text,
        string_split_regex(lower(trim($words)), '\s+') as words
    from texts
    where schema_name in ('marts', 'ops')

),

found as (

    select
        full_name,
        column_name,
        data_type,
        comment,
        len(list_filter(words, lambda word : contains(name_text, word)))
            = len(words) as is_named
    from worded
    where
        len(list_filter(words, lambda word : contains(name_text || ' ' || comment_text, word)))
        = len(words)

)

select * from found
order by
    is_named desc,
    column_name is null desc,
    full_name asc,
    column_name asc
limit 60
