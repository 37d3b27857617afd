-- One row per file of a publisher: what arrived, what was loaded, what was refused.

with

source_files as (

    select * from {{ ref('stg_lake__files') }}

),

table_counts as (

    select
        -- keys
        '{{ var("run_id") }}' as run_id,
        feed,
        source_file,
        table_name,

        -- measures
        received_count,
        loaded_count,
        rejected_count

    from source_files

)

select * from table_counts
