-- One row per table and table it reads: the whole graph, from the lake to the reports.

with

edges (table_name, table_layer, upstream_name, upstream_layer, upstream_feed) as (

    values {{ lineage_rows() }}

),

table_lineage as (

    select
        -- keys
        table_name,
        upstream_layer,
        nullif(upstream_feed, '') as upstream_feed,
        upstream_name,

        -- attributes
        table_layer

    from edges

)

select * from table_lineage
