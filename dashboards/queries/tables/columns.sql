-- One row per column of the table $table, in the table's order.

with

columns as (

    select
        column_name,
        data_type,
        comment,
        is_nullable,
        column_index
    from duckdb_columns()
    where schema_name || '.' || table_name = $table

)

select * from columns
order by column_index
