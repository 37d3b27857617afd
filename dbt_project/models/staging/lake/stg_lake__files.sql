-- One row per file of a publisher in the snapshots this build reads.

with

files as (

    select * from {{ source('lake', 'files') }}

),

source_files as (

    select
        -- keys
        feed,
        snapshot,
        table_name,

        -- attributes
        source_file,
        location,
        sha256,
        fetched_at,
        last_modified as last_modified_at,

        -- measures
        byte_count,
        received_count,
        loaded_count,
        rejected_count,
        duplicate_count

    from files

)

select * from source_files
