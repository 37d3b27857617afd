-- One row per column that names titles or people: how much no dump describes.

with

orphans as (

    select
        table_name,
        column_name,
        member_kind,
        orphan_row_count,
        orphan_member_count
    from ops.orphans

)

select * from orphans
order by
    orphan_row_count desc,
    table_name asc,
    column_name asc
