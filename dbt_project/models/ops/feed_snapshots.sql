-- One row per file of a publisher in the snapshots this release was built from.

with

snapshots as (

    select * from {{ ref('stg_lake__snapshots') }}

),

source_files as (

    select * from {{ ref('stg_lake__files') }}

),

pinned_files as (

    select
        -- keys
        source_files.feed,
        source_files.snapshot,
        source_files.table_name,

        -- attributes
        snapshots.snapshot_at,
        snapshots.committed_at,
        source_files.source_file,
        source_files.location,
        source_files.sha256,
        source_files.fetched_at,
        source_files.last_modified_at,

        -- measures
        source_files.byte_count

    from source_files
    inner join snapshots
        on
            source_files.feed = snapshots.feed
            and source_files.snapshot = snapshots.snapshot

)

select * from pinned_files
