-- One row per feed of this release: which snapshot it has, and how old that is.

with

files as (

    select
        feed,
        snapshot,
        snapshot_at,
        committed_at,
        source_file,
        last_modified_at,
        byte_count
    from ops.feed_snapshots

),

feeds as (

    select
        feed,
        snapshot,
        snapshot_at,
        committed_at,
        max(last_modified_at) as last_modified_at,
        count(distinct source_file) as file_count,
        sum(byte_count)::bigint as byte_count
    from files
    group by all

)

select * from feeds
order by snapshot_at
