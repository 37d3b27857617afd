-- One row: how many titles IMDb's newest changed dump added, of which types, and when it came.

with

arrivals as (

    select
        title_type,
        first_seen_at
    from marts.dim_titles
    where first_seen_at = (select max(first_seen_at) from marts.dim_titles)

),

types as (

    select
        title_type,
        first_seen_at,
        count(*) as title_count
    from arrivals
    group by all

)

select
    first_seen_at,
    sum(title_count) as title_count,
    list(
        {'title_type': title_type, 'title_count': title_count}
        order by title_count desc, title_type asc
    ) as types,
    -- Of the first dump every title is new: that is no change.
    first_seen_at = (select min(first_seen_at) from marts.dim_titles) as is_first
from types
group by all
