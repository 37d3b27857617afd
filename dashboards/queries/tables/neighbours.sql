-- One row per table that the table $name is made from, or that is made from it, past what is
-- not published: the nearest tables of the lake, the seeds, the marts and the run's own.

with recursive

reads as (

    select
        table_name,
        table_layer,
        upstream_name,
        upstream_layer,
        -- The lake's own receipts belong to no feed.
        coalesce(upstream_feed, upstream_layer) as upstream_group
    from ops.table_lineage

),

above (upstream_name, upstream_layer, upstream_group) as (

    select
        upstream_name,
        upstream_layer,
        upstream_group
    from reads
    where table_name = $name

    union

    select
        reads.upstream_name,
        reads.upstream_layer,
        reads.upstream_group
    from above
    inner join reads
        on above.upstream_name = reads.table_name
    where above.upstream_layer in ('staging', 'intermediate')

),

below (table_name, table_layer) as (

    select
        table_name,
        table_layer
    from reads
    where
        upstream_name = $name
        and upstream_layer in ('marts', 'ops')

    union

    select
        reads.table_name,
        reads.table_layer
    from below
    inner join reads
        on below.table_name = reads.upstream_name
    where
        below.table_layer in ('staging', 'intermediate')
        and reads.upstream_layer in ('staging', 'intermediate')

),

neighbours as (

    select
        'above' as direction,
        upstream_group as layer,
        upstream_name as table_name,
        upstream_layer in ('marts', 'ops') as is_published
    from above
    where upstream_layer not in ('staging', 'intermediate')

    union all

    select
        'below' as direction,
        table_layer as layer,
        table_name,
        true as is_published
    from below
    where table_layer in ('marts', 'ops')

)

select * from neighbours
order by
    direction asc,
    is_published asc,
    layer asc,
    table_name asc
