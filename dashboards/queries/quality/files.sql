-- One row per file and table it fills, those with rejects first; a hundred at most.

with

files as (

    select
        feed,
        source_file,
        table_name,
        received_count,
        loaded_count,
        rejected_count,
        received_count = loaded_count + rejected_count as is_reconciled,
        count(*) over () as file_count
    from ops.table_counts

)

select * from files
order by
    is_reconciled asc,
    rejected_count desc,
    received_count desc,
    source_file asc,
    table_name asc
limit 100
