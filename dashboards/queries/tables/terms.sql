-- One row per source whose records are behind the table $name, or any table where it is
-- NULL, with its terms.

with recursive

above (table_name) as (

    select $name

    union

    select reads.upstream_name
    from above
    inner join ops.table_lineage as reads
        on above.table_name = reads.table_name

),

feeds as (

    select distinct reads.upstream_feed as feed
    from above
    inner join ops.table_lineage as reads
        on above.table_name = reads.table_name
    where reads.upstream_layer = 'lake'

),

terms as (

    select
        terms.feed,
        terms.source,
        terms.publisher,
        terms.url,
        terms.licence,
        terms.attribution,
        terms.may_redistribute,
        terms.has_data
    from ops.source_terms as terms
    where
        $name is null
        or terms.feed in (select feed from feeds)

)

select * from terms
order by
    has_data desc,
    feed asc,
    publisher asc
