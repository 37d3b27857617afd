-- One row per source with data in this release, of the feeds behind the tables $tables; of
-- all feeds where $tables is NULL. A feed whose terms nobody recorded may not be passed on.

with recursive

upstream (table_name) as (

    select unnest($tables::varchar[]) as table_name

    union

    select lineage.upstream_name
    from ops.table_lineage as lineage
    inner join upstream
        on lineage.table_name = upstream.table_name

),

feeds as (

    select distinct files.feed
    from ops.feed_snapshots as files
    where
        $tables is null
        or files.feed in (
            select lineage.upstream_feed
            from ops.table_lineage as lineage
            inner join upstream
                on lineage.table_name = upstream.table_name
        )

),

feeds_terms as (

    select
        feeds.feed,
        coalesce(terms.publisher, feeds.feed) as publisher,
        coalesce(terms.licence, 'Terms not recorded') as licence,
        terms.url,
        terms.attribution,
        coalesce(terms.may_redistribute, false) as may_redistribute
    from feeds
    left join ops.source_terms as terms
        on feeds.feed = terms.feed
    where coalesce(terms.has_data, true)

)

select * from feeds_terms
order by
    feed asc,
    publisher asc
