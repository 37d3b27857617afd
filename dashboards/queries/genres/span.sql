-- One row: the years there are titles of, and how many titles are of none that is drawn.

with

present as (

    select year(max(snapshot_at)) as present_year
    from ops.feed_snapshots

),

titles as (

    select
        years.release_year,
        years.title_count,
        present.present_year
    from marts.rpt_titles_by_year as years
    cross join present
    where $title_type is null or years.title_type = $title_type

)

select
    (select present_year from present) as present_year,
    min(release_year) filter (
        where release_year between $earliest_year and present_year
    ) as first_year,
    cast(sum(title_count) as bigint) as title_count,
    cast(coalesce(sum(title_count) filter (where release_year is null), 0) as bigint)
        as undated_count,
    cast(coalesce(sum(title_count) filter (where release_year > present_year), 0) as bigint)
        as announced_count,
    cast(coalesce(sum(title_count) filter (where release_year < $earliest_year), 0) as bigint)
        as early_count
from titles
