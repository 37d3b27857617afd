-- One row per chosen type and year of the span.

with

years as (

    select unnest(generate_series($first_year, $last_year)) as release_year

),

types as (

    select unnest($title_types) as title_type

),

type_years as (

    select
        types.title_type,
        years.release_year,
        coalesce(counts.title_count, 0) as title_count,
        coalesce(counts.timed_title_count, 0) as timed_title_count,
        counts.median_runtime_minutes
    from types
    cross join years
    left join marts.rpt_titles_by_year as counts
        on
            types.title_type = counts.title_type
            and years.release_year = counts.release_year

)

select * from type_years
order by title_type, release_year
