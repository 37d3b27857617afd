-- One row per feed: the snapshot this build reads.

with

snapshots as (

    select * from {{ source('lake', 'snapshots') }}

),

pinned_snapshots as (

    select
        -- keys
        feed,
        snapshot,

        -- attributes
        snapshot_at,
        committed_at

    from snapshots

)

select * from pinned_snapshots
