-- One row per table or view of the release, with what it says of itself.

with

relations as (

    select
        schema_name,
        table_name,
        comment,
        -- Exact in a file that was closed by a checkpoint.
        estimated_size as row_count,
        false as is_view
    from duckdb_tables()

    union all

    select
        schema_name,
        view_name,
        comment,
        null,
        true
    from duckdb_views()
    where not internal

),

columns as (

    select
        schema_name,
        table_name,
        count(*) as column_count
    from duckdb_columns()
    group by all

),

tables as (

    select
        relations.schema_name,
        relations.table_name,
        relations.schema_name || '.' || relations.table_name as full_name,
        relations.comment,
        relations.row_count,
        relations.is_view,
        columns.column_count
    from relations
    inner join columns
        on
            relations.schema_name = columns.schema_name
            and relations.table_name = columns.table_name
    where relations.schema_name in ('marts', 'ops')

)

select * from tables
order by
    schema_name asc,
    table_name asc
