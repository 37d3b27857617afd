-- One row per feed and table of the lake: what arrived, was loaded, was refused.

with

counts as (

    select
        feed,
        table_name,
        source_file,
        received_count,
        loaded_count,
        rejected_count
    from ops.table_counts

),

loads as (

    select
        feed,
        table_name,
        count(*) as file_count,
        sum(received_count)::bigint as received_count,
        sum(loaded_count)::bigint as loaded_count,
        sum(rejected_count)::bigint as rejected_count,
        bool_and(received_count = loaded_count + rejected_count) as is_reconciled
    from counts
    group by all

)

select * from loads
order by
    feed asc,
    received_count desc,
    table_name asc
